import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  Decision,
  DecisionLock,
  DecisionLocks as DecisionLocksAnswer,
  DraftBody,
  DraftChannel,
  LockBody,
  PresenceList,
  PresenceQuery,
  ServerDraft,
  ServerDrafts,
} from '#contracts';
import { DecisionLocks, DraftService } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { PresenceService } from '../live/presence.service.js';

/** Who is at the cases on somebody's screen; told as it changes on the socket. */
@ApiTags('presence')
@Controller('api/v1/presence')
export class PresenceController {
  constructor(private readonly presence: PresenceService) {}

  /** Cases the person may not see are left out. */
  @Get()
  @Answers(200, PresenceList)
  async list(
    @Me() me: Principal,
    @Query({ schema: PresenceQuery }) query: z.infer<typeof PresenceQuery>,
  ): Promise<z.infer<typeof PresenceList>> {
    return { items: await this.presence.at(visibleStore(me), query.cases) };
  }
}

/** Decisions somebody has before them. */
@ApiTags('presence')
@Controller('api/v1/cases/:id/locks')
export class LocksController {
  constructor(
    private readonly database: DataSource,
    private readonly locks: DecisionLocks,
  ) {}

  @Get()
  @Answers(200, DecisionLocksAnswer)
  async list(@Me() me: Principal, @Param('id') id: string): Promise<z.infer<typeof DecisionLocksAnswer>> {
    return { items: await this.locks.list(this.database.manager, me, id) };
  }

  /** Takes the decision in hand or goes on having it; 409 `case.decision_locked` says who has it, unless it is taken over. */
  @Post(':decision')
  @HttpCode(200)
  @Answers(200, DecisionLock)
  take(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('decision', { schema: Decision }) decision: Decision,
    @Body({ schema: LockBody }) { takeOver }: z.infer<typeof LockBody>,
  ): Promise<DecisionLock> {
    return withRetry(this.database, (tx) => this.locks.take(tx, me, id, decision, takeOver));
  }

  @Delete(':decision')
  @HttpCode(204)
  @Answers(204)
  release(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('decision', { schema: Decision }) decision: Decision,
  ): Promise<void> {
    return this.locks.release(this.database.manager, me, id, decision);
  }
}

/** What the person asking has written and not sent. */
@ApiTags('drafts')
@Controller('api/v1')
export class DraftsController {
  constructor(
    private readonly database: DataSource,
    private readonly drafts: DraftService,
  ) {}

  @Get('drafts')
  @Answers(200, ServerDrafts)
  async all(@Me() me: Principal): Promise<z.infer<typeof ServerDrafts>> {
    return { items: await this.drafts.list(this.database.manager, me) };
  }

  @Get('cases/:id/drafts')
  @Answers(200, ServerDrafts)
  async onCase(@Me() me: Principal, @Param('id') id: string): Promise<z.infer<typeof ServerDrafts>> {
    return { items: await this.drafts.onCase(this.database.manager, me, id) };
  }

  @Get('cases/:id/drafts/:channel')
  @Answers(200, ServerDraft)
  one(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('channel', { schema: DraftChannel }) channel: DraftChannel,
  ): Promise<ServerDraft> {
    return this.drafts.one(this.database.manager, me, id, channel);
  }

  /** 409 `draft.conflict` with the draft as it stands when another device has changed it. */
  @Put('cases/:id/drafts/:channel')
  @Answers(200, ServerDraft)
  keep(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('channel', { schema: DraftChannel }) channel: DraftChannel,
    @Body({ schema: DraftBody }) body: z.output<typeof DraftBody>,
  ): Promise<ServerDraft> {
    return withRetry(this.database, (tx) => this.drafts.keep(tx, me, id, channel, body));
  }

  @Delete('cases/:id/drafts/:channel')
  @HttpCode(204)
  @Answers(204)
  discard(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('channel', { schema: DraftChannel }) channel: DraftChannel,
  ): Promise<void> {
    return this.drafts.discard(this.database.manager, me, id, channel);
  }
}
