import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, STORAGE, type Clock, type FileStore } from '#platform';

/** A form is sent within minutes of its photos; whatever nobody names after so long was refused with it. */
const HOURS = 24;
const AT_ONCE = 500;

/** Every column that names a file in storage. */
export const NAMED_BY = [
  ['attachment', 'storage_key'],
  ['interaction', 'raw_key'],
  ['inbound_mail', 'storage_key'],
  ['inbound_reject', 'storage_key'],
] as const;

const NAMED = NAMED_BY.map(
  ([table, column]) => `exists (select from ${table} n where n.${column} = p.storage_key)`,
).join(' or ');

/** Photos that strangers send are in storage before anybody looks at the form they came with: those it is refused with go again. */
@Injectable()
export class PassingFiles {
  constructor(
    private readonly database: DataSource,
    @Inject(STORAGE) private readonly storage: FileStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A file has come in, and no row names it yet. */
  async pass(key: string): Promise<void> {
    await this.database.query(
      'insert into passing_file (storage_key, kept_at) values ($1, $2) on conflict (storage_key) do update set kept_at = excluded.kept_at',
      [key, this.clock.now()],
    );
  }

  /** Removes what nobody has named for a day; called by a schedule. @returns whether there may be more */
  async sweep(): Promise<boolean> {
    const before = new Date(this.clock.now().getTime() - HOURS * 3_600_000);
    const due: { key: string; named: boolean }[] = await this.database.query(
      `select p.storage_key as key, ${NAMED} as named from passing_file p where p.kept_at < $1 order by p.kept_at limit ${AT_ONCE}`,
      [before],
    );
    await this.database.query('delete from passing_file where storage_key = any($1) and kept_at < $2', [
      due.filter(({ named }) => named).map(({ key }) => key),
      before,
    ]);
    for (const { key } of due.filter(({ named }) => !named))
      await this.database.transaction((tx) => this.forget(tx, key, before));
    return due.length === AT_ONCE;
  }

  /** Looked at once more, with its row held: who sends the same photo now waits, and it passes anew. */
  private async forget(tx: EntityManager, key: string, before: Date): Promise<void> {
    const [rows]: [unknown[], number] = await tx.query(
      `delete from passing_file p where p.storage_key = $1 and p.kept_at < $2 and not (${NAMED}) returning 1`,
      [key, before],
    );
    if (rows.length > 0) await this.storage.remove(key);
  }
}
