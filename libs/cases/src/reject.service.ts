import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Channel, RejectReason } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import { readable } from './intake.rules.js';

export interface RejectedArrival {
  channel: Channel;
  reason: RejectReason;
  detail: string | null;
  sender: string | null;
  subject: string | null;
  /** Where the whole original lies. */
  storageKey: string;
  size: number;
}

/** Keeps what could not be understood, whole; people find it in the product. */
@Injectable()
export class RejectService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Idempotent: the same original again is the same reject. */
  async keep(tx: EntityManager, arrival: RejectedArrival): Promise<void> {
    const words = [arrival.reason, arrival.detail, arrival.sender, arrival.subject].map(
      (text) => text && readable(text).slice(0, 500),
    );
    await tx.query(
      `insert into inbound_reject (id, channel, reason, detail, sender, subject, storage_key, size, received_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (channel, storage_key) do nothing`,
      [newId(), arrival.channel, ...words, arrival.storageKey, arrival.size, this.clock.now()],
    );
  }
}
