import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { importReason, type ImportReason, type ImportRecord } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, newId, withRetry, type Clock, type Config } from '#platform';
import { normaliseCustomerNumber } from '../identity/identifier.rules.js';
import type { Actor } from '../record.js';
import type { StagedRow } from './import-file.js';
import { ImportPortion, type TakenRow, type WaitingRow } from './import-portion.js';
import { peopleOf } from './import.people.rules.js';

const STAGED_AT_ONCE = 500;
/** Rows taken in one transaction: what somebody else writes about the same people waits for so long only. */
const PORTION = 200;
/** Messages of the same people keep coming in between. */
const ATTEMPTS = 10;

export interface ImportOrder {
  source: string;
  dryRun: boolean;
  fileName: string | null;
  header: string[] | null;
}

interface RunningImport {
  id: string;
  source: string;
  dryRun: boolean;
  startedAt: Date;
  startedBy: Actor;
}

/** What other systems say of customers. Rows are kept first and taken in their turn, so that an import goes on where it stopped. */
@Injectable()
export class CustomerImports {
  constructor(
    private readonly database: DataSource,
    private readonly portions: ImportPortion,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Keeps the rows of an import, all or none.
   * @returns its id
   * @throws DomainError permission.denied, and what reading the rows throws
   */
  async keep(
    tx: EntityManager,
    principal: Principal,
    order: ImportOrder,
    rows: AsyncIterable<StagedRow> | Iterable<StagedRow>,
  ): Promise<string> {
    demand(principal, 'customer.import');
    const id = newId();
    await tx.query(
      `insert into customer_import (id, source, file_name, dry_run, header, state, started_by, started_at) values ($1, $2, $3, $4, $5, 'running', $6, $7)`,
      [id, order.source, order.fileName, order.dryRun, order.header, principal.id, this.clock.now()],
    );
    let batch: StagedRow[] = [];
    for await (const row of rows) {
      batch.push(row);
      if (batch.length < STAGED_AT_ONCE) continue;
      await stage(tx, id, batch);
      batch = [];
    }
    await stage(tx, id, batch);
    await tx.query(
      `update customer_import i set rows = n.rows, done = n.refused, refused = n.refused, state = case when n.rows = n.refused then 'done' else 'running' end,
         finished_at = case when n.rows = n.refused then $2::timestamptz end
       from (select count(*) as rows, count(outcome) as refused from customer_import_row where import_id = $1) n where i.id = $1`,
      [id, this.clock.now()],
    );
    return id;
  }

  /**
   * Takes the next rows of the import that has waited longest; several processes share the work.
   * @param only of this import
   * @returns true when there may be more
   */
  async takeSome(only: string | null = null): Promise<boolean> {
    return withRetry(this.database, (tx) => this.takeNext(tx, only), ATTEMPTS);
  }

  /** As `takeSome`, in the caller's transaction. */
  async takeNext(tx: EntityManager, only: string | null): Promise<boolean> {
    const [running]: (Omit<RunningImport, 'startedBy'> & { byId: string; byName: string })[] = await tx.query(
      `select i.id, i.source, i.dry_run as "dryRun", i.started_at as "startedAt", a.id as "byId", a.display_name as "byName"
       from customer_import i join agent a on a.id = i.started_by
       where i.state = 'running' and ($1::uuid is null or i.id = $1) order by i.started_at, i.id limit 1 for update of i skip locked`,
      [only],
    );
    if (!running) return false;
    const rows: WaitingRow[] = await tx.query(
      `select r.row, r.number, r.record, (select min(f.row) from customer_import_row f where f.import_id = r.import_id and f.number = r.number and f.row < r.row) as "firstRow"
       from customer_import_row r where r.import_id = $1 and r.outcome is null order by r.row limit ${PORTION}`,
      [running.id],
    );
    const { byId, byName, ...run } = running;
    const taken = await this.portions.take(tx, rows, {
      ...run,
      actor: { kind: 'agent', id: byId, name: byName },
      now: this.clock.now(),
      timeZone: this.config.timeZone,
    });
    await this.note(tx, running.id, taken, rows.length < PORTION);
    return true;
  }

  private async note(tx: EntityManager, id: string, taken: TakenRow[], isLast: boolean): Promise<void> {
    await tx.query(
      `update customer_import_row r set outcome = t.outcome, reasons = t.reasons, customer_id = t."customerId",
         record = case when t.outcome = 'refused' then r.record end, cells = case when t.outcome = 'refused' then r.cells end
       from jsonb_to_recordset($2::jsonb) as t (row int, outcome text, reasons jsonb, "customerId" uuid) where r.import_id = $1 and r.row = t.row`,
      [id, JSON.stringify(taken)],
    );
    const count = (outcome: TakenRow['outcome']) => taken.filter((row) => row.outcome === outcome).length;
    await tx.query(
      `update customer_import set done = done + $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5, refused = refused + $6,
         state = case when $7 then 'done' else state end, finished_at = case when $7 then $8::timestamptz end where id = $1`,
      [
        id,
        taken.length,
        count('created'),
        count('updated'),
        count('unchanged'),
        count('refused'),
        isLast,
        this.clock.now(),
      ],
    );
  }
}

/** Rows that say nothing we can take are refused at once, each for itself. */
async function stage(tx: EntityManager, importId: string, batch: StagedRow[]): Promise<void> {
  if (batch.length === 0) return;
  const rows = batch.map(({ row, number, cells, ...read }) => {
    const found = checked(read);
    const normal = number === null ? null : (normaliseCustomerNumber(number) ?? number.slice(0, 60));
    return { row, number: normal, cells, ...found };
  });
  await tx.query(
    `insert into customer_import_row (import_id, row, number, cells, record, reasons, outcome)
     select $1, row, number, cells, record, reasons, case when record is null then 'refused' end
     from jsonb_to_recordset($2::jsonb) as r (row int, number text, cells text[], record jsonb, reasons jsonb)`,
    [importId, JSON.stringify(rows).replaceAll('\\u0000', '')],
  );
}

function checked(read: { record: ImportRecord } | { reasons: ImportReason[] }): {
  record: ImportRecord | null;
  reasons: ImportReason[];
} {
  if ('reasons' in read) return { record: null, reasons: read.reasons };
  const people = peopleOf(read.record);
  if ('reasons' in people) return { record: null, reasons: people.reasons.slice(0, 10) };
  const { asOf } = read.record;
  if (asOf !== undefined && Number.isNaN(Date.parse(asOf)))
    return { record: null, reasons: [importReason('invalid', 'as_of', asOf)] };
  return { record: read.record, reasons: [] };
}
