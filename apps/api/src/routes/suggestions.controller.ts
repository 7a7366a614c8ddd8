import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  ConfirmedSuggestion,
  ConfirmSuggestionBody,
  DismissSuggestionBody,
  Id,
  PageQuery,
  Suggestion,
  SuggestionList,
  SuggestionPage,
} from '#contracts';
import { findCase, SuggestionService } from '#cases';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { MergeView, SuggestionView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** So often a decision is tried again when messages for the same people keep coming in between. */
const ATTEMPTS = 10;

/** Records that may be of one person: people decide. */
@ApiTags('suggestions')
@Controller('api/v1')
export class SuggestionsController {
  constructor(
    private readonly database: DataSource,
    private readonly suggestions: SuggestionService,
    private readonly view: SuggestionView,
    private readonly merges: MergeView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** All that are open, those asked last first. */
  @Get('suggestions')
  @Answers(200, SuggestionPage)
  list(@Me() me: Principal, @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>): Promise<SuggestionPage> {
    demand(me, 'customer.merge');
    return this.view.list(query);
  }

  /** Of the customer of a case: what is open, then what was dismissed. */
  @Get('cases/:id/suggestions')
  @Answers(200, SuggestionList)
  async ofCase(@Me() me: Principal, @Param('id') id: string): Promise<SuggestionList> {
    const caseId = await findCase(this.database.manager, me, id);
    return this.view.ofCase(readerOf(me), caseId);
  }

  /** They are one person: their records are merged; `POST /merges/:id/undo` takes it back. */
  @Post('suggestions/:id/confirm')
  @HttpCode(200)
  @Answers(200, ConfirmedSuggestion)
  async confirm(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ConfirmSuggestionBody }) body: ConfirmSuggestionBody,
  ): Promise<ConfirmedSuggestion> {
    const confirmed = await withRetry(
      this.database,
      (tx) =>
        this.idempotency.once(tx, me.id, key, ['suggestion.confirm', id, body], async () => {
          const mergeId = await this.suggestions.confirm(tx, me, id, body.choices);
          return { suggestion: await this.view.one(tx, id), merge: await this.merges.one(tx, mergeId) };
        }),
      ATTEMPTS,
    );
    this.wake.ring('relay');
    return confirmed;
  }

  /** They are not the same: remembered, and not asked again for what was known by now. */
  @Post('suggestions/:id/dismiss')
  @HttpCode(200)
  @Answers(200, Suggestion)
  dismiss(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DismissSuggestionBody }) body: DismissSuggestionBody,
  ): Promise<Suggestion> {
    return this.decide(id, (tx) => this.suggestions.dismiss(tx, me, id, body.reason ?? null));
  }

  /** "Not the same" was a slip. */
  @Post('suggestions/:id/reopen')
  @HttpCode(200)
  @Answers(200, Suggestion)
  reopen(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Suggestion> {
    return this.decide(id, (tx) => this.suggestions.reopen(tx, me, id));
  }

  private async decide(id: string, work: (tx: EntityManager) => Promise<void>): Promise<Suggestion> {
    const suggestion = await withRetry(
      this.database,
      async (tx) => {
        await work(tx);
        return this.view.one(tx, id);
      },
      ATTEMPTS,
    );
    this.wake.ring('relay');
    return suggestion;
  }
}
