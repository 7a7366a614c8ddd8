import { Body, Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TwitterWebhook } from '#channels';
import { DomainError, Wake } from '#platform';
import { Answers } from '../http/answers.js';
import { Public } from '../http/principal.js';

/** X knocks here: Account Activity and X Activity envelopes. The signature is the permission. */
@ApiTags('webhooks')
@Controller('webhooks/twitter')
@Public()
export class WebhooksController {
  constructor(
    private readonly twitter: TwitterWebhook,
    private readonly wake: Wake,
  ) {}

  @Get()
  @Answers(200)
  challenge(@Query('crc_token') token: unknown): { response_token: string } {
    if (typeof token !== 'string' || token === '')
      throw new DomainError('request.invalid', [{ path: 'crc_token', message: 'is needed' }]);
    return this.twitter.answerChallenge(token);
  }

  @Post()
  @HttpCode(200)
  @Answers(200)
  async deliver(
    @Body() body: unknown,
    @Headers('x-twitter-webhooks-signature') signature: string | undefined,
  ): Promise<Record<string, never>> {
    const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    this.twitter.verify(raw, signature);
    await this.twitter.receive(raw);
    this.wake.ring('relay');
    return {};
  }
}
