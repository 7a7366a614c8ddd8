import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  BREAK_GLASS_MINUTES,
  BREAK_GLASS_PER_HOUR,
  parseReference,
  type BreakGlassAnswer,
  type BreakGlassBody,
} from '#contracts';
import type { z } from 'zod';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, visibleStore, type Principal } from '#identity';
import { visible } from '../case-access.js';
import { readable } from '../intake.rules.js';
import { actorOf, record } from '../record.js';
import { Doors } from './doors.js';

const HOURLY = { attempts: BREAK_GLASS_PER_HOUR, minutes: 60 };

/** Opening a case that is none of one's own: possible at once, for a while, with a reason, and never unseen. */
@Injectable()
export class BreakGlass {
  constructor(
    private readonly doors: Doors,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts a try before it is looked at, in a transaction of its own: a wrong reference counts like a right one.
   * @throws DomainError glass.throttled, permission.denied
   */
  async admit(principal: Principal): Promise<void> {
    demand(principal, 'glass.break');
    if (visibleStore(principal) === null) return;
    if (await this.doors.knock(`glass:${principal.id}`, HOURLY)) throw new DomainError('glass.throttled');
  }

  /**
   * Shows the case to this person, and to nobody else, for BREAK_GLASS_MINUTES.
   * @throws DomainError case.not_found
   */
  async open(
    tx: EntityManager,
    principal: Principal,
    { reference, reason }: z.infer<typeof BreakGlassBody>,
  ): Promise<BreakGlassAnswer> {
    const rows: { id: string; reference: string; seen: boolean }[] = await tx.query(
      `select c.id, c.reference, ${visible('$2')} as seen from cases c
       where c.id = (select living_case(id) from cases where reference = $1) for update of c`,
      [parseReference(reference), visibleStore(principal)],
    );
    const found = rows[0];
    if (!found) throw new DomainError('case.not_found');
    const answer = { caseId: found.id, reference: found.reference, until: null };
    if (found.seen) return answer;
    const now = this.clock.now();
    const until = new Date(now.getTime() + BREAK_GLASS_MINUTES * 60_000);
    const why = readable(reason);
    await tx.query(
      `insert into case_grant (viewer, case_id, until) values ($1, $2, $3)
       on conflict (viewer, case_id) do update set until = excluded.until`,
      [principal.id, found.id, until],
    );
    await tx.query(
      `insert into break_glass (id, case_id, agent_id, store_id, reason, until, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), found.id, principal.id, principal.storeId, why, until, now],
    );
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'glass.broken', data: { reason: why, until: until.toISOString() } },
    ]);
    return { ...answer, until: until.toISOString() };
  }

  /**
   * A supervisor has looked at it; again changes nothing.
   * @throws DomainError glass.not_found, permission.denied
   */
  async review(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'glass.review');
    const [rows]: [unknown[], number] = await tx.query(
      `update break_glass set reviewed_by = coalesce(reviewed_by, $2), reviewed_at = coalesce(reviewed_at, $3) where id = $1 returning 1`,
      [id, principal.id, this.clock.now()],
    );
    if (rows.length === 0) throw new DomainError('glass.not_found');
  }
}
