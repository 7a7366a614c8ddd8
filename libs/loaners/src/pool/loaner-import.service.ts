import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { openTable } from '#cases';
import { LoanerGrade, LoanerOs, NewLoanerBody, type LoanerImport, type LoanerImportRow } from '#contracts';
import { demand, type Principal } from '#identity';
import { DomainError } from '#platform';
import { LOANER_COLUMNS, NEEDED, nameKey, problemsOf, simsOf, type Cells, type Known } from './loaner-list.rules.js';
import { LoanerModels } from './loaner-models.service.js';
import { LoanerPool } from './pool.service.js';

const MOST_ROWS = 2000;

interface Line {
  line: number;
  /** As it stands in the file. */
  read: string[];
  cells: Cells;
}

/** Loaners by a list: what is new is added, what is there stays as it is, and what cannot be taken is kept with its reasons. */
@Injectable()
export class LoanerImports {
  constructor(
    private readonly pool: LoanerPool,
    private readonly models: LoanerModels,
  ) {}

  /**
   * @param file CSV with a line of column names, however it is encoded
   * @throws DomainError permission.denied, loaner.unreadable_list, import.unreadable, request.too_large
   */
  async take(tx: EntityManager, principal: Principal, file: Buffer): Promise<LoanerImport> {
    demand(principal, 'loaner.manage');
    const { header, lines } = await readLines(file);
    // Two lists at once would each miss what the other adds.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('loaner', 0))`);
    const known = await knownNow(tx);
    const rows: LoanerImportRow[] = [];
    for (const line of lines) rows.push(await this.row(tx, principal, known, line));
    const count = (outcome: LoanerImportRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
    return { header, created: count('created'), unchanged: count('unchanged'), refused: count('refused'), rows };
  }

  private async row(
    tx: EntityManager,
    principal: Principal,
    known: Known,
    { line: row, read, cells }: Line,
  ): Promise<LoanerImportRow> {
    const label = cells.label ?? null;
    if (label && known.labels.has(label.toLowerCase()))
      return { row, label, outcome: 'unchanged', reasons: [], cells: [] };
    const reasons = problemsOf(cells, known);
    // What one row cannot is taken back to where it began; the others stand.
    const refused = reasons.length > 0 ? reasons : await attempt(tx, (one) => this.add(one, principal, known, cells));
    if (refused.length > 0) return { row, label, outcome: 'refused', reasons: refused, cells: read };
    known.labels.add((label ?? '').toLowerCase());
    if (cells.imei) known.imeis.add(cells.imei);
    return { row, label, outcome: 'created', reasons: [], cells: [] };
  }

  private async add(tx: EntityManager, principal: Principal, known: Known, cells: Cells): Promise<void> {
    const { brand = '', model = '', label, imei, note } = cells;
    const key = nameKey(brand, model);
    const modelId =
      known.models.get(key) ??
      (await this.models.add(tx, principal, {
        ...{ brand, name: model, os: LoanerOs.parse(cells.os?.toLowerCase() ?? 'other'), sims: simsOf(cells.sims) },
      }));
    const storeId = known.stores.get((cells.store ?? '').toLowerCase());
    const grade = LoanerGrade.parse(cells.grade?.toUpperCase() ?? 'B');
    await this.pool.add(tx, principal, NewLoanerBody.parse({ storeId, modelId, label, imei, note, grade }));
    known.models.set(key, modelId);
  }
}

/** @returns why it was not done, as a code */
async function attempt(tx: EntityManager, deed: (one: EntityManager) => Promise<void>): Promise<string[]> {
  try {
    await tx.transaction(deed);
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [error.code];
    throw error;
  }
}

async function knownNow(tx: EntityManager): Promise<Known> {
  const stores: { id: string; code: string; name: string }[] = await tx.query('select id, code, name from store');
  const models: { id: string; brand: string; name: string; retired: boolean }[] = await tx.query(
    'select id, brand, name, retired_at is not null as retired from loaner_model',
  );
  const loaners: { label: string; imei: string | null }[] = await tx.query('select label, imei from loaner');
  const keyed = (retired: boolean) => models.filter((each) => each.retired === retired);
  return {
    stores: new Map(
      stores.flatMap(({ id, code, name }) => [code, name].map((key) => [key.toLowerCase(), id] as const)),
    ),
    models: new Map(keyed(false).map(({ id, brand, name }) => [nameKey(brand, name), id])),
    retired: new Set(keyed(true).map(({ brand, name }) => nameKey(brand, name))),
    labels: new Set(loaners.map(({ label }) => label.toLowerCase())),
    imeis: new Set(loaners.flatMap(({ imei }) => imei ?? [])),
  };
}

/** @throws DomainError loaner.unreadable_list, import.unreadable, request.too_large */
async function readLines(file: Buffer): Promise<{ header: string[]; lines: Line[] }> {
  const table = await openTable(Readable.from([file]));
  const header = table.header ?? [];
  const places = header.map((name) => LOANER_COLUMNS.find((column) => column === name.trim().toLowerCase()));
  if (NEEDED.some((name) => !places.includes(name))) throw new DomainError('loaner.unreadable_list');
  const lines: Line[] = [];
  for await (const { line, cells: read } of table.rows) {
    if (lines.length === MOST_ROWS) throw new DomainError('request.too_large');
    const named = places.flatMap((column, at) => (column && read[at]?.trim() ? [[column, read[at].trim()]] : []));
    lines.push({ line, read, cells: Object.fromEntries(named) as Cells });
  }
  return { header, lines };
}
