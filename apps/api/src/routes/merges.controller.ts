import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  Id,
  Merge,
  MergeBody,
  MergeCasesBody,
  MergePage,
  MergePreview,
  MergePreviewQuery,
  SplitAnswer,
  SplitBody,
} from '#contracts';
import { actorOf, DecisionLocks, MergeService, SplitService, UnmergeService } from '#cases';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { MergeView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** So often a merge is tried again when messages for the same people keep coming in between. */
const ATTEMPTS = 10;

/** Two records of one person become one. */
@ApiTags('merges')
@Controller('api/v1')
export class MergesController {
  constructor(
    private readonly database: DataSource,
    private readonly merges: MergeService,
    private readonly view: MergeView,
    private readonly locks: DecisionLocks,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** Both sides as they stand, and what they say differently. */
  @Get('customers/:id/merge-preview')
  @Answers(200, MergePreview)
  preview(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: MergePreviewQuery }) query: z.infer<typeof MergePreviewQuery>,
  ): Promise<MergePreview> {
    demand(me, 'customer.merge');
    return this.view.preview(id, query.with);
  }

  /** Takes another customer into this one; undone by `POST /merges/:id/undo` for thirty days. */
  @Post('customers/:id/merge')
  @HttpCode(200)
  @Answers(200, Merge)
  async merge(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MergeBody }) body: MergeBody,
  ): Promise<Merge> {
    demand(me, 'customer.merge');
    const { withCustomerId: from, reason, choices } = body;
    const merge = await withRetry(
      this.database,
      (tx) =>
        this.idempotency.once(tx, me.id, key, ['merge', id, body], async () => {
          await this.locks.refuseOthersOf(tx, me.id, [id, from], 'merge');
          const order = { into: id, from, reason, ...(choices ? { choices } : {}) };
          return this.view.one(tx, (await this.merges.customers(tx, actorOf(me), order)).mergeId);
        }),
      ATTEMPTS,
    );
    this.wake.ring('relay');
    return merge;
  }

  /** The merges that made this customer who they are, newest first. */
  @Get('customers/:id/merges')
  @Answers(200, MergePage)
  list(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<MergePage> {
    demand(me, 'customer.merge');
    return this.view.list(id);
  }
}

/** One person who is two after all. */
@ApiTags('merges')
@Controller('api/v1')
export class UnmergesController {
  constructor(
    private readonly database: DataSource,
    private readonly unmerges: UnmergeService,
    private readonly view: MergeView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Post('merges/:id/undo')
  @HttpCode(200)
  @Answers(200, Merge)
  async undo(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
  ): Promise<Merge> {
    const merge = await withRetry(
      this.database,
      (tx) =>
        this.idempotency.once(tx, me.id, key, ['unmerge', id], async () =>
          this.view.one(tx, (await this.unmerges.undo(tx, me, id)).mergeId),
        ),
      ATTEMPTS,
    );
    this.wake.ring('relay');
    return merge;
  }
}

/** Cases of one customer that are one, and what is on a case and somebody else's. */
@ApiTags('merges')
@Controller('api/v1/cases')
export class SplitsController {
  constructor(
    private readonly database: DataSource,
    private readonly merges: MergeService,
    private readonly splits: SplitService,
    private readonly view: MergeView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** Joins another case of the same customer; of two the open one is kept. */
  @Post(':id/merge')
  @HttpCode(200)
  @Answers(200, Merge)
  async merge(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: MergeCasesBody }) body: MergeCasesBody,
  ): Promise<Merge> {
    const merge = await withRetry(
      this.database,
      (tx) =>
        this.idempotency.once(tx, me.id, key, ['merge-cases', id, body], async () => {
          const order = { into: id, from: body.withCaseReference, reason: body.reason };
          return this.view.one(tx, (await this.merges.cases(tx, me, order)).mergeId);
        }),
      ATTEMPTS,
    );
    this.wake.ring('relay');
    return merge;
  }

  /** Puts entries, or a problem, into the case of another customer, who may be new. */
  @Post(':id/split')
  @HttpCode(200)
  @Answers(200, SplitAnswer)
  async split(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: SplitBody }) body: SplitBody,
  ): Promise<SplitAnswer> {
    const answer = await withRetry(
      this.database,
      (tx) => this.idempotency.once(tx, me.id, key, ['split', id, body], () => this.splits.split(tx, me, id, body)),
      ATTEMPTS,
    );
    this.wake.ring('relay');
    return answer;
  }
}
