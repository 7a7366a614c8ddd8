import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CaseDetail,
  Handover,
  HandoverBody,
  HandoverList,
  HandoverQuery,
  Id,
  NextActionBody,
  Ownership,
  RouteAnswer,
} from '#contracts';
import { ContinuityService, HandoverService, NextActions } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { OwnershipView } from '#views';
import { Answers } from '../http/answers.js';
import { CaseDeeds } from '../http/case-deeds.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

const JSON_TEXT = 'application/json; charset=utf-8';

/** Who answers for a case, why it is theirs, and what they do next. */
@ApiTags('cases')
@Controller('api/v1/cases/:id')
export class OwnershipController {
  constructor(
    private readonly database: DataSource,
    private readonly deeds: CaseDeeds,
    private readonly plans: NextActions,
    private readonly continuity: ContinuityService,
    private readonly view: OwnershipView,
    private readonly wake: Wake,
  ) {}

  @Get('ownership')
  @Answers(200, Ownership)
  show(@Me() me: Principal, @Param('id') id: string): Promise<Ownership> {
    return this.view.find(this.database.manager, readerOf(me), canonical(id));
  }

  @Patch('next-action')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  plan(
    @Me() me: Principal,
    @Param('id') id: string,
    @Body({ schema: NextActionBody }) body: NextActionBody,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.plans.set(tx, me, id, body));
  }

  /** Asks who should have it: whoever knows the customer, else whoever is where they have been, else whoever has least to do. */
  @Post('route')
  @HttpCode(200)
  @Answers(200, RouteAnswer)
  async route(@Me() me: Principal, @Param('id') id: string): Promise<RouteAnswer> {
    const answer = await withRetry(this.database, (tx) => this.continuity.routeBy(tx, me, id));
    this.wake.ring('relay');
    return answer;
  }
}

/** Cases change hands, with a reason; whoever receives one says so. */
@ApiTags('cases')
@Controller('api/v1')
export class HandoversController {
  constructor(
    private readonly database: DataSource,
    private readonly handovers: HandoverService,
    private readonly view: OwnershipView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Post('cases/:id/handovers')
  @Answers(201, Handover)
  async hand(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: HandoverBody }) body: HandoverBody,
  ): Promise<Handover> {
    const handed = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['handover', id, body], async () => {
        const { handoverId } = await this.handovers.hand(tx, me, id, body);
        // Whoever hands it over knows it, whether or not they see it from now on.
        return this.view.handover(tx, { id: me.id, storeId: null }, handoverId);
      }),
    );
    this.wake.ring('relay');
    return handed;
  }

  /** Those nobody has acknowledged yet. */
  @Get('handovers')
  @Answers(200, HandoverList)
  async list(
    @Me() me: Principal,
    @Query({ schema: HandoverQuery }) { box }: z.infer<typeof HandoverQuery>,
  ): Promise<z.infer<typeof HandoverList>> {
    return { items: await this.view.handovers(this.database.manager, readerOf(me), box) };
  }

  @Post('handovers/:id/acknowledge')
  @HttpCode(200)
  @Answers(200, Handover)
  async acknowledge(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Handover> {
    const acknowledged = await withRetry(this.database, async (tx) => {
      await this.handovers.acknowledge(tx, me, id);
      return this.view.handover(tx, readerOf(me), id);
    });
    this.wake.ring('relay');
    return acknowledged;
  }
}
