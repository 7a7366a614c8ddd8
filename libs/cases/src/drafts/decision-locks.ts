import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DECISION_LEASE_SECONDS, type Decision, type DecisionLock } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import type { Principal } from '#identity';
import { findCase } from '../case-access.js';

const LOCK = `l.decision, jsonb_build_object('id', a.id, 'displayName', a.display_name) as by, iso(l.until) as until`;

/**
 * Who has a decision before them. Soft: others are told and may take it over; the lease runs out by itself when a window is
 * closed or dies. A decision made while another person holds it is refused.
 */
@Injectable()
export class DecisionLocks {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws DomainError case.not_found */
  async list(tx: EntityManager, principal: Principal, idOrReference: string): Promise<DecisionLock[]> {
    const caseId = await findCase(tx, principal, idOrReference);
    return tx.query(
      `select ${LOCK} from decision_lock l join agent a on a.id = l.agent_id where l.case_id = $1 and l.until > $2 order by l.decision`,
      [caseId, this.clock.now()],
    );
  }

  /**
   * Takes a decision in hand, or goes on having it.
   * @throws DomainError case.decision_locked with who has it, unless `takeOver`; case.not_found
   */
  async take(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    decision: Decision,
    takeOver: boolean,
  ): Promise<DecisionLock> {
    const caseId = await findCase(tx, principal, idOrReference);
    const now = this.clock.now();
    // Of two who come at once one waits here for the other's row, and then sees whose it is.
    await tx.query(
      `insert into decision_lock as l (case_id, decision, agent_id, until) values ($1, $2, $3, $5)
       on conflict (case_id, decision) do update set agent_id = excluded.agent_id, until = excluded.until
         where l.agent_id = excluded.agent_id or l.until <= $4 or $6`,
      [caseId, decision, principal.id, now, new Date(now.getTime() + DECISION_LEASE_SECONDS * 1000), takeOver],
    );
    const held = await this.held(tx, [caseId], decision);
    if (!held) throw new Error('a decision that was taken is nobody’s');
    if (held.by.id !== principal.id) throw new DomainError('case.decision_locked', held);
    return held;
  }

  /** Puts it down; what another has taken over stays theirs. @throws DomainError case.not_found */
  async release(tx: EntityManager, principal: Principal, idOrReference: string, decision: Decision): Promise<void> {
    const caseId = await findCase(tx, principal, idOrReference);
    await tx.query('delete from decision_lock where case_id = $1 and decision = $2 and agent_id = $3', [
      ...[caseId, decision, principal.id],
    ]);
  }

  /** @throws DomainError case.decision_locked when another person has this decision before them on one of these cases */
  async refuseOthers(tx: EntityManager, personId: string, caseIds: string[], decision: Decision): Promise<void> {
    const held = await this.held(tx, caseIds, decision, personId);
    if (held) throw new DomainError('case.decision_locked', held);
  }

  /** The same for the open cases of customers. */
  async refuseOthersOf(tx: EntityManager, personId: string, customerIds: string[], decision: Decision): Promise<void> {
    const cases: { id: string }[] = await tx.query(
      `select id from cases where customer_id = any($1) and status not in ('closed', 'merged', 'spam')`,
      [customerIds],
    );
    await this.refuseOthers(
      tx,
      personId,
      cases.map(({ id }) => id),
      decision,
    );
  }

  private async held(
    tx: EntityManager,
    caseIds: string[],
    decision: Decision,
    exceptId: string | null = null,
  ): Promise<DecisionLock | undefined> {
    const rows: DecisionLock[] = await tx.query(
      `select ${LOCK} from decision_lock l join agent a on a.id = l.agent_id
       where l.case_id = any($1) and l.decision = $2 and l.until > $3 and l.agent_id is distinct from $4 limit 1`,
      [caseIds, decision, this.clock.now(), exceptId],
    );
    return rows[0];
  }
}
