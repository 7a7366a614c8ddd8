import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CaseDetail,
  CasePage,
  CaseQuery,
  CasesQuery,
  InteractionEntry,
  NoteBody,
  NoteEntry,
  PatchCaseBody,
  ReplyBody,
  searchedAs,
  TIMELINE_LIMIT,
  TimelinePage,
  TimelineQuery,
  ViewCounts,
} from '#contracts';
import { CaseService, lockCase, NoteService, ReplyService } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { InboxView, TimelineView } from '#views';
import { Answers } from '../http/answers.js';
import { CaseDeeds } from '../http/case-deeds.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

/** Of answers that PostgreSQL has written as JSON. */
const JSON_TEXT = 'application/json; charset=utf-8';

@ApiTags('cases')
@Controller('api/v1/cases')
export class CasesController {
  constructor(
    private readonly database: DataSource,
    private readonly inbox: InboxView,
    private readonly deeds: CaseDeeds,
    private readonly timeline: TimelineView,
    private readonly cases: CaseService,
    private readonly wake: Wake,
  ) {}

  @Get()
  @Header('content-type', JSON_TEXT)
  @Answers(200, CasePage)
  list(@Me() me: Principal, @Query({ schema: CasesQuery }) query: CasesQuery): Promise<string> {
    return this.inbox.list(readerOf(me), query.q === undefined ? query : { ...query, q: searchedAs(query.q) });
  }

  @Get('counts')
  @Answers(200, ViewCounts)
  counts(@Me() me: Principal): Promise<ViewCounts> {
    return this.inbox.counts(readerOf(me));
  }

  /** With `include=timeline` the newest page of it as well: the page of a case is one question. */
  @Get(':id')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  show(
    @Me() me: Principal,
    @Param('id') id: string,
    @Query({ schema: CaseQuery }) query: z.infer<typeof CaseQuery>,
  ): Promise<string> {
    return this.deeds.show(me, id, query.include === 'timeline' ? TIMELINE_LIMIT : undefined);
  }

  @Get(':id/timeline')
  @Header('content-type', JSON_TEXT)
  @Answers(200, TimelinePage)
  entries(
    @Me() me: Principal,
    @Param('id') id: string,
    @Query({ schema: TimelineQuery }) query: z.infer<typeof TimelineQuery>,
  ): Promise<string> {
    return this.timeline.page(this.database.manager, readerOf(me), canonical(id), query);
  }

  @Patch(':id')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  change(
    @Me() me: Principal,
    @Param('id') id: string,
    @Body({ schema: PatchCaseBody }) body: PatchCaseBody,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.cases.change(tx, me, id, body));
  }

  @Post(':id/read')
  @HttpCode(204)
  @Answers(204)
  async read(@Me() me: Principal, @Param('id') id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.cases.markRead(tx, me, id));
    this.wake.ring('relay');
  }
}

/** What is written onto a case: answers and notes. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CaseEntriesController {
  constructor(
    private readonly database: DataSource,
    private readonly replies: ReplyService,
    private readonly notes: NoteService,
    private readonly timeline: TimelineView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Post(':id/replies')
  @Answers(201, InteractionEntry)
  async reply(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: ReplyBody }) body: ReplyBody,
  ): Promise<InteractionEntry> {
    const entry = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['reply', id, body], async () => {
        const found = await lockCase(tx, me, id);
        await this.timeline.refuseUnseen(tx, found.id, me.id, body.lastSeenEntryId);
        return this.timeline.interaction(tx, await this.replies.reply(tx, me, found, body));
      }),
    );
    this.wake.ring('relay');
    return entry;
  }

  @Post(':id/notes')
  @Answers(201, NoteEntry)
  async note(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: NoteBody }) body: z.infer<typeof NoteBody>,
  ): Promise<NoteEntry> {
    const entry = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['note', id, body], async () => {
        const { noteId } = await this.notes.add(tx, me, id, body);
        return this.timeline.note(tx, noteId);
      }),
    );
    this.wake.ring('relay');
    return entry;
  }
}
