import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import type { ListedEvent } from '../dm-events.rules.js';

/** A catching-up that was interrupted: what has been read of it, and where the list goes on. */
export interface Interrupted {
  /** Newest first. */
  events: ListedEvent[];
  /** X's name of the next page; null: it begins with the newest. */
  token: string | null;
}

/**
 * Pages of a catching-up. X lists the newest first and messages are taken in oldest first, so what was read waits here for
 * the rest: neither X's limit nor a crash makes anybody read it again.
 */
@Injectable()
export class PageStore {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async load(userId: string): Promise<Interrupted> {
    const rows: { events: string; token: string }[] = await this.database.query(
      'select events, next_token as token from twitter_page where account = $1 order by place',
      [userId],
    );
    // Written by `add`: what was read of X then is not read another way now.
    const events = rows.flatMap((row) => JSON.parse(row.events) as ListedEvent[]);
    return { events, token: rows.at(-1)?.token ?? null };
  }

  /** @param token where the list goes on after this page */
  async add(userId: string, events: readonly ListedEvent[], token: string): Promise<void> {
    await this.database.query(
      `insert into twitter_page (account, place, events, next_token, fetched_at)
       select $1, coalesce(max(place), 0) + 1, $2, $3, $4 from twitter_page where account = $1`,
      [userId, JSON.stringify(events), token, this.clock.now()],
    );
  }

  async clear(userId: string, tx: EntityManager = this.database.manager): Promise<void> {
    await tx.query('delete from twitter_page where account = $1', [userId]);
  }
}
