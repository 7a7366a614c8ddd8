import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../support/wait.js';
import type { World } from './world.js';

/**
 * Rows of every table of the product, and files in its storage, the small ones in the database too. Queues, the log of
 * logins, figures that are counted of other rows and how the house is doing are no part of it.
 */
export interface Ledger {
  rows: Record<string, number>;
  files: number;
}

const NOT_COUNTED = ['login_attempt', 'session', 'channel_health', 'pulse', 'dashboard_count', 'dashboard_delta'];
const SMALL_FILES = 'small_file';

const filesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

/** What follows from what happened is there: it has been handed on, whoever reacts has done so, and what was written has left. */
export const settled = (database: World['database']): Promise<true> =>
  waitFor(
    async () => {
      const [row] = await database.query<{ busy: boolean }>(
        `select exists (select from case_outbox)
         or exists (select from bullmq.job where state in ('waiting', 'active'))
         or exists (select from delivery where state in ('held', 'pending')) as busy`,
      );
      return row?.busy === false;
    },
    { timeout: 30_000 },
  );

/** What there is at this moment: two of them are equal when nothing was written in between, not even half. */
export async function ledger({ database, home }: Pick<World, 'database' | 'home'>): Promise<Ledger> {
  await settled(database);
  const tables = await database.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and relname not like 'bullmq%' and not relname = any($1) order by 1`,
    [NOT_COUNTED],
  );
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int from "${name}"`);
  const rows = await database.query<{ name: string; count: number }>(counts.join(' union all '));
  const small = rows.find(({ name }) => name === SMALL_FILES)?.count ?? 0;
  const others = rows.filter(({ name }) => name !== SMALL_FILES);
  return {
    rows: Object.fromEntries(others.map(({ name, count }) => [name, count])),
    files: filesIn(join(home, 'attachments')) + small,
  };
}
