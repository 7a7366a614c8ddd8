import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock, MOST_TRIES, nextTryAfter } from '#platform';
import type { Handed, Parcel } from './courier.js';

const PORTION = 20;
/** Whoever took a message and died leaves it for so long. */
const LEASE_MS = 60_000;

export interface Taken extends Parcel {
  attempts: number;
}

/** Messages that wait: taken a few at a time, and put away or back by what became of them. */
@Injectable()
export class Postbag {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Takes some that are due; nobody else does for a while. */
  async take(tx: EntityManager): Promise<Taken[]> {
    const now = this.clock.now();
    const [rows]: [Taken[], number] = await tx.query(
      `update benefit_message m set attempts = attempts + 1, due_at = $2 from (select id from benefit_message
         where state = 'waiting' and due_at <= $1 order by due_at, id limit ${PORTION} for update skip locked) d
       where m.id = d.id returning m.id, m.system, m.body, m.attempts`,
      [now, new Date(now.getTime() + LEASE_MS)],
    );
    return rows;
  }

  /** Of the try that has it in hand only: what somebody else has taken since is theirs. */
  async settle(tx: EntityManager, { id, attempts }: Taken, handed: Handed): Promise<void> {
    const now = this.clock.now();
    const state = handed.verdict === 'again' ? (attempts < MOST_TRIES ? 'waiting' : 'dead') : handed.verdict;
    const wait = Math.max(nextTryAfter(attempts), Math.min(handed.retryAfter ?? 0, 86_400) * 1000);
    await tx.query(
      `update benefit_message set state = $3::text, due_at = case when $3 = 'waiting' then $4::timestamptz end, last_status = $5, last_error = $6,
         sent_at = case when $3 = 'sent' then $7::timestamptz end where id = $1 and attempts = $2 and state = 'waiting'`,
      [id, attempts, state, new Date(now.getTime() + wait), handed.status, handed.error, now],
    );
  }

  /** A dead message goes again, from the beginning. @throws DomainError permission.denied, benefit_message.not_found, benefit_message.not_dead */
  async replay(tx: EntityManager, by: Principal, id: string): Promise<void> {
    demand(by, 'goodwill.manage');
    const [row]: { state: string }[] = await tx.query('select state from benefit_message where id = $1 for update', [
      id,
    ]);
    if (!row) throw new DomainError('benefit_message.not_found');
    if (row.state !== 'dead') throw new DomainError('benefit_message.not_dead', { state: row.state });
    await tx.query(`update benefit_message set state = 'waiting', due_at = $2, attempts = 0 where id = $1`, [
      id,
      this.clock.now(),
    ]);
  }
}
