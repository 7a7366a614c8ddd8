import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  CustomerCasePage,
  CustomerImport,
  CustomerImportPage,
  ImportOutcome,
  ImportReason,
  ImportResultPage,
} from '#contracts';
import { DomainError } from '#platform';
import { seesAll, visibleTo } from './case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';
import type { Reader } from './inbox.view.js';

interface Asked {
  limit: number;
  cursor?: string | undefined;
}

const IMPORT = `json_build_object('id', i.id, 'source', i.source, 'fileName', i.file_name, 'dryRun', i.dry_run, 'state', i.state, 'rows', i.rows, 'done', i.done,
  'counts', json_build_object('created', i.created, 'updated', i.updated, 'unchanged', i.unchanged, 'refused', i.refused),
  'startedBy', (select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = i.started_by),
  'startedAt', iso(i.started_at), 'finishedAt', iso(i.finished_at))`;

const NIL = '00000000-0000-0000-0000-000000000000';

/** A row of an import that was refused, with what it said. */
export interface RefusedRow {
  row: number;
  number: string | null;
  cells: string[] | null;
  reasons: ImportReason[];
}

/** Imports of customers, row by row; and the cases a customer has had. */
@Injectable()
export class ImportView {
  constructor(private readonly database: DataSource) {}

  async list({ limit, cursor }: Asked): Promise<CustomerImportPage> {
    const from = decodeCursor(cursor);
    const rows: { item: CustomerImport; at: string; id: string }[] = await this.database.query(
      `select ${IMPORT} as item, ${MICROS('i.started_at')} as at, i.id from customer_import i
       where $2::text is null or (i.started_at, i.id) < (${FROM_MICROS('$2')}, $3::uuid) order by i.started_at desc, i.id desc limit $1`,
      [limit + 1, from?.at ?? null, from?.id ?? null],
    );
    return paged(rows, limit);
  }

  /** @throws DomainError import.not_found */
  async one(id: string): Promise<CustomerImport> {
    const rows: { item: CustomerImport }[] = await this.database.query(
      `select ${IMPORT} as item from customer_import i where i.id = $1`,
      [id],
    );
    if (!rows[0]) throw new DomainError('import.not_found');
    return rows[0].item;
  }

  /** In the order of the file; the cursor is the last row seen. */
  async results(id: string, outcome: ImportOutcome | undefined, { limit, cursor }: Asked): Promise<ImportResultPage> {
    const after = decodeCursor(cursor)?.at ?? '0';
    const rows: { item: ImportResultPage['items'][number]; at: string; id: string }[] = await this.database.query(
      `select json_build_object('row', r.row, 'customerNumber', r.number, 'customerId', r.customer_id, 'outcome', r.outcome, 'reasons', r.reasons) as item, r.row::text as at, '${NIL}' as id
       from customer_import_row r where r.import_id = $1 and r.row > $2::bigint and ($3::text is null or r.outcome = $3) order by r.row limit $4`,
      [id, after, outcome ?? null, limit + 1],
    );
    return paged(rows, limit);
  }

  /** What was refused, some rows at a time, with the first line of its file. @throws DomainError import.not_found */
  async *refusals(id: string): AsyncGenerator<{ header: string[] | null; rows: RefusedRow[] }> {
    const [found]: { header: string[] | null }[] = await this.database.query(
      'select header from customer_import where id = $1',
      [id],
    );
    if (!found) throw new DomainError('import.not_found');
    let after = 0;
    for (;;) {
      const rows: RefusedRow[] = await this.database.query(
        `select row, number, cells, reasons from customer_import_row where import_id = $1 and outcome = 'refused' and row > $2 order by row limit 500`,
        [id, after],
      );
      yield { header: found.header, rows };
      const last = rows.at(-1);
      if (!last) return;
      after = last.row;
    }
  }

  /** Newest first. @throws DomainError customer.not_found, also when the reader may see none of their cases */
  async casesOf(reader: Reader, customerId: string, { limit, cursor }: Asked): Promise<CustomerCasePage> {
    const from = decodeCursor(cursor);
    const known: unknown[] = await this.database.query(
      `select from customer cu where cu.id = $1 and (${seesAll('$2')} or exists (select from cases c where c.customer_id = cu.id and ${visibleTo('$2')}))`,
      [customerId, reader.storeId],
    );
    if (known.length === 0) throw new DomainError('customer.not_found');
    const rows: { item: CustomerCasePage['items'][number]; at: string; id: string }[] = await this.database.query(
      `select json_build_object('id', c.id, 'reference', c.reference, 'problem', c.problem, 'status', c.status, 'openedAt', iso(c.opened_at), 'closedAt', iso(c.closed_at)) as item,
         ${MICROS('c.opened_at')} as at, c.id
       from cases c where c.customer_id = $1 and c.status <> 'merged' and ${visibleTo('$2')}
         and ($4::text is null or (c.opened_at, c.id) < (${FROM_MICROS('$4')}, $5::uuid)) order by c.opened_at desc, c.id desc limit $3`,
      [customerId, reader.storeId, limit + 1, from?.at ?? null, from?.id ?? null],
    );
    return paged(rows, limit);
  }
}
