import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may, type EscalationOutcomes, type EscalationReassign, type HandoverBody } from '#contracts';
import { actorOf, HandoverService, recordMany, visible } from '#cases';
import { demand, visibleStore, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { isTheirs } from './escalation-reader.js';

interface Found {
  id: string;
  caseId: string;
  metric: string;
  side: string;
  round: number;
  isOpen: boolean;
  isTheirs: boolean;
}

type Outcome = EscalationOutcomes['items'][number];

/** Why the case went over to them, as its timeline says. */
const TAKEN = { es: 'Escalado', en: 'Escalated' };

const done = (id: string): Outcome => ({ id, done: true, code: null });

/** What people do about escalations, many at once: each for itself, and the answer says what became of it. */
@Injectable()
export class EscalationDeeds {
  constructor(
    private readonly handovers: HandoverService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Somebody looks after them. What was raised of the same clock before is acknowledged with it. */
  async acknowledge(tx: EntityManager, principal: Principal, ids: string[]): Promise<EscalationOutcomes> {
    const { items, found } = await this.claim(tx, principal, ids, may(principal.role, 'supervise'));
    await this.settle(tx, principal, found);
    return inAskedOrder(ids, [...items, ...found.map(({ id }) => done(id))]);
  }

  /**
   * Who asks has these cases from now on.
   * @throws DomainError permission.denied
   */
  async take(tx: EntityManager, principal: Principal, ids: string[]): Promise<EscalationOutcomes> {
    demand(principal, 'case.assign');
    const { items, found } = await this.claim(tx, principal, ids, may(principal.role, 'supervise'));
    return this.hand(
      tx,
      principal,
      ids,
      { items, found },
      { to: { agentId: principal.id }, reason: TAKEN[principal.language] },
    );
  }

  /**
   * Somebody else has them, or a queue.
   * @throws DomainError permission.denied
   */
  async reassign(
    tx: EntityManager,
    principal: Principal,
    { ids, assigneeId, queueId, reason }: EscalationReassign,
  ): Promise<EscalationOutcomes> {
    demand(principal, 'supervise');
    const to = assigneeId === undefined ? { queueId: queueId ?? '' } : { agentId: assigneeId };
    return this.hand(tx, principal, ids, await this.claim(tx, principal, ids, true), { to, reason });
  }

  private async hand(
    tx: EntityManager,
    principal: Principal,
    ids: string[],
    { items, found }: { items: Outcome[]; found: Found[] },
    body: HandoverBody,
  ): Promise<EscalationOutcomes> {
    const codes = new Map<string, string | null>();
    for (const { caseId } of found)
      if (!codes.has(caseId)) codes.set(caseId, await this.handOne(tx, principal, caseId, body));
    const handed = found.filter(({ caseId }) => codes.get(caseId) === null);
    await this.settle(tx, principal, handed);
    const outcomes = found.map(({ id, caseId }) => ({
      id,
      done: codes.get(caseId) === null,
      code: codes.get(caseId) ?? null,
    }));
    return inAskedOrder(ids, [...items, ...outcomes]);
  }

  /** @returns why not; null: it is done, or was so before */
  private async handOne(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    body: HandoverBody,
  ): Promise<string | null> {
    await tx.query('savepoint handing');
    try {
      await this.handovers.hand(tx, principal, caseId, body);
      await tx.query('release savepoint handing');
      return null;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await tx.query('rollback to savepoint handing');
      return error.code === 'handover.already_there' ? null : error.code;
    }
  }

  /** Locks what is open of these with their cases, in the order everybody does; the rest has its outcome already. */
  private async claim(
    tx: EntityManager,
    principal: Principal,
    ids: string[],
    mayAll: boolean,
  ): Promise<{ items: Outcome[]; found: Found[] }> {
    await tx.query(
      `select from cases c where id in (select case_id from escalation where id = any($1)) and ${visible('$2')} order by id for update`,
      [ids, visibleStore(principal)],
    );
    const rows: Found[] = await tx.query(
      `select x.id, x.case_id as "caseId", x.metric, x.side, x.round, x.acknowledged_at is null and x.ended_at is null as "isOpen", ${isTheirs('$3')} as "isTheirs"
       from escalation x join cases c on c.id = x.case_id where x.id = any($1) and ${visible('$2')} order by x.id`,
      [ids, visibleStore(principal), principal.id],
    );
    const known = new Map(rows.map((row) => [row.id, row]));
    const items: Outcome[] = [];
    const found: Found[] = [];
    for (const id of new Set(ids)) {
      const row = known.get(id);
      if (!row) items.push({ id, done: false, code: 'escalation.not_found' });
      else if (!row.isOpen) items.push({ id, done: false, code: 'escalation.settled' });
      else if (!mayAll && !row.isTheirs) items.push({ id, done: false, code: 'escalation.not_yours' });
      else found.push(row);
    }
    return { items, found };
  }

  private async settle(tx: EntityManager, principal: Principal, found: Found[]): Promise<void> {
    if (found.length === 0) return;
    const now = this.clock.now();
    const [settled]: [{ id: string; caseId: string }[], number] = await tx.query(
      `update escalation x set acknowledged_at = $2, acknowledged_by = $3
       from escalation y where y.id = any($1) and x.case_id = y.case_id and x.metric = y.metric and x.side = y.side and x.round = y.round
         and x.raised_at <= y.raised_at and x.acknowledged_at is null and x.ended_at is null
       returning x.id, x.case_id as "caseId"`,
      [found.map(({ id }) => id), now, principal.id],
    );
    await recordMany(
      tx,
      actorOf(principal),
      'api',
      now,
      settled
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, caseId }) => ({
          caseId,
          events: [{ type: 'escalation.acknowledged', data: { escalationId: id } }],
        })),
    );
  }
}

const inAskedOrder = (ids: string[], items: Outcome[]): EscalationOutcomes => ({
  items: [...new Set(ids)].flatMap((id) => items.find((item) => item.id === id) ?? []),
});
