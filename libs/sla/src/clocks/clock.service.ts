import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PolicyTargets, TargetCalendar } from '#contracts';
import { record, SYSTEM } from '#cases';
import { CLOCK, type Clock as Time } from '#platform';
import { countingBy, Timetables } from '../calendar/timetables.js';
import { choosePolicies, targetsOf } from '../policies/policy.store.js';
import {
  advance,
  overtaken,
  reworked,
  type Counting,
  type Ledger,
  type LedgerLine,
  type Targets,
} from './ledger.rules.js';
import { closeBooks, openBooks, type Book, type Written } from './ledger.store.js';
import { momentsOf } from './moments.rules.js';

const MINUTE_MS = 60_000;
/** Cases whose clocks are marked as late in one transaction. */
const PORTION = 200;

/** Every minute counts. */
const ALWAYS: Counting = {
  between: (from, to) => Math.max(0, to - from) / MINUTE_MS,
  after: (from, minutes) => from + minutes * MINUTE_MS,
};

/** Keeps the clocks of cases: reads what happened, and says when something is late. */
@Injectable()
export class ClockService {
  private readonly log = new Logger(ClockService.name);

  constructor(
    private readonly timetables: Timetables,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /**
   * Reads on in what happened in these cases. Again changes nothing, whoever else reads them at the same time. A case that
   * cannot be read holds up no other: it is marked and looked at again by `retry`.
   */
  async advance(tx: EntityManager, caseIds: string[]): Promise<void> {
    if (caseIds.length === 0) return;
    await tx.query('savepoint clocks');
    try {
      await this.readOn(tx, caseIds);
    } catch (error) {
      await tx.query('rollback to savepoint clocks');
      if (caseIds.length === 1) await this.mark(tx, caseIds, error);
      else for (const caseId of caseIds) await this.advance(tx, [caseId]);
    }
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
   * Marks what is due by now as breached and says so in its case. Cases that somebody has in hand are left to the next look.
   * @returns how many were, and whether there may be more
   */
  async breach(tx: EntityManager): Promise<{ told: number; more: boolean }> {
    const now = this.time.now().getTime();
    const due: { id: string }[] = await tx.query(
      `select distinct case_id as id from (select case_id from clock
         where due_at <= $1 and met_at is null and ended_at is null and breached_at is null order by due_at limit $2) d`,
      [new Date(now), PORTION],
    );
    if (due.length === 0) return { told: 0, more: false };
    const free: { id: string }[] = await tx.query(
      'select id from cases where id = any($1) order by id for no key update skip locked',
      [due.map(({ id }) => id)],
    );
    if (free.length === 0) return { told: 0, more: false };
    const books = await openBooks(
      tx,
      free.map(({ id }) => id),
      true,
    );
    const written = books.map((book) => {
      const { ledger, lines } = overtaken(book.ledger, now);
      return writtenOf(book, ledger, lines, book);
    });
    await closeBooks(tx, written);
    for (const { caseId, lines } of written) await this.tell(tx, caseId, lines);
    return { told: written.length, more: free.length === due.length && due.length === PORTION };
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
    const rules = await this.rules(
      tx,
      books.map(({ policyVersionId }) => policyVersionId),
    );
    await closeBooks(
      tx,
      books.map((book) => writtenOf(book, upToDate(book, rules), [], { ...book, revision: rules.revision })),
    );
    return stale.length === PORTION && books.length > 0;
  }

  private async readOn(tx: EntityManager, caseIds: string[]): Promise<void> {
    const books = (await openBooks(tx, caseIds)).filter(({ events }) => events.length > 0);
    const without = books.filter(({ policyVersionId }) => policyVersionId === null).map(({ caseId }) => caseId);
    const chosen = await choosePolicies(tx, without);
    const versionOf = (book: Book) => book.policyVersionId ?? chosen.get(book.caseId) ?? null;
    const rules = await this.rules(tx, books.map(versionOf));
    await closeBooks(
      tx,
      books.map((book) => read(book, versionOf(book), rules)),
    );
  }

  /** What these versions state, counted by the calendars as they are now. */
  private async rules(tx: EntityManager, versionIds: (string | null)[]): Promise<Rules> {
    const stated = await targetsOf(tx, [...new Set(versionIds.filter((id) => id !== null))]);
    const countings = await this.countings(tx, [...stated.values()]);
    return {
      revision: await this.timetables.revision(tx),
      of: (versionId) => countedBy(countings, versionId === null ? undefined : stated.get(versionId)),
    };
  }

  /** How minutes are counted, by each of the calendars of these targets. */
  private async countings(tx: EntityManager, stated: PolicyTargets[]): Promise<Map<TargetCalendar, Counting>> {
    const countings = new Map<TargetCalendar, Counting>([['always', ALWAYS]]);
    for (const { calendar } of stated.flatMap((targets) => Object.values(targets)))
      if (!countings.has(calendar))
        countings.set(
          calendar,
          countingBy((await this.timetables.of(tx, calendar === 'house' ? null : calendar)).timetable),
        );
    return countings;
  }

  private async mark(tx: EntityManager, [caseId]: string[], error: unknown): Promise<void> {
    this.log.error(`clocks of ${caseId}: ${String(error)}`);
    await tx.query(
      'insert into case_ledger (case_id, stuck) values ($1, $2) on conflict (case_id) do update set stuck = excluded.stuck',
      [caseId, String(error).slice(0, 500)],
    );
  }

  private async tell(tx: EntityManager, caseId: string, lines: LedgerLine[]): Promise<void> {
    const events = lines.map(({ metric, side, at }) => ({
      type: 'clock.breached' as const,
      data: { metric, side, dueAt: new Date(at).toISOString() },
    }));
    if (events.length > 0) await record(tx, caseId, SYSTEM, 'sla', this.time.now(), events);
  }
}

const countedBy = (countings: Map<TargetCalendar, Counting>, stated: PolicyTargets = {}): Targets =>
  Object.fromEntries(
    Object.entries(stated).map(([metric, { minutes, calendar }]) => [
      metric,
      { minutes, counting: countings.get(calendar) ?? ALWAYS },
    ]),
  );

/** By which the clocks of cases are read. */
interface Rules {
  revision: number;
  of: (policyVersionId: string | null) => Targets;
}

const upToDate = ({ ledger, revision, policyVersionId }: Book, rules: Rules): Ledger =>
  revision < rules.revision ? reworked(ledger, rules.of(policyVersionId)) : ledger;

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
