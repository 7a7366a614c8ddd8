import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, sqlState, withRetry, type Clock } from '#platform';
import { compareIds, idBefore, type DirectMessage, type Unreadable } from '../direct-message.rules.js';
import type { ListedEvent } from '../dm-events.rules.js';
import { storedIds } from '../echoes.js';
import { BATCH, countNew, TwitterIntake } from '../twitter-intake.js';
import { LOOK_FILES_MS } from '../twitter-media.js';
import { UnreadableEvents } from '../unreadable-events.js';
import { PageStore } from './page.store.js';

/** Events may become visible late: within this time before the cursor, what is missing is taken too. */
const LOOK_BACK_MS = 10 * 60_000;

export interface Found {
  /** New interactions. */
  count: number;
  /** When the oldest of them was written. */
  oldestAt: Date | null;
}

/** What looks have found, taken in. The cursor moves with the messages or not at all. */
@Injectable()
export class FoundMessages {
  constructor(
    private readonly intake: TwitterIntake,
    private readonly unreadable: UnreadableEvents,
    readonly pages: PageStore,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Oldest first, in batches, each with the cursor's move to its newest event. Pages that waited for this are done with.
   * @param cursor where the last look of this account ended
   * @param signal to come to an end: files are left for later, and what is not taken in yet is found by the next look
   * @returns how many are new, and when the oldest of them was written
   */
  async takeIn(userId: string, events: ListedEvent[], cursor: string | null, signal?: AbortSignal): Promise<Found> {
    const floor = cursor === null ? 0n : idBefore(cursor, LOOK_BACK_MS);
    const ordered = events
      .filter((event): event is ListedEvent & { id: string } => event.id !== null && BigInt(event.id) > floor)
      .sort((one, other) => compareIds(one.id, other.id));
    const isNew = ({ id }: { id: string }) => cursor === null || compareIds(id, cursor) > 0;
    await this.unreadable.keep(events.filter(({ id }) => id === null || isNew({ id })));
    const known = await storedIds(this.database.manager, ordered);
    const fresh = ordered.filter((event) => event.message && !known.has(event.id));
    let count = 0;
    for (let at = 0; at < fresh.length; at += BATCH) {
      const batch = fresh.slice(at, at + BATCH);
      count += await this.takeBatch(userId, batch, batch.at(-1)?.id ?? '0', signal);
      if (signal?.aborted && at + BATCH < fresh.length) return { count, oldestAt: null };
    }
    const newest = ordered.at(-1);
    await withRetry(this.database, async (tx) => {
      if (newest && isNew(newest)) await this.moveCursor(tx, userId, newest.id);
      await this.pages.clear(userId, tx);
    });
    const oldest = fresh[0]?.message?.writtenAt ?? null;
    return { count, oldestAt: count > 0 && oldest !== null ? new Date(oldest) : null };
  }

  private async takeBatch(userId: string, batch: ListedEvent[], newest: string, signal?: AbortSignal): Promise<number> {
    const messages = batch.flatMap(({ message }) => (message ? [message] : []));
    try {
      return await this.take(userId, messages, newest, signal);
    } catch (error) {
      if (!isBadData(error)) throw error;
    }
    // One of them cannot be stored: the others do not wait for it, and it is kept where people see it.
    let count = 0;
    for (const event of batch) {
      try {
        if (event.message) count += await this.take(userId, [event.message], event.message.id, signal);
      } catch (error) {
        if (!isBadData(error)) throw error;
        const trouble: Unreadable = {
          reason: 'twitter.not_stored',
          detail: String(error),
          sender: event.message?.other.id ?? null,
        };
        await this.unreadable.keep([{ ...event, unreadable: trouble }]);
      }
    }
    return count;
  }

  private async take(
    userId: string,
    messages: DirectMessage[],
    newest: string,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const move = (tx: EntityManager) => this.moveCursor(tx, userId, newest);
    return countNew(await this.intake.take(messages, move, { withinMs: LOOK_FILES_MS, signal }));
  }

  /** Id of the newest event taken in; null before the first look. */
  async cursor(userId: string): Promise<string | null> {
    const rows: { value: string }[] = await this.database.query('select value from channel_cursor where key = $1', [
      keyOf(userId),
    ]);
    return rows[0]?.value ?? null;
  }

  private async moveCursor(tx: EntityManager, userId: string, id: string): Promise<void> {
    await tx.query(
      `insert into channel_cursor as c (key, value, updated_at) values ($1, $2, $3)
       on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
       where c.value::numeric < excluded.value::numeric`,
      [keyOf(userId), id, this.clock.now()],
    );
  }
}

const keyOf = (userId: string): string => `twitter:${userId}`;

/** The data itself is refused: by the schema of an arrival, or by the database (data exception, constraint). */
function isBadData(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return state.startsWith('22') || (state.startsWith('23') && state !== '23505');
  return error instanceof Error && error.name === 'ZodError';
}
