import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CaseHandoff,
  CaseHandoffs,
  ChangeHandoffBody,
  GoOnBody,
  HandoffPreview,
  HandoffRow,
  HandoffsQuery,
  Id,
  NewHandoffBody,
  page,
  SayBody,
} from '#contracts';
import { Handoffs } from '#handoffs';
import { demand, type Principal } from '#identity';
import { withRetry } from '#platform';
import { HandoffView } from '#views';
import { Answers } from '../http/answers.js';
import { HandoffDeeds } from '../http/handoff-deeds.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

/** Work handed to other companies, or given by them: by case, and all of it. */
@ApiTags('handoffs')
@Controller('api/v1')
export class HandoffsController {
  constructor(
    private readonly database: DataSource,
    private readonly view: HandoffView,
    private readonly handoffs: Handoffs,
    private readonly deeds: HandoffDeeds,
  ) {}

  @Get('cases/:id/handoffs')
  @Answers(200, CaseHandoffs)
  ofCase(@Me() me: Principal, @Param('id') id: string): Promise<CaseHandoffs> {
    return this.view.ofCase(this.database.manager, readerOf(me), canonical(id));
  }

  /** Written down; nobody is told before it is sent. */
  @Post('cases/:id/handoffs')
  @Answers(201, CaseHandoff)
  draft(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: NewHandoffBody }) body: NewHandoffBody,
  ): Promise<CaseHandoff> {
    return this.deeds.run(me, { key, request: ['handoff', id, body] }, (tx) =>
      this.handoffs.draft(tx, me, canonical(id), body),
    );
  }

  @Get('handoffs')
  @Answers(200, page(HandoffRow))
  list(@Me() me: Principal, @Query({ schema: HandoffsQuery }) query: z.infer<typeof HandoffsQuery>) {
    demand(me, 'handoff.work');
    return this.view.list(this.database.manager, readerOf(me), query);
  }

  @Get('handoffs/:id')
  @Answers(200, CaseHandoff)
  one(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<CaseHandoff> {
    return this.view.one(this.database.manager, readerOf(me), id);
  }

  @Patch('handoffs/:id')
  @Answers(200, CaseHandoff)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ChangeHandoffBody }) body: ChangeHandoffBody,
  ): Promise<CaseHandoff> {
    return this.deed(me, id, undefined, ['change', body], (tx) => this.handoffs.change(tx, me, id, body));
  }

  /** Exactly what they would get to see, and what their form lacks. */
  @Get('handoffs/:id/preview')
  @Answers(200, HandoffPreview)
  preview(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<HandoffPreview> {
    return withRetry(this.database, (tx) => this.handoffs.preview(tx, me, id));
  }

  @Post('handoffs/:id/send')
  @HttpCode(200)
  @Answers(200, CaseHandoff)
  send(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
  ): Promise<CaseHandoff> {
    return this.deed(me, id, key, ['send'], (tx) => this.handoffs.send(tx, me, id));
  }

  /** What we say to them, as whoever gave the work or whoever took it. */
  @Post('handoffs/:id/words')
  @Answers(201, CaseHandoff)
  say(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SayBody }) { word }: SayBody,
  ): Promise<CaseHandoff> {
    return this.deed(me, id, key, ['say', word], (tx) => this.handoffs.say(tx, me, id, word));
  }

  /** They do not answer: we go on without them. */
  @Post('handoffs/:id/go-on')
  @HttpCode(200)
  @Answers(200, CaseHandoff)
  goOn(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: GoOnBody }) body: GoOnBody,
  ): Promise<CaseHandoff> {
    return this.deed(me, id, key, ['go-on', body], (tx) => this.handoffs.goOn(tx, me, id, body));
  }

  private deed(
    me: Principal,
    id: string,
    key: string | undefined,
    request: unknown[],
    what: (tx: Parameters<Parameters<HandoffDeeds['run']>[2]>[0]) => Promise<void>,
  ): Promise<CaseHandoff> {
    return this.deeds.run(me, { key, request: ['handoff', id, ...request] }, async (tx) => {
      await what(tx);
      return id;
    });
  }
}
