import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ChannelsHealth, may } from '#contracts';
import { demand, type Principal } from '#identity';
import { HealthView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** How the ways in and out are doing. Everybody may see that; what the other side said, those who look after them. */
@ApiTags('channels')
@Controller('api/v1/channels')
export class ChannelsController {
  constructor(private readonly health: HealthView) {}

  @Get('health')
  @Answers(200, ChannelsHealth)
  read(@Me() me: Principal): Promise<ChannelsHealth> {
    demand(me, 'channel.read');
    return this.health.read(may(me.role, 'channel.detail'));
  }
}
