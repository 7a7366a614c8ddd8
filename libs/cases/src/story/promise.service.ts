import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  canMovePromise,
  type PatchPromiseBody,
  type PromiseBody,
  type PromiseKind,
  type PromiseState,
} from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, PeopleService, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { isOpen } from '../case.states.js';
import { readable } from '../intake.rules.js';
import { actorOf, record, SYSTEM, type NewEvent } from '../record.js';
import { entryOnCase } from './entry-on-case.js';
import { FactService } from './fact.service.js';
import { tellNextUpdate } from './story-columns.js';

interface PromiseRecord {
  id: string;
  kind: PromiseKind;
  text: string | null;
  state: PromiseState;
  dueAt: Date;
}

/**
 * The promises to write again that a reply of one of ours ($1) keeps, once it has left: those that were due by then, or else the next.
 * What is written right after a promise was made or moved is how the customer is told of it: it keeps nothing.
 */
const KEEP = `with told as (
    select p.id, p.due_at, d.sent_at from interaction i join delivery d on d.interaction_id = i.id join promise p on p.case_id = i.case_id
      cross join lateral (select coalesce((select max(e.at) from case_event e where e.case_id = p.case_id and e.type = 'promise.moved'
        and e.data ->> 'promiseId' = p.id::text), p.created_at) as at) said
    where i.id = $1 and i.direction = 'outbound' and i.author_kind = 'agent' and not i.automatic and i.answers_post is null
      and d.sent_at is not null and p.kind = 'update' and p.state = 'open'
      and i.occurred_at >= said.at + least(interval '15 minutes', greatest(p.due_at - said.at, interval '0') / 2))
  update promise p set state = 'kept', decided_at = t.sent_at, decided_by = $2, kept_entry = $1, kept_at = t.sent_at from told t
  where p.id = t.id and p.state = 'open' and p.due_at <= greatest(t.sent_at, (select min(due_at) from told))
  returning p.id, p.case_id as "caseId", p.kept_at > p.due_at as late`;

/** What one of ours told the customer would happen, by when; the case cannot be closed while one is open. */
@Injectable()
export class PromiseService {
  constructor(
    private readonly facts: FactService,
    private readonly people: PeopleService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError permission.denied, case.not_found, case.over, agent.not_found, entry.not_on_case */
  async make(tx: EntityManager, principal: Principal, idOrReference: string, body: PromiseBody): Promise<string> {
    return (await this.give(tx, principal, idOrReference, body)).caseId;
  }

  /** The same, for who has to know which promise it is: it moves with what it was given for. */
  async give(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    body: PromiseBody,
  ): Promise<{ caseId: string; promiseId: string }> {
    demand(principal, 'case.note');
    const found = await lockCase(tx, principal, idOrReference);
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    if (body.entryId) await entryOnCase(tx, found.id, body.entryId);
    const by = body.byId ? await this.people.person(tx, body.byId) : principal;
    if (!by) throw new DomainError('agent.not_found');
    const id = newId();
    const now = this.clock.now();
    const dueAt = new Date(body.dueAt);
    const text = body.text === undefined ? null : readable(body.text);
    await tx.query(
      `insert into promise (id, case_id, kind, text, by_id, by_name, due_at, state, created_at) values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)`,
      [id, found.id, body.kind, text, by.id, by.displayName, dueAt, now],
    );
    await this.facts.add(tx, actorOf(principal), found.id, {
      kind: 'promised',
      ...(text === null ? { code: 'next_update' as const } : { text, language: principal.language }),
      entryId: body.entryId ?? null,
      promiseId: id,
    });
    await tellNextUpdate(tx, found.id);
    await record(tx, found.id, actorOf(principal), 'api', now, [
      {
        type: 'promise.made',
        data: { promiseId: id, kind: body.kind, text, byName: by.displayName, dueAt: dueAt.toISOString() },
      },
    ]);
    return { caseId: found.id, promiseId: id };
  }

  /** @throws DomainError permission.denied, case.not_found, promise.not_found, promise.transition_forbidden */
  async change(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    promiseId: string,
    body: PatchPromiseBody,
  ): Promise<string> {
    demand(principal, 'case.note');
    const found = await lockCase(tx, principal, idOrReference);
    const rows: PromiseRecord[] = await tx.query(
      'select id, kind, text, state, due_at as "dueAt" from promise where id = $1 and case_id = $2 for update',
      [promiseId, found.id],
    );
    const promise = rows[0];
    if (!promise) throw new DomainError('promise.not_found');
    const events = [
      ...(await this.move(tx, promise, body.dueAt)),
      ...(await this.decide(tx, principal, promise, body)),
    ];
    if (events.length === 0) return found.id;
    await tellNextUpdate(tx, found.id);
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), events);
    return found.id;
  }

  /**
   * A reply has left: what it keeps is kept, without anybody ticking it. May be told of the same reply again.
   * @returns whether it kept anything
   */
  async keptBy(tx: EntityManager, interactionId: string): Promise<boolean> {
    const open: unknown[] = await tx.query(
      `select from cases c join interaction i on i.case_id = c.id where i.id = $1
         and exists (select from promise p where p.case_id = c.id and p.state = 'open' and p.kind = 'update') for update of c`,
      [interactionId],
    );
    if (open.length === 0) return false;
    const [kept]: [{ id: string; caseId: string; late: boolean }[]] = await tx.query(KEEP, [
      interactionId,
      SYSTEM.name,
    ]);
    const caseId = kept[0]?.caseId;
    if (caseId === undefined) return false;
    await tellNextUpdate(tx, caseId);
    const told = { kind: 'update' as const, text: null, state: 'kept' as const, reason: null };
    const events = kept.map(({ id, late }) => ({
      type: 'promise.decided' as const,
      data: { promiseId: id, ...told, keptBy: { entryId: interactionId, late } },
    }));
    await record(tx, caseId, SYSTEM, 'promise.keep', this.clock.now(), events);
    return true;
  }

  private async move(tx: EntityManager, promise: PromiseRecord, dueAt: string | undefined): Promise<NewEvent[]> {
    if (dueAt === undefined || new Date(dueAt).getTime() === promise.dueAt.getTime()) return [];
    if (promise.state !== 'open') throw new DomainError('promise.transition_forbidden', { from: promise.state });
    await tx.query('update promise set due_at = $2 where id = $1', [promise.id, dueAt]);
    const [from, to] = [promise.dueAt.toISOString(), new Date(dueAt).toISOString()];
    return [{ type: 'promise.moved', data: { promiseId: promise.id, from, to } }];
  }

  private async decide(
    tx: EntityManager,
    principal: Principal,
    promise: PromiseRecord,
    { state, reason: why }: PatchPromiseBody,
  ): Promise<NewEvent[]> {
    const reason = why === undefined ? null : readable(why);
    if (state === undefined || state === promise.state) return [];
    if (!canMovePromise(promise.state, state))
      throw new DomainError('promise.transition_forbidden', { from: promise.state, to: state });
    await tx.query('update promise set state = $2, decided_at = $3, decided_by = $4, reason = $5 where id = $1', [
      promise.id,
      state,
      this.clock.now(),
      principal.displayName,
      reason,
    ]);
    const { id: promiseId, kind, text } = promise;
    return [{ type: 'promise.decided', data: { promiseId, kind, text, state, reason } }];
  }
}
