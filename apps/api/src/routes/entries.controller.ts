import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Id, InteractionEntry, MoveEntryBody, OpenReviewPage, PageQuery } from '#contracts';
import { EntryMoveService } from '#cases';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { ReviewView, TimelineView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** Which case an entry belongs to, when a person knows better. */
@ApiTags('cases')
@Controller('api/v1')
export class EntriesController {
  constructor(
    private readonly database: DataSource,
    private readonly moves: EntryMoveService,
    private readonly reviews: ReviewView,
    private readonly timeline: TimelineView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** Puts an inbound entry on another case; moving it back undoes it. */
  @Post('cases/:id/entries/:entryId/move')
  @HttpCode(200)
  @Answers(200, InteractionEntry)
  async move(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Param('entryId', { schema: Id }) entryId: string,
    @Body({ schema: MoveEntryBody }) body: MoveEntryBody,
  ): Promise<InteractionEntry> {
    const entry = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['move', id, entryId, body], async () =>
        this.timeline.interaction(tx, await this.moves.move(tx, me, id, entryId, body)),
      ),
    );
    this.wake.ring('relay');
    return entry;
  }

  /** It names another case and stays where it is all the same. */
  @Post('cases/:id/entries/:entryId/review/dismiss')
  @HttpCode(200)
  @Answers(200, InteractionEntry)
  async dismiss(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('entryId', { schema: Id }) entryId: string,
  ): Promise<InteractionEntry> {
    const entry = await withRetry(this.database, async (tx) =>
      this.timeline.interaction(tx, await this.moves.dismiss(tx, me, id, entryId)),
    );
    this.wake.ring('relay');
    return entry;
  }

  /** Entries that name a case of somebody else's, newest first. */
  @Get('reviews')
  @Answers(200, OpenReviewPage)
  open(
    @Me() me: Principal,
    @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>,
  ): Promise<z.infer<typeof OpenReviewPage>> {
    demand(me, 'case.move_entry');
    return this.reviews.list(query);
  }
}
