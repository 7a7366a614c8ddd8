import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordMany, SYSTEM, type Actor, type NewEvent } from '#cases';
import type { ErrorCode } from '#contracts';
import { CLOCK, type Clock as Time } from '#platform';
import { lateOf, newsOf, type Late } from './breaches.js';
import { ClockService } from './clock.service.js';
import type { Clock, Ledger } from './clock.rules.js';
import { overtaken } from './ledger.rules.js';
import { closeBooks, openBooks, writtenOf, type Book, type Written } from './ledger.store.js';
import { given, namedAllAlong, namesMore } from './named-anew.js';
import { RuleBook, type Rules } from './rule-book.js';

/** What became of a case that was to go by another version. */
export type Reapplied = { outcome: 'changed' | 'unchanged' | 'over' } | { outcome: 'failed'; reason: ErrorCode };

interface Version {
  id: string;
  policyId: string;
  name: string;
  version: number;
}

/** Gives running clocks another version of a policy: what counted is kept, and so is whom they wait for. */
@Injectable()
export class ReapplyService {
  constructor(
    private readonly clocks: ClockService,
    private readonly book: RuleBook,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /**
   * What happened until now still counts by the version it happened under, and what was late by it is told before.
   * @returns what became of each; cases somebody has in hand are left out, to be tried again
   */
  async reapply(tx: EntityManager, versionId: string, caseIds: string[], by: Actor): Promise<Map<string, Reapplied>> {
    const free: { id: string }[] = await tx.query(
      'select id from cases where id = any($1) order by id for no key update skip locked',
      [caseIds],
    );
    const ids = free.map(({ id }) => id);
    if (ids.length === 0) return new Map();
    // Nothing more can be recorded in them now: who reads on reads all of it.
    await this.clocks.advance(tx, ids);
    const books = await openBooks(tx, ids);
    const stuck = await unreadable(tx, ids);
    const results = new Map(books.map((book) => [book.caseId, standing(book, versionId, stuck)]));
    const toChange = books.filter(({ caseId }) => results.get(caseId)?.outcome === 'changed');
    await this.change(tx, versionId, toChange, by);
    return results;
  }

  private async change(tx: EntityManager, versionId: string, books: Book[], by: Actor): Promise<void> {
    if (books.length === 0) return;
    const now = this.time.now();
    const used = [...new Set([versionId, ...books.map(({ policyVersionId }) => policyVersionId)])];
    const rules = await this.book.of(tx, used);
    const names = await versionsOf(tx, used);
    const named = books.filter((book) => namesMore(rules.of(book.policyVersionId), rules.of(versionId)));
    const allAlong = await namedAllAlong(
      tx,
      named.map(({ caseId }) => caseId),
      rules.of(versionId),
    );
    const change = { versionId, rules, now: now.getTime(), by };
    const changes = books.map((book) => changed(book, change, allAlong.get(book.caseId)));
    await closeBooks(
      tx,
      changes.map(({ written }) => written),
      false,
    );
    await recordMany(tx, SYSTEM, 'sla', now, newsOf(changes.flatMap(({ before }) => before)));
    const said = changes.map(({ written: { caseId }, from }) => ({
      caseId,
      events: [saidOf(names.get(versionId), names.get(from ?? ''))],
    }));
    await recordMany(tx, by, 'sla', now, said);
    await recordMany(tx, SYSTEM, 'sla', now, newsOf(changes.flatMap(({ after }) => after)));
  }
}

async function unreadable(tx: EntityManager, caseIds: string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query(
    'select case_id as id from case_ledger where case_id = any($1) and stuck is not null',
    [caseIds],
  );
  return new Set(rows.map(({ id }) => id));
}

function standing(book: Book, versionId: string, stuck: ReadonlySet<string>): Reapplied {
  if (stuck.has(book.caseId)) return { outcome: 'failed', reason: 'policy.clocks_unreadable' };
  if (book.ledger.isOver) return { outcome: 'over' };
  return { outcome: book.policyVersionId === versionId ? 'unchanged' : 'changed' };
}

async function versionsOf(tx: EntityManager, ids: (string | null)[]): Promise<Map<string, Version>> {
  const rows: Version[] = await tx.query(
    `select v.id, p.id as "policyId", p.name, v.version from sla_policy_version v join sla_policy p on p.id = v.policy_id where v.id = any($1)`,
    [ids.filter((id) => id !== null)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface Change {
  written: Written;
  /** The version it went by. */
  from: string | null;
  /** What had become late by that, and what is late by the new one. */
  before: Late[];
  after: Late[];
}

interface Given {
  versionId: string;
  rules: Rules;
  now: number;
  by: Actor;
}

function changed(book: Book, { versionId, rules, now, by }: Given, allAlong?: Clock[]): Change {
  const { caseId, policyVersionId: from } = book;
  const late = overtaken(book.ledger, now);
  const before = told(caseId, late.ledger);
  const next = given(before.ledger, now, by, rules.of(from), rules.of(versionId), allAlong);
  const overdue = overtaken(next.ledger, now);
  const after = told(caseId, overdue.ledger);
  const lines = [...late.lines, ...next.lines, ...overdue.lines];
  return {
    written: writtenOf(book, {
      ...{ policyVersionId: versionId, revision: rules.revision, lines },
      ledger: rules.climbed(book, after.ledger, versionId),
    }),
    ...{ from, before: before.late, after: after.late },
  };
}

/** What is late and the house does not know of yet. */
function told(caseId: string, ledger: Ledger): { ledger: Ledger; late: Late[] } {
  const untold = ledger.clocks.filter(({ breachedAt, isTold }) => breachedAt !== null && !isTold);
  const clocks = ledger.clocks.map((clock) => (untold.includes(clock) ? { ...clock, isTold: true } : clock));
  return {
    ledger: { ...ledger, clocks },
    late: untold.map((clock) => lateOf(caseId, clock, 0)),
  };
}

function saidOf(to: Version | undefined, from: Version | undefined): NewEvent {
  if (!to) throw new Error('a version that is not kept was to be given');
  return {
    type: 'policy.reapplied',
    data: {
      ...{ policyId: to.policyId, policyName: to.name, version: to.version, versionId: to.id },
      ...{
        previousName: from?.name ?? null,
        previousVersion: from?.version ?? null,
        previousVersionId: from?.id ?? null,
      },
    },
  };
}
