import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  factText,
  wholeAgain,
  type CorrectFactBody,
  type FactBody,
  type FactCode,
  type FactKind,
  type Language,
} from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { readable } from '../intake.rules.js';
import { actorOf, record, type Actor } from '../record.js';
import { toldNames } from '../told-names.js';
import { entryOnCase } from './entry-on-case.js';

/** A fact on its way into the story: in a person's own words, or what a structured action says. */
export type NewFact = {
  kind: FactKind;
  /** The interaction or note it comes from. */
  entryId?: string | null;
  /** When it happened; without it now. */
  at?: Date;
  /** What it is told from: once on a case, however often it is told. */
  origin?: string;
  promiseId?: string;
} & (
  | { code: Exclude<FactCode, 'impact'>; values?: Record<string, unknown> }
  | { code?: undefined; text: string; language: Language }
);

interface FactRecord {
  id: string;
  kind: FactKind;
  code: FactCode | null;
  values: Record<string, unknown>;
  text: string | null;
  language: Language | null;
  at: Date;
  entryId: string | null;
  promiseId: string | null;
  over: boolean;
}

/** The story so far: facts are added, corrected by newer ones and withdrawn with a reason; none is overwritten. */
@Injectable()
export class FactService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Writes a fact down, in the transaction of what it comes from, whose own event tells of it.
   * @returns its id; null when the case has been told of this origin already
   */
  async add(tx: EntityManager, actor: Actor, caseId: string, fact: NewFact): Promise<string | null> {
    const id = newId();
    const now = this.clock.now();
    const rows: unknown[] = await tx.query(
      `insert into story_fact (id, case_id, kind, code, values, text, language, at, created_at, author_kind, author_id, author_name, entry_id, promise_id, origin)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing returning id`,
      [
        id,
        caseId,
        fact.kind,
        fact.code ?? null,
        JSON.stringify((fact.code && fact.values) ?? {}),
        fact.code ? null : fact.text,
        fact.code ? null : fact.language,
        fact.at ?? now,
        now,
        actor.kind,
        actor.id,
        actor.name,
        fact.entryId ?? null,
        fact.promiseId ?? null,
        fact.origin ?? null,
      ],
    );
    return rows.length > 0 ? id : null;
  }

  /**
   * What a fact was told from stands otherwise now: a newer fact takes its place, the old one stays in the history.
   * @param before null: there was none
   * @returns the id of the one that holds now
   */
  async renew(
    tx: EntityManager,
    actor: Actor,
    caseId: string,
    before: string | null,
    fact: NewFact & { origin?: undefined },
  ): Promise<string> {
    const id = await this.add(tx, actor, caseId, fact);
    if (!id) throw new Error('a fact without an origin was not written');
    if (before)
      await tx.query('update story_fact set superseded_by = $2 where id = $1 and superseded_by is null', [before, id]);
    return id;
  }

  /** @throws DomainError permission.denied, case.not_found, entry.not_on_case */
  async write(tx: EntityManager, principal: Principal, idOrReference: string, body: FactBody): Promise<string> {
    demand(principal, 'case.note');
    const found = await lockCase(tx, principal, idOrReference);
    const saidAt = body.entryId ? await entryOnCase(tx, found.id, body.entryId) : this.clock.now();
    const text = readable(body.text);
    const id = await this.add(tx, actorOf(principal), found.id, {
      kind: body.kind,
      text,
      language: body.language ?? principal.language,
      entryId: body.entryId ?? null,
      at: body.at ? new Date(body.at) : saidAt,
    });
    if (!id) throw new Error('a fact without an origin was not written');
    await this.tell(tx, principal, found.id, { type: 'fact.added', data: { factId: id, kind: body.kind, text } });
    return found.id;
  }

  /**
   * The new version takes the place of the old one, which stays.
   * @throws DomainError permission.denied, case.not_found, fact.not_found, fact.outdated, fact.is_promise
   */
  async correct(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    factId: string,
    body: CorrectFactBody,
  ): Promise<string> {
    demand(principal, 'case.note');
    const { caseId, fact } = await this.current(tx, principal, idOrReference, factId);
    if (fact.promiseId) throw new DomainError('fact.is_promise');
    const kind = body.kind ?? fact.kind;
    const keepsCode = fact.code !== null && body.text === undefined;
    const id = newId();
    const text =
      body.text === undefined
        ? fact.text
        : wholeAgain(readable(body.text), factText(fact, principal.language), await toldNames(tx, caseId));
    await tx.query(
      `insert into story_fact (id, case_id, kind, code, values, text, language, at, created_at, author_kind, author_id, author_name, entry_id)
       select $1, case_id, $3, case when $4 then code end, case when $4 then values else '{}' end, $5, $6, $7, $8, 'agent', $9, $10, entry_id
       from story_fact where id = $2`,
      [
        id,
        factId,
        kind,
        keepsCode,
        text,
        text === null ? null : body.text === undefined ? fact.language : principal.language,
        body.at ?? fact.at,
        this.clock.now(),
        principal.id,
        principal.displayName,
      ],
    );
    await tx.query('update story_fact set superseded_by = $2 where id = $1', [factId, id]);
    await this.tell(tx, principal, caseId, {
      type: 'fact.corrected',
      data: { factId: id, before: factId, kind, text },
    });
    return caseId;
  }

  /** @throws DomainError permission.denied, case.not_found, fact.not_found, fact.outdated, fact.is_promise */
  async withdraw(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    factId: string,
    reason: string,
  ): Promise<string> {
    demand(principal, 'case.note');
    const { caseId, fact } = await this.current(tx, principal, idOrReference, factId);
    if (fact.promiseId) throw new DomainError('fact.is_promise');
    await tx.query('update story_fact set withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 where id = $1', [
      factId,
      this.clock.now(),
      principal.displayName,
      readable(reason),
    ]);
    await this.tell(tx, principal, caseId, { type: 'fact.withdrawn', data: { factId, kind: fact.kind, reason } });
    return caseId;
  }

  private async tell(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    event: Parameters<typeof record>[5][number],
  ): Promise<void> {
    await record(tx, caseId, actorOf(principal), 'api', this.clock.now(), [event]);
  }

  private async current(tx: EntityManager, principal: Principal, idOrReference: string, factId: string) {
    const { id: caseId } = await lockCase(tx, principal, idOrReference);
    const rows: FactRecord[] = await tx.query(
      `select id, kind, code, values, text, language, at, entry_id as "entryId", promise_id as "promiseId",
         superseded_by is not null or withdrawn_at is not null as over
       from story_fact where id = $1 and case_id = $2`,
      [factId, caseId],
    );
    const fact = rows[0];
    if (!fact) throw new DomainError('fact.not_found');
    if (fact.over) throw new DomainError('fact.outdated');
    return { caseId, fact };
  }
}
