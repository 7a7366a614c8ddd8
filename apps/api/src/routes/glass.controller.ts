import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { BreakGlassAnswer, BreakGlassBody, BreakGlassQuery, BrokenGlassPage, Id } from '#contracts';
import { BreakGlass } from '#cases';
import { demand, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { GlassView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** Opening a case that is none of one's own, and who looks at that afterwards. */
@ApiTags('cases')
@Controller('api/v1')
export class GlassController {
  constructor(
    private readonly database: DataSource,
    private readonly glass: BreakGlass,
    private readonly view: GlassView,
    private readonly wake: Wake,
  ) {}

  /** Shows the case to whoever asks, and to nobody else, for two hours. Five tries in an hour. */
  @Post('cases/break-glass')
  @HttpCode(200)
  @Answers(200, BreakGlassAnswer)
  async open(
    @Me() me: Principal,
    @Body({ schema: BreakGlassBody }) body: z.infer<typeof BreakGlassBody>,
  ): Promise<BreakGlassAnswer> {
    await this.glass.admit(me);
    const answer = await withRetry(this.database, (tx) => this.glass.open(tx, me, body));
    this.wake.ring('relay');
    return answer;
  }

  @Get('break-glass')
  @Answers(200, BrokenGlassPage)
  list(
    @Me() me: Principal,
    @Query({ schema: BreakGlassQuery }) query: z.infer<typeof BreakGlassQuery>,
  ): Promise<BrokenGlassPage> {
    demand(me, 'glass.review');
    return this.view.list(query);
  }

  @Post('break-glass/:id/review')
  @HttpCode(204)
  @Answers(204)
  async review(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.glass.review(tx, me, id));
  }
}
