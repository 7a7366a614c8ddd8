import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { AwayAnswer, AwayBody, AwayQuery, WentAway, type HandBackResult } from '#contracts';
import { AwayService } from '#cases';
import type { Principal } from '#identity';
import { CLOCK, DomainError, Wake, withRetry, type Clock } from '#platform';
import { AwayView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** I am not there for a while, and what goes on without me. */
@ApiTags('queues')
@Controller('api/v1/me/away')
export class AwayController {
  constructor(
    private readonly database: DataSource,
    private readonly service: AwayService,
    private readonly view: AwayView,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** With what I would leave behind until then, and what became of what I handed back when I was away last. */
  @Get()
  @Answers(200, AwayAnswer)
  show(@Me() me: Principal, @Query({ schema: AwayQuery }) { until }: z.infer<typeof AwayQuery>): Promise<AwayAnswer> {
    return this.view.find(this.database.manager, readerOf(me), this.clock.now(), until ?? null);
  }

  /** Each case is handed back by itself: one that cannot be keeps none of the others. */
  @Post()
  @HttpCode(200)
  @Answers(200, WentAway)
  async begin(@Me() me: Principal, @Body({ schema: AwayBody }) body: AwayBody): Promise<WentAway> {
    const until = body.until === undefined ? null : new Date(body.until);
    await withRetry(this.database, (tx) => this.service.begin(tx, me, until, body.reason));
    const results: HandBackResult[] = [];
    for (const id of new Set(body.handBack)) results.push(await this.handBack(me, id));
    this.wake.ring('relay');
    const away = await this.view.away(this.database.manager, me.id, this.clock.now());
    if (!away) throw new DomainError('away.until_passed');
    return { away, results };
  }

  @Delete()
  @Answers(200, AwayAnswer)
  async end(@Me() me: Principal): Promise<AwayAnswer> {
    return withRetry(this.database, async (tx) => {
      await this.service.end(tx, me);
      return this.view.find(tx, readerOf(me), this.clock.now(), null);
    });
  }

  private async handBack(me: Principal, id: string): Promise<HandBackResult> {
    try {
      const reference = await withRetry(this.database, (tx) => this.service.handBack(tx, me, id));
      return { id, reference, error: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { id, reference: null, error: { code: error.code, message: error.text(me.language) } };
    }
  }
}
