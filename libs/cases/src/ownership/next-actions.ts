import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NextActionBody, NextActionCode, NoDueReason } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { isOpen } from '../case.states.js';
import { actorOf, record, type Actor, type NewEvent } from '../record.js';

/** What is planned: with a time, or with the reason why there is none. */
export type Plan = {
  code: NextActionCode;
  values?: Record<string, string>;
  text?: string;
  /** Names the plan, where something of its own made it. */
  id?: string;
} & ({ dueAt: Date } | { noDue: NoDueReason });

/** The one thing that happens next on a case, as a person or a structured action plans it. */
@Injectable()
export class NextActions {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * @returns the case
   * @throws DomainError case.not_found, case.over, case.version_conflict, next_action.due_passed
   */
  async set(tx: EntityManager, principal: Principal, idOrReference: string, body: NextActionBody): Promise<string> {
    demand(principal, 'case.assign');
    const found = await lockCase(tx, principal, idOrReference);
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    if (body.version !== undefined && body.version !== found.version)
      throw new DomainError('case.version_conflict', { version: found.version });
    const due = body.dueAt === undefined ? null : new Date(body.dueAt);
    if (due && due < this.clock.now()) throw new DomainError('next_action.due_passed');
    const when = due ? { dueAt: due } : { noDue: body.noDue ?? 'in_turn' };
    const actor = actorOf(principal);
    const planned = await this.plan(tx, actor, found.id, {
      code: body.code,
      values: body.values,
      text: body.text,
      ...when,
    });
    await record(tx, found.id, actor, 'api', this.clock.now(), [planned]);
    return found.id;
  }

  /**
   * Plans without asking who may; the case is in the caller's hands (locked). What was planned before is replaced.
   * @returns the event to record with it, where the caller's own does not say as much
   */
  plan(tx: EntityManager, actor: Actor, caseId: string, plan: Plan): Promise<NewEvent> {
    return this.planMany(tx, actor, [caseId], plan);
  }

  /** The same for many, by one statement. @returns the event to record with each */
  async planMany(tx: EntityManager, actor: Actor, caseIds: readonly string[], plan: Plan): Promise<NewEvent> {
    const dueAt = 'dueAt' in plan ? plan.dueAt : null;
    const noDue = 'noDue' in plan ? plan.noDue : null;
    await tx.query(
      `update cases set next_action = $2, next_action_text = $3, next_action_values = $4, next_action_due_at = $5, next_action_no_due = $6,
         next_action_by = $7, next_action_at = $8, next_action_id = coalesce($9::uuid, new_id()), next_action_parked = null where id = any($1)`,
      [
        caseIds,
        plan.code,
        plan.text ?? null,
        plan.values ?? {},
        dueAt,
        noDue,
        actor.kind === 'agent' ? actor.id : null,
        this.clock.now(),
        plan.id ?? null,
      ],
    );
    return {
      type: 'next_action.set',
      data: {
        code: plan.code,
        values: plan.values ?? {},
        text: plan.text ?? null,
        dueAt: dueAt?.toISOString() ?? null,
        noDue,
      },
    };
  }
}
