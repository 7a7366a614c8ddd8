import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DecideReliefBody, ImpactKind, ReliefBody, ReliefKind, ReliefState } from '#contracts';
import { actorOf, ImpactService, lockCase, record, visible } from '#cases';
import { demand, PeopleService, visibleStore, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';

interface TaskRecord {
  id: string;
  kind: ReliefKind;
  impact: ImpactKind;
  state: ReliefState;
}

const OVER = new Set(['closed', 'merged', 'spam']);

/** Makes the customer whole before the cause is fixed: who does what by when; done, what they lacked is relieved. */
@Injectable()
export class Relief {
  constructor(
    private readonly impacts: ImpactService,
    private readonly people: PeopleService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the case. @throws DomainError permission.denied, case.not_found, case.over, agent.not_found */
  async plan(tx: EntityManager, principal: Principal, idOrReference: string, body: ReliefBody): Promise<string> {
    demand(principal, 'repair.work');
    const found = await lockCase(tx, principal, idOrReference);
    if (OVER.has(found.status)) throw new DomainError('case.over', { status: found.status });
    const owner = body.ownerId ? await this.people.person(tx, body.ownerId) : principal;
    if (!owner) throw new DomainError('agent.not_found');
    const [id, now, dueAt] = [newId(), this.clock.now(), new Date(body.dueAt)];
    const { kind, impact, note } = body;
    await tx.query(
      `insert into relief_task (id, case_id, kind, impact, note, owner_id, due_at, state, created_at) values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8)`,
      [id, found.id, kind, impact, note, owner.id, dueAt, now],
    );
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'relief.planned', data: { taskId: id, kind, impact, dueAt: dueAt.toISOString() } },
    ]);
    return found.id;
  }

  /**
   * Done, what the customer lacked is relieved, if it still lacks; decided the same way again, nothing changes.
   * @returns the case
   * @throws DomainError permission.denied, relief.not_found, relief.decided
   */
  async decide(
    tx: EntityManager,
    principal: Principal,
    taskId: string,
    { state, reason }: DecideReliefBody,
  ): Promise<string> {
    demand(principal, 'repair.work');
    const { caseId, task } = await this.lock(tx, principal, taskId);
    if (task.state === state) return caseId;
    if (task.state !== 'planned') throw new DomainError('relief.decided', { state: task.state });
    const now = this.clock.now();
    await tx.query('update relief_task set state = $2, decided_by = $3, decided_at = $4, reason = $5 where id = $1', [
      ...[taskId, state, principal.displayName, now, reason ?? null],
    ]);
    const { kind, impact } = task;
    const told = { taskId, kind, impact };
    await record(tx, caseId, actorOf(principal), 'api', now, [
      state === 'done'
        ? { type: 'relief.done', data: told }
        : { type: 'relief.cancelled', data: { ...told, reason: reason ?? '' } },
    ]);
    if (state === 'done') await this.relieve(tx, principal, caseId, impact);
    return caseId;
  }

  private async relieve(tx: EntityManager, principal: Principal, caseId: string, kind: ImpactKind): Promise<void> {
    const rows: { id: string }[] = await tx.query(
      `select id from impact where case_id = $1 and kind = $2 and state in ('reported', 'confirmed')`,
      [caseId, kind],
    );
    if (rows[0]) await this.impacts.move(tx, principal, caseId, rows[0].id, 'relieved');
  }

  private async lock(
    tx: EntityManager,
    principal: Principal,
    taskId: string,
  ): Promise<{ caseId: string; task: TaskRecord }> {
    for (;;) {
      const seen: { caseId: string }[] = await tx.query(
        `select c.id as "caseId" from relief_task t join cases c on c.id = t.case_id where t.id = $1 and ${visible('$2')}`,
        [taskId, visibleStore(principal)],
      );
      if (!seen[0]) throw new DomainError('relief.not_found');
      const { caseId } = seen[0];
      await lockCase(tx, principal, caseId);
      const rows: TaskRecord[] = await tx.query(
        'select id, kind, impact, state from relief_task where id = $1 and case_id = $2 for update',
        [taskId, caseId],
      );
      if (rows[0]) return { caseId, task: rows[0] };
    }
  }
}
