import type { EntityManager } from 'typeorm';

/** Rows for many tables, gathered first and written a table at a time: thousands in a few statements. */
export class Rows {
  private readonly tables = new Map<Table, Record<string, unknown>[]>();

  add(table: Table, row: Record<string, unknown>): void {
    const rows = this.tables.get(table) ?? [];
    rows.push(row);
    this.tables.set(table, rows);
  }

  async write(tx: EntityManager): Promise<void> {
    for (const table of ORDER) {
      const rows = this.tables.get(table);
      if (!rows) continue;
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
      const [more, made] = MADE[table] ?? ['', ''];
      await tx.query(
        `insert into ${table} (${columns}${more}) select ${columns}${made} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
        [JSON.stringify(rows)],
      );
    }
  }
}

/** Each after what it points to. */
const ORDER = [
  ...([
    'customer',
    'contact_point',
    'cases',
    'case_store',
    'problem',
    'impact',
    'channel_thread',
    'interaction',
  ] as const),
  ...(['visit', 'call', 'delivery', 'promise', 're_explanation', 'case_event'] as const),
];
type Table = (typeof ORDER)[number];

/** Columns the database makes itself. */
const MADE: Partial<Record<Table, [columns: string, values: string]>> = {
  cases: [', reference', `, case_reference(nextval('case_reference_number'))`],
  interaction: [', search', `, to_tsvector('spanish', fold(text))`],
};
