import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { HandoverService } from '../ownership/handover.service.js';

interface Absence {
  id: string;
  until: Date | null;
  reason: string;
}

/** Somebody is not there for a while: nothing comes to them by itself, and what cannot wait goes back to its queue. */
@Injectable()
export class AwayService {
  constructor(
    private readonly handovers: HandoverService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * From now on; who is away already says anew until when and why.
   * @param until null: until they say that they are back
   * @throws DomainError away.until_passed
   */
  async begin(tx: EntityManager, { id }: Principal, until: Date | null, reason: string): Promise<void> {
    const now = this.clock.now();
    if (until && until <= now) throw new DomainError('away.until_passed');
    await lockPerson(tx, id);
    await tx.query('update absence set ended_at = until where agent_id = $1 and ended_at is null and until <= $2', [
      id,
      now,
    ]);
    const rows: { since: Date }[] = await tx.query(
      `insert into absence (id, agent_id, since, until, reason) values ($1, $2, $3, $4, $5)
       on conflict (agent_id) where ended_at is null do update set until = excluded.until, reason = excluded.reason returning since`,
      [newId(), id, now, until, reason],
    );
    await tx.query('update agent set away_since = $2, away_until = $3, away_reason = $4 where id = $1', [
      id,
      rows[0]?.since,
      until,
      reason,
    ]);
  }

  /** Back; nothing happens when they were not away. */
  async end(tx: EntityManager, { id }: Principal): Promise<void> {
    await lockPerson(tx, id);
    await tx.query('update absence set ended_at = least(until, $2) where agent_id = $1 and ended_at is null', [
      id,
      this.clock.now(),
    ]);
    await tx.query('update agent set away_since = null, away_until = null, away_reason = null where id = $1', [id]);
  }

  /**
   * A case of somebody who is away goes back to its queue, or to the default one where it has none any more.
   * @returns its reference
   * @throws DomainError case.not_found, case.over, away.not_yours, permission.denied
   */
  async handBack(tx: EntityManager, principal: Principal, caseId: string): Promise<string> {
    demand(principal, 'case.assign');
    const absence = await openAbsence(tx, principal.id);
    const found = await lockCase(tx, principal, caseId);
    if (found.assigneeId !== principal.id || !absence) throw new DomainError('away.not_yours');
    const { handoverId } = await this.handovers.hand(tx, principal, found.id, {
      to: { queueId: await queueOf(tx, found.queueId) },
      reason: absence.reason,
    });
    await tx.query('update handover set absence_id = $2 where id = $1', [handoverId, absence.id]);
    return found.reference;
  }
}

/** One word of theirs after the other. */
const lockPerson = (tx: EntityManager, id: string): Promise<unknown> =>
  tx.query('select from agent where id = $1 for no key update', [id]);

async function openAbsence(tx: EntityManager, agentId: string): Promise<Absence | undefined> {
  const rows: Absence[] = await tx.query(
    'select id, until, reason from absence where agent_id = $1 and ended_at is null',
    [agentId],
  );
  return rows[0];
}

async function queueOf(tx: EntityManager, queueId: string | null): Promise<string> {
  const rows: { id: string }[] = await tx.query(
    'select id from queue where removed_at is null and (id = $1 or is_default) order by is_default limit 1',
    [queueId],
  );
  if (!rows[0]) throw new DomainError('queue.not_found');
  return rows[0].id;
}
