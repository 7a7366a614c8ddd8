import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { importReason, ImportRecord, type ImportOutcome, type ImportReason } from '#contracts';
import { newId } from '#platform';
import { EndOfReplies } from '../identity/end-of-replies.js';
import type { Actor } from '../record.js';
import { decidePoints, disputed, knownAs } from './import.decide.rules.js';
import { known, type Known, type Person } from './import.known.js';
import { identifiersOf, peopleOf, type StatedPerson } from './import.people.rules.js';
import { outcomeOf, taken, type Taken } from './import.take.rules.js';
import { Writes } from './import.writes.js';

export interface WaitingRow {
  row: number;
  number: string;
  record: unknown;
  /** An earlier row of the same number. */
  firstRow: number | null;
}
export interface TakenRow {
  row: number;
  outcome: ImportOutcome;
  reasons: ImportReason[];
  customerId: string | null;
}
export interface PortionRun {
  source: string;
  dryRun: boolean;
  startedAt: Date;
  actor: Actor;
  now: Date;
  timeZone: string;
}

interface ReadRow extends WaitingRow {
  stated: StatedPerson;
  said: ImportRecord;
}

const today = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);

/** Some rows of an import: everything they touch is locked and read at once, decided row by row, written at once. */
@Injectable()
export class ImportPortion {
  constructor(private readonly endOfReplies: EndOfReplies) {}

  /** In a dry run nothing is written; what would be is told all the same. */
  async take(tx: EntityManager, waiting: WaitingRow[], run: PortionRun): Promise<TakenRow[]> {
    const rows = waiting.map((row): ReadRow => {
      const said = ImportRecord.parse(row.record);
      const people = peopleOf(said);
      if ('reasons' in people) throw new Error(`row ${row.row} was kept and cannot be read any more`);
      return { ...row, said, stated: people.stated };
    });
    const numbers = rows.map(({ number }) => number);
    const state = await known(
      tx,
      run.source,
      numbers,
      rows.flatMap(({ stated }) => identifiersOf(stated)),
      run.timeZone,
    );
    const writes = new Writes();
    const day = today(run.now, run.timeZone);
    const results = rows.map((row) => decide(row, state, writes, run, day));
    if (run.dryRun)
      return results.map((result) => (result.outcome === 'created' ? { ...result, customerId: null } : result));
    await writes.flush(tx, run);
    for (const write of writes.points) if (write.do === 'end') await this.endOfReplies.to(tx, write.point.id);
    await writes.tell(tx, run.actor, run.now, (customerId) => state.people.get(customerId)?.openCaseId ?? null);
    return results;
  }
}

const refused = ({ row }: ReadRow, reason: ImportReason): TakenRow => ({
  row,
  outcome: 'refused',
  reasons: [reason],
  customerId: null,
});

function decide(row: ReadRow, state: Known, writes: Writes, run: PortionRun, day: string): TakenRow {
  if (row.firstRow !== null) return refused(row, importReason('twice', 'customer_number', String(row.firstRow)));
  const account = state.accounts.get(row.number);
  const asOf = row.said.asOf === undefined ? run.startedAt : new Date(row.said.asOf);
  if (account && asOf < account.asOf)
    return { row: row.row, outcome: 'unchanged', reasons: [importReason('older')], customerId: account.customerId };
  const adopted = account ? null : knownAs(row.stated, row.said.name, state.holdings, state.people, day);
  const customerId = account?.customerId ?? adopted?.customerId ?? newId();
  const dispute = disputed(row.stated, customerId, state.holdings, day);
  if (dispute) return refused(row, dispute);
  const isNew = !state.people.has(customerId);
  const { changes, reasons } = write(row, customerId, asOf, state, writes, day);
  const told = adopted ? [importReason('joined', adopted.by), ...reasons] : reasons;
  return { row: row.row, outcome: outcomeOf(isNew, changes), reasons: told, customerId };
}

/** Collects what a row writes about a customer, and lets the rows that follow see it. */
function write(
  row: ReadRow,
  customerId: string,
  asOf: Date,
  state: Known,
  writes: Writes,
  day: string,
): { changes: boolean; reasons: ImportReason[] } {
  const person = state.people.get(customerId) ?? null;
  const account = person?.accounts.find(({ number }) => number === row.number) ?? null;
  const others = (person?.accounts ?? []).flatMap(({ number, data }) => (number === row.number ? [] : [data]));
  const change = taken(row.said, { data: account?.data ?? null, standing: person, others }, state.rules, day);
  const points = decidePoints(row.stated, customerId, state.holdings, day);
  const changes = change.changes || points.writes.length > 0;
  if (changes) (person ? writes.changed : writes.created).set(customerId, change.customer);
  writes.points.push(...points.writes);
  writes.doubts.push(...points.doubts);
  writes.preferences.push(...change.preferences.map((one) => ({ ...one, customerId })));
  const kept = { id: account?.id ?? newId(), customerId, number: row.number, data: change.data, asOf };
  writes.accounts.push(kept);
  state.people.set(customerId, personAfter(person, kept, change));
  return { changes, reasons: [...change.reasons, ...points.reasons] };
}

/** How they stand for the rows that follow. */
function personAfter(before: Person | null, kept: Person['accounts'][number], change: Taken): Person {
  const accounts = [...(before?.accounts ?? []).filter(({ number }) => number !== kept.number), kept];
  const preferences = new Map(before?.preferences ?? []);
  for (const { field, value } of change.preferences)
    if (preferences.get(field)?.source !== 'staff') preferences.set(field, { value, source: 'import' });
  return {
    ...change.customer,
    provisional: false,
    hasAccount: true,
    openCaseId: before?.openCaseId ?? null,
    accounts,
    preferences,
  };
}
