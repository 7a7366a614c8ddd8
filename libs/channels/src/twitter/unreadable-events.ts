import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { RejectService } from '#cases';
import { STORAGE, withRetry, type Storage } from '#platform';
import type { ListedEvent } from './dm-events.rules.js';

/** Keeps events of a list that could not be read: each whole, each shown. The same event again is the same reject. */
@Injectable()
export class UnreadableEvents {
  constructor(
    private readonly database: DataSource,
    private readonly rejects: RejectService,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  async keep(events: readonly ListedEvent[]): Promise<void> {
    for (const { raw, unreadable } of events) {
      if (!unreadable) continue;
      const stored = await this.storage.put(Readable.from([Buffer.from(JSON.stringify(raw))]));
      const { reason, detail, sender } = unreadable;
      await withRetry(this.database, (tx) =>
        this.rejects.keep(tx, {
          channel: 'twitter',
          reason,
          detail,
          sender,
          subject: null,
          storageKey: stored.key,
          size: stored.size,
        }),
      );
    }
  }
}
