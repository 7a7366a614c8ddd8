import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { settleHandovers } from '../ownership/handovers.sql.js';
import { showCaseTo } from '../ownership/sight.js';
import { actorOf, record } from '../record.js';

/** Somebody asks for work and gets what is most urgent of what waits where they work. */
@Injectable()
export class TakeNextService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Takes the first of the cases that wait which nobody else is just taking.
   * @param waiting ids, most urgent first; more are asked for when all of a page are gone
   * @returns the case; null when nothing waits
   * @throws DomainError permission.denied, next.away, next.at_capacity
   */
  async take(tx: EntityManager, principal: Principal, waiting: AsyncIterable<string[]>): Promise<string | null> {
    demand(principal, 'case.assign');
    const now = this.clock.now();
    await this.refuseBusy(tx, principal, now);
    for await (const ids of waiting) {
      const taken = await lockFirst(tx, principal, ids);
      if (taken) return this.give(tx, principal, taken, now);
    }
    return null;
  }

  /** Holds the person: two askings of one come one after the other, and neither goes over what they can take. */
  private async refuseBusy(tx: EntityManager, { id }: Principal, now: Date): Promise<void> {
    const rows: { capacity: number; away: boolean }[] = await tx.query(
      'select capacity, is_away(away_since, away_until, $2) as away from agent where id = $1 for no key update',
      [id, now],
    );
    const [person] = rows;
    if (!person) throw new DomainError('agent.not_found');
    if (person.away) throw new DomainError('next.away');
    // After the lock, so that what the asking before this one took is counted.
    const counted: { load: number }[] = await tx.query(
      'select count(*)::int as load from cases where assignee_id = $1 and is_open',
      [id],
    );
    const load = counted[0]?.load ?? 0;
    if (load >= person.capacity) throw new DomainError('next.at_capacity', { load, capacity: person.capacity });
  }

  private async give(tx: EntityManager, principal: Principal, caseId: string, now: Date): Promise<string> {
    await tx.query('update cases set assignee_id = $2, owner_why = null where id = $1', [caseId, principal.id]);
    await settleHandovers(tx, caseId, now, principal.id);
    await showCaseTo(tx, caseId, principal.id);
    const mine = { assigneeId: principal.id, assigneeName: principal.displayName };
    await record(tx, caseId, actorOf(principal), 'api', now, [
      { type: 'case.assigned', data: { ...mine, previousId: null, previousName: null } },
    ]);
    return caseId;
  }
}

/** The first that still waits in a queue this person works; what somebody else has in hand is passed over. */
async function lockFirst(tx: EntityManager, { id }: Principal, ids: string[]): Promise<string | null> {
  const rows: { id: string }[] = await tx.query(
    `select c.id from unnest($1::uuid[]) with ordinality w (id, place) join cases c on c.id = w.id
     where c.is_open and c.assignee_id is null and c.queue_id in (select queues_of($2)) order by w.place limit 1 for update of c skip locked`,
    [ids, id],
  );
  return rows[0]?.id ?? null;
}
