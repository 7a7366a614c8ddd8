import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { StageWording, StageWordingBody } from '#contracts';
import type { Principal } from '#identity';
import { withRetry } from '#platform';
import { StageWordings } from '#repairs';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** How customers are told each stage of a repair. */
@ApiTags('repairs')
@Controller('api/v1/repair-stages')
export class RepairStagesController {
  constructor(
    private readonly database: DataSource,
    private readonly wordings: StageWordings,
  ) {}

  @Get()
  @Answers(200, StageWording)
  current(@Me() me: Principal): Promise<StageWording> {
    return this.wordings.current(this.database.manager, me);
  }

  /** What was said before stays on record. */
  @Put()
  @Answers(200, StageWording)
  change(@Me() me: Principal, @Body({ schema: StageWordingBody }) body: StageWordingBody): Promise<StageWording> {
    return withRetry(this.database, (tx) => this.wordings.set(tx, me, body));
  }
}
