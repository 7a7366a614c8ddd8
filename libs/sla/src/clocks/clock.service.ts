import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { record, SYSTEM, type NewEvent } from '#cases';
import { CLOCK, type Clock as Time } from '#platform';
import { Timetables } from '../calendar/timetables.js';
import { choosePolicies } from '../policies/policy.store.js';
import type { Ledger, LedgerLine } from './clock.rules.js';
import { advance, overtaken } from './ledger.rules.js';
import { closeBooks, openBooks, type Book, type Written } from './ledger.store.js';
import { momentsOf } from './moments.rules.js';
import { reworked } from './rework.rules.js';
import { RuleBook, type Rules } from './rule-book.js';

/** Cases whose clocks are marked as late in one transaction. */
const PORTION = 200;

/** Keeps the clocks of cases: reads what happened, and says when something is late. */
@Injectable()
export class ClockService {
  private readonly log = new Logger(ClockService.name);

  constructor(
    private readonly timetables: Timetables,
    private readonly book: RuleBook,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /**
   * Reads on in what happened in these cases. Again changes nothing, whoever else reads them at the same time. A case that
   * cannot be read holds up no other: it is marked and looked at again by `retry`.
   */
  async advance(tx: EntityManager, caseIds: string[]): Promise<void> {
    if (caseIds.length === 0) return;
    await tx.query('savepoint clocks');
    const failure = await this.readOn(tx, caseIds).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (failure) await tx.query('rollback to savepoint clocks');
    await tx.query('release savepoint clocks');
    if (failure && caseIds.length === 1) await this.mark(tx, caseIds, failure.error);
    else if (failure) for (const caseId of caseIds.toSorted()) await this.advance(tx, [caseId]);
  }

  /** Once more those that could not be read. */
  async retry(tx: EntityManager): Promise<void> {
    const stuck: { id: string }[] = await tx.query(
      'select case_id as id from case_ledger where stuck is not null order by case_id limit $1',
      [PORTION],
    );
    await this.advance(
      tx,
      stuck.map(({ id }) => id),
    );
  }

  /**
   * Marks what is due by now as breached and says so in its case, once; what has happened and nobody has read yet counts first.
   * Cases that somebody has in hand are left to the next look.
   * @returns how many cases were told, and whether there may be more
   */
  async breach(tx: EntityManager): Promise<{ told: number; more: boolean }> {
    const now = this.time.now();
    const late: { id: string }[] = await tx.query(
      `(select case_id as id from clock where due_at <= $1 and met_at is null and ended_at is null and breached_at is null order by due_at limit $2)
       union all (select case_id from clock where breached_at is not null and not is_told limit $2)`,
      [now, PORTION],
    );
    const free: { id: string }[] =
      late.length === 0
        ? []
        : await tx.query('select id from cases where id = any($1) order by id for no key update skip locked', [
            [...new Set(late.map(({ id }) => id))],
          ]);
    if (free.length === 0) return { told: 0, more: false };
    const books = await openBooks(
      tx,
      free.map(({ id }) => id),
      true,
    );
    const told = (await this.readAll(tx, books)).map((written, at) => tell(books[at], written, now.getTime()));
    await closeBooks(
      tx,
      told.map(({ written }) => written),
    );
    for (const { written, events } of told)
      if (events.length > 0) await record(tx, written.caseId, SYSTEM, 'sla', now, events);
    return { told: told.length, more: told.length > 0 && late.length >= PORTION };
  }

  /**
   * Works out anew what goes by a calendar that has been edited since.
   * @returns true when there may be more
   */
  async rework(tx: EntityManager): Promise<boolean> {
    const stale: { id: string }[] = await tx.query(
      `select case_id as id from case_ledger where not is_over and calendar_revision < $1 order by calendar_revision limit $2`,
      [await this.timetables.revision(tx), PORTION],
    );
    if (stale.length === 0) return false;
    const books = await openBooks(
      tx,
      stale.map(({ id }) => id),
      true,
    );
    const rules = await this.book.of(
      tx,
      books.map(({ policyVersionId }) => policyVersionId),
    );
    await closeBooks(
      tx,
      books.map((book) => writtenOf(book, upToDate(book, rules), [], { ...book, revision: rules.revision })),
      false,
    );
    return stale.length === PORTION && books.length > 0;
  }

  private async readOn(tx: EntityManager, caseIds: string[]): Promise<void> {
    const books = (await openBooks(tx, caseIds)).filter(({ events }) => events.length > 0);
    await closeBooks(tx, await this.readAll(tx, books));
  }

  private async readAll(tx: EntityManager, books: Book[]): Promise<Written[]> {
    const without = books.filter(({ policyVersionId }) => policyVersionId === null).map(({ caseId }) => caseId);
    const chosen = await choosePolicies(tx, without);
    const versionOf = (book: Book) => book.policyVersionId ?? chosen.get(book.caseId) ?? null;
    const rules = await this.book.of(tx, books.map(versionOf));
    return books.map((book) => read(book, versionOf(book), rules));
  }

  private async mark(tx: EntityManager, [caseId]: string[], error: unknown): Promise<void> {
    this.log.error(`clocks of ${caseId}: ${String(error)}`);
    await tx.query(
      'insert into case_ledger (case_id, stuck) values ($1, $2) on conflict (case_id) do update set stuck = excluded.stuck',
      [caseId, String(error).slice(0, 500)],
    );
  }
}

const upToDate = ({ ledger, revision, policyVersionId }: Book, rules: Rules): Ledger =>
  revision < rules.revision ? reworked(ledger, rules.of(policyVersionId)) : ledger;

/** What is late by now, and what the house has not been told yet of what was. */
function tell(book: Book | undefined, read: Written, now: number): { written: Written; events: NewEvent[] } {
  const { ledger, lines } = overtaken(read.ledger, now);
  const untold = ledger.clocks.filter(({ breachedAt, isTold }) => breachedAt !== null && !isTold);
  const clocks = ledger.clocks.map((clock) => (untold.includes(clock) ? { ...clock, isTold: true } : clock));
  return {
    written: {
      ...read,
      ledger: { ...ledger, clocks },
      lines: [...read.lines, ...lines],
      changed: clocks.filter((clock) => !book?.ledger.clocks.includes(clock)),
    },
    events: untold.map(({ metric, side, breachedAt }) => ({
      type: 'clock.breached',
      data: { metric, side, dueAt: new Date(breachedAt ?? now).toISOString() },
    })),
  };
}

function read(book: Book, policyVersionId: string | null, rules: Rules): Written {
  const { moments, lacks } = momentsOf(book, book.events, book.now);
  let ledger = upToDate(book, rules);
  const lines: LedgerLine[] = [];
  for (const moment of moments) {
    const next = advance(ledger, moment, rules.of(policyVersionId));
    ledger = next.ledger;
    lines.push(...next.lines);
  }
  const seq = book.events.at(-1)?.seq ?? book.seq;
  return writtenOf(book, ledger, lines, { seq, lacks, policyVersionId, revision: rules.revision });
}

const writtenOf = (
  book: Book,
  ledger: Ledger,
  lines: LedgerLine[],
  { seq, lacks, policyVersionId, revision }: Pick<Written, 'seq' | 'lacks' | 'policyVersionId' | 'revision'>,
): Written => ({
  ...{ caseId: book.caseId, seq, policyVersionId, revision, lacks, ledger, lines },
  changed: ledger.clocks.filter((clock) => !book.ledger.clocks.includes(clock)),
});
