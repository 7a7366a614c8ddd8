import pg from 'pg';

/** Texts beyond so many are made of values, and would only fill the memory of every connection. */
const MOST = 300;
const names = new Map<string, string>();
const planned = new Set<string>();

/**
 * Marks a statement whose best plan depends on its values (words to search for, say): it is planned each time. Every other
 * statement with parameters is parsed and planned once a connection.
 */
export function plannedEachTime(sql: string): string {
  if (planned.size < MOST) planned.add(sql);
  return sql;
}

/** The name a statement is prepared under; undefined for one that is not. */
function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST || planned.has(sql)) return known;
  const name = `hilo_${names.size + 1}`;
  names.set(sql, name);
  return name;
}

type Ask = (statement: unknown, values?: unknown, callback?: unknown) => unknown;

/**
 * A connection that keeps statements with parameters prepared: parsing and planning cost as much as running them. A pooler
 * between us and PostgreSQL must therefore know prepared statements (PgBouncer does from 1.21 on) or pool whole sessions.
 */
class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as Ask;
    const prepare: Ask = (statement, values, callback) => {
      const name = typeof statement === 'string' && Array.isArray(values) ? nameOf(statement) : undefined;
      return name === undefined
        ? ask(statement, values, callback)
        : ask({ name, text: statement, values: values as unknown[] }, callback);
    };
    this.query = prepare as typeof this.query;
  }
}

/** A pool of such connections. */
export class PreparingPool extends pg.Pool {
  constructor(config?: pg.PoolConfig) {
    super({ ...config, Client: PreparingClient });
  }
}
