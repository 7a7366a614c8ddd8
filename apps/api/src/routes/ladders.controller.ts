import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  EscalationIds,
  EscalationOutcomes,
  EscalationPage,
  EscalationQuery,
  EscalationReassign,
  Id,
  Ladder,
  LadderBody,
  LadderChange,
  LadderPage,
  PageQuery,
} from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { withRetry } from '#platform';
import { EscalationDeeds, EscalationReader, LadderService } from '#sla';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** What happens when clocks run out, rung by rung. */
@ApiTags('ladders')
@Controller('api/v1/ladders')
export class LaddersController {
  constructor(
    private readonly database: DataSource,
    private readonly ladders: LadderService,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, LadderPage)
  list(@Me() me: Principal, @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>): Promise<LadderPage> {
    return this.ladders.list(this.database.manager, me, query);
  }

  @Post()
  @Answers(201, Ladder)
  create(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: LadderBody }) body: LadderBody,
  ): Promise<Ladder> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['ladder', body], () => this.ladders.create(tx, me, body)),
    );
  }

  /** Another version: clocks that begin from now on go by it. */
  @Put(':id')
  @Answers(200, Ladder)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LadderChange }) body: LadderChange,
  ): Promise<Ladder> {
    return withRetry(this.database, (tx) => this.ladders.change(tx, me, id, body));
  }
}

/** What was escalated, and what people do about it: each for itself, with what became of it. */
@ApiTags('ladders')
@Controller('api/v1/escalations')
export class EscalationsController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: EscalationReader,
    private readonly deeds: EscalationDeeds,
  ) {}

  @Get()
  @Answers(200, EscalationPage)
  list(@Me() me: Principal, @Query({ schema: EscalationQuery }) query: EscalationQuery): Promise<EscalationPage> {
    return this.reader.list(this.database.manager, me, query);
  }

  @Post('acknowledge')
  @HttpCode(200)
  @Answers(200, EscalationOutcomes)
  acknowledge(
    @Me() me: Principal,
    @Body({ schema: EscalationIds }) { ids }: EscalationIds,
  ): Promise<EscalationOutcomes> {
    return withRetry(this.database, (tx) => this.deeds.acknowledge(tx, me, ids));
  }

  /** Who asks has their cases from now on. */
  @Post('take')
  @HttpCode(200)
  @Answers(200, EscalationOutcomes)
  take(@Me() me: Principal, @Body({ schema: EscalationIds }) { ids }: EscalationIds): Promise<EscalationOutcomes> {
    return withRetry(this.database, (tx) => this.deeds.take(tx, me, ids));
  }

  @Post('reassign')
  @HttpCode(200)
  @Answers(200, EscalationOutcomes)
  reassign(
    @Me() me: Principal,
    @Body({ schema: EscalationReassign }) body: EscalationReassign,
  ): Promise<EscalationOutcomes> {
    return withRetry(this.database, (tx) => this.deeds.reassign(tx, me, body));
  }
}
