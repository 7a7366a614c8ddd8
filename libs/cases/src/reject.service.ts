import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Channel, RejectReason, RejectState } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
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
  /** A person released it, and still it could not be taken in: it is open again. */
  wasReleased?: boolean;
}

interface KnownReject {
  state: RejectState;
  mailId: string | null;
}

/** Keeps what could not be understood or was held back, whole; people find it in the product and decide. */
@Injectable()
export class RejectService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Idempotent: the same original again is the same reject. */
  async keep(tx: EntityManager, arrival: RejectedArrival): Promise<void> {
    const words = [arrival.reason, arrival.detail, arrival.sender, arrival.subject].map(
      (text) => text && readable(text).slice(0, 500),
    );
    const now = this.clock.now();
    const rows: { id: string }[] = await tx.query(
      `insert into inbound_reject as r (id, channel, reason, detail, sender, subject, storage_key, size, received_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (channel, storage_key) do update set reason = excluded.reason, detail = excluded.detail, state = 'open',
         decided_by = null, decided_at = null where $10 and r.state = 'released'
       returning id`,
      [newId(), arrival.channel, ...words, arrival.storageKey, arrival.size, now, arrival.wasReleased ?? false],
    );
    if (arrival.wasReleased && rows[0]) await this.decide(tx, rows[0].id, 'kept_again', null, now);
  }

  /**
   * Takes a kept mail in after all: it goes the way of every mail, once, and is not held back again.
   * @throws DomainError permission.denied, reject.not_found, reject.not_releasable
   */
  async release(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'reject.manage');
    const found = await this.lock(tx, id);
    if (found.state === 'released') return;
    if (!found.mailId) throw new DomainError('reject.not_releasable');
    const now = this.clock.now();
    await tx.query(
      `update inbound_mail set state = 'pending', attempts = 0, due_at = $2, released_at = $2 where id = $1`,
      [found.mailId, now],
    );
    await this.settle(tx, principal, id, 'released', now);
  }

  /**
   * Puts a kept message away: nothing of it is needed. The original stays.
   * @throws DomainError permission.denied, reject.not_found, reject.released
   */
  async discard(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'reject.manage');
    const found = await this.lock(tx, id);
    if (found.state === 'discarded') return;
    if (found.state === 'released') throw new DomainError('reject.released');
    await this.settle(tx, principal, id, 'discarded', this.clock.now());
  }

  private async lock(tx: EntityManager, id: string): Promise<KnownReject> {
    const rows: KnownReject[] = await tx.query(
      `select r.state, case when is_releasable(r) then (select m.id from inbound_mail m
         where m.storage_key = r.storage_key and m.state = 'rejected' order by m.received_at desc limit 1) end as "mailId"
       from inbound_reject r where r.id = $1 for update of r`,
      [id],
    );
    if (!rows[0]) throw new DomainError('reject.not_found');
    return rows[0];
  }

  private async settle(tx: EntityManager, by: Principal, id: string, state: 'released' | 'discarded', at: Date) {
    await tx.query('update inbound_reject set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
      id,
      state,
      by.id,
      at,
    ]);
    await this.decide(tx, id, state, by.id, at);
  }

  private async decide(tx: EntityManager, id: string, decision: string, by: string | null, at: Date): Promise<void> {
    await tx.query(
      'insert into reject_decision (id, reject_id, decision, decided_by, decided_at) values ($1, $2, $3, $4, $5)',
      [newId(), id, decision, by, at],
    );
  }
}
