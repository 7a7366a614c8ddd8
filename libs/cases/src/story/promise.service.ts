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
import { actorOf, record, type NewEvent } from '../record.js';
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
    return found.id;
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
