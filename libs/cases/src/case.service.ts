import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PatchCaseBody } from '#contracts';
import { CLOCK, DomainError, sqlState, type Clock } from '#platform';
import { demand, PeopleService, type Principal } from '#identity';
import { lockCase, type CaseRecord } from './case-access.js';
import { DecisionLocks } from './drafts/decision-locks.js';
import { canMove, isOpen } from './case.states.js';
import { actorOf, record, type NewEvent } from './record.js';
import { settleHandovers } from './ownership/handovers.sql.js';
import { showCaseTo } from './ownership/sight.js';
import { ClosingService } from './story/closing.service.js';

/** Changes to the case itself: who has it, where it stands, how urgent it is. */
@Injectable()
export class CaseService {
  constructor(
    private readonly people: PeopleService,
    private readonly closing: ClosingService,
    private readonly locks: DecisionLocks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError case.version_conflict when `version` is not the case's own, case.transition_forbidden,
   * case.not_closable with what is still open, case.decision_locked, case.customer_has_open on reopening, entry.not_on_case, agent.not_found, queue.not_found, permission.denied
   */
  async change(tx: EntityManager, principal: Principal, idOrReference: string, patch: PatchCaseBody): Promise<string> {
    const found = await lockCase(tx, principal, idOrReference);
    if (found.version !== patch.version) throw new DomainError('case.version_conflict', { version: found.version });
    const events = [
      ...(await this.changeStatus(tx, principal, found, patch)),
      ...(await this.assign(tx, principal, found, patch)),
      ...(await this.moveToQueue(tx, principal, found, patch)),
      ...(await this.prioritise(tx, found, patch)),
    ];
    if (events.length > 0) await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), events);
    return found.id;
  }

  /** The person has seen the case up to here. */
  async markRead(tx: EntityManager, principal: Principal, idOrReference: string): Promise<void> {
    const found = await lockCase(tx, principal, idOrReference);
    const rows: [unknown[], number] = await tx.query('update cases set unread = 0 where id = $1 and unread > 0', [
      found.id,
    ]);
    if (rows[1] > 0)
      await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [
        { type: 'case.read', data: { entryId: null } },
      ]);
  }

  private async changeStatus(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    patch: PatchCaseBody,
  ): Promise<NewEvent[]> {
    const to = patch.status;
    const waitReason = to === 'waiting' ? (patch.waitReason ?? null) : null;
    if (to === undefined || (to === found.status && waitReason === found.waitReason)) return [];
    demand(principal, 'case.change_status');
    if (!canMove(found.status, to)) throw new DomainError('case.transition_forbidden', { from: found.status, to });
    if (to === 'closed') {
      await this.locks.refuseOthers(tx, principal.id, [found.id], 'closing');
      await this.closing.refuseOpen(tx, found.id);
    }
    if (to === 'spam') await this.closing.refuseLent(tx, found.id);
    try {
      await tx.query(
        'update cases set status = $2, wait_reason = $3, closed_at = $4, queue_id = coalesce(queue_id, (select id from queue where is_default)) where id = $1',
        [found.id, to, waitReason, isOpen(to) ? null : this.clock.now()],
      );
    } catch (error) {
      if (sqlState(error) === '23505') throw new DomainError('case.customer_has_open');
      throw error;
    }
    await this.closing.moved(tx, found.id, found.status, to);
    const confirmed = to === 'closed' ? await this.closing.confirmed(tx, found.id, patch.confirmation) : [];
    const changed: NewEvent = { type: 'case.status_changed', data: { from: found.status, to, waitReason } };
    return isOpen(found.status) || !isOpen(to)
      ? [...confirmed, changed]
      : [{ type: 'case.reopened', data: { from: found.status } }, changed];
  }

  private async assign(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    patch: PatchCaseBody,
  ): Promise<NewEvent[]> {
    const assigneeId = patch.assigneeId;
    if (assigneeId === undefined || assigneeId === found.assigneeId) return [];
    demand(principal, 'case.assign');
    const person = assigneeId && (await this.people.person(tx, assigneeId));
    if (assigneeId && !person) throw new DomainError('agent.not_found');
    const previous = found.assigneeId && (await this.people.person(tx, found.assigneeId));
    await tx.query(
      'update cases set assignee_id = $2, queue_id = coalesce(queue_id, (select id from queue where is_default)) where id = $1',
      [found.id, assigneeId],
    );
    await settleHandovers(tx, found.id, this.clock.now(), assigneeId);
    if (assigneeId) await showCaseTo(tx, found.id, assigneeId);
    return [
      {
        type: 'case.assigned',
        data: {
          assigneeId,
          assigneeName: (person && person.displayName) || null,
          previousId: found.assigneeId,
          previousName: (previous && previous.displayName) || null,
        },
      },
    ];
  }

  private async moveToQueue(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    patch: PatchCaseBody,
  ): Promise<NewEvent[]> {
    if (patch.queueId === undefined || patch.queueId === found.queueId) return [];
    demand(principal, 'case.assign');
    const [queue]: { id: string; name: string }[] = await tx.query(
      'select id, name from queue where id = $1 and store_id is null and removed_at is null for share',
      [patch.queueId],
    );
    if (!queue) throw new DomainError('queue.not_found');
    await tx.query('update cases set queue_id = $2 where id = $1', [found.id, queue.id]);
    return [{ type: 'case.queued', data: { queueId: queue.id, queueName: queue.name } }];
  }

  private async prioritise(tx: EntityManager, found: CaseRecord, patch: PatchCaseBody): Promise<NewEvent[]> {
    if (patch.priority === undefined || patch.priority === found.priority) return [];
    await tx.query('update cases set priority = $2 where id = $1', [found.id, patch.priority]);
    return [{ type: 'case.priority_changed', data: { from: found.priority, to: patch.priority } }];
  }
}
