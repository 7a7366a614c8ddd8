import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Notice, StoredFile } from '#contracts';
import { lockCaseOf, record, SYSTEM } from '#cases';
import { newId, withRetry } from '#platform';
import type { MediaLink } from '../direct-message.rules.js';
import { noticesWith, type GivenUp, type MissingFile } from './late-file.rules.js';

/** A file that is still to be fetched, as its row has it. */
export interface OwedFile extends MediaLink {
  rowId: string;
  interactionId: string;
  account: string;
  /** Tries begun, the one it was claimed for among them. */
  attempts: number;
  createdAt: Date;
}

/** Files of one entry that could not be fetched with it. */
export interface Debt {
  interactionId: string;
  account: string;
  links: readonly MediaLink[];
}

/** The rows of files that are still to be fetched, and what becomes of their entries. Everything may run twice. */
@Injectable()
export class OwedFiles {
  constructor(private readonly database: DataSource) {}

  /** In the transaction the entries come in. @param dueAt first try */
  async owe(tx: EntityManager, debts: readonly Debt[], dueAt: Date, now: Date): Promise<void> {
    const rows = debts.flatMap(({ interactionId, account, links }) =>
      links.map(({ url, contentType }) => ({ id: newId(), interactionId, account, url, contentType })),
    );
    if (rows.length === 0) return;
    await tx.query(
      `insert into twitter_file (id, interaction_id, account, url, content_type, due_at, created_at)
       select id, "interactionId", account, url, "contentType", $2, $3
       from jsonb_to_recordset($1::jsonb) r (id uuid, "interactionId" uuid, account text, url text, "contentType" text)
       on conflict (interaction_id, url) do nothing`,
      [JSON.stringify(rows), dueAt, now],
    );
  }

  /** Those whose turn it is: nobody else has them before the lease ends. */
  async claim(now: Date, leaseEnd: Date, most: number): Promise<OwedFile[]> {
    const [files]: [OwedFile[], number] = await this.database.query(
      `update twitter_file f set attempts = attempts + 1, due_at = $2
       from (select id from twitter_file where state = 'owed' and due_at <= $1 order by due_at limit $3 for update skip locked) due
       where f.id = due.id
       returning f.id as "rowId", f.interaction_id as "interactionId", f.account, null as id, f.url, f.content_type as "contentType",
         f.attempts, f.created_at as "createdAt"`,
      [now, leaseEnd, most],
    );
    return files;
  }

  /** @param counts false for a try that was none */
  async postpone({ rowId, attempts }: OwedFile, at: Date, counts: boolean): Promise<void> {
    await this.database.query(
      `update twitter_file set due_at = $2, attempts = attempts - $3 where id = $1 and state = 'owed' and attempts = $4`,
      [rowId, at, counts ? 0 : 1, attempts],
    );
  }

  /** The file is an attachment of its entry from now on. @returns false when somebody else has brought it */
  async attach(owed: OwedFile, file: StoredFile, limit: string, now: Date): Promise<boolean> {
    return this.change(owed, 'fetched', limit, now, async (tx) => {
      const [gone]: [unknown[], number] = await tx.query('delete from twitter_file where id = $1 returning id', [
        owed.rowId,
      ]);
      if (gone.length === 0) return false;
      const { fileName, contentType, size, sha256, storageKey } = file;
      await tx.query(
        `insert into attachment (id, interaction_id, file_name, content_type, size, sha256, storage_key, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
        [owed.rowId, owed.interactionId, fileName, contentType, size, sha256, storageKey, now],
      );
      return true;
    });
  }

  /** It will not come, and its entry says so. @returns false when it is there or was given up already */
  async giveUp(owed: OwedFile, reason: GivenUp, limit: string, now: Date): Promise<boolean> {
    return this.change(owed, 'given_up', limit, now, async (tx) => {
      const [given]: [unknown[], number] = await tx.query(
        `update twitter_file set state = 'given_up', reason = $2 where id = $1 and state = 'owed' returning id`,
        [owed.rowId, reason],
      );
      return given.length > 0;
    });
  }

  /** What the entry says of its files changes with them, and everybody who looks at the case sees it. */
  private change(
    { interactionId, rowId: fileId }: OwedFile,
    outcome: 'fetched' | 'given_up',
    limit: string,
    now: Date,
    work: (tx: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    return withRetry(this.database, async (tx) => {
      // Case first, the order everybody takes them in; of one entry one file at a time.
      const caseId = await lockCaseOf(tx, interactionId);
      if (!(await work(tx))) return false;
      const missing: MissingFile[] = await tx.query(
        'select url, attempts, reason from twitter_file where interaction_id = $1 order by id',
        [interactionId],
      );
      const [entry]: { notices: Notice[] }[] = await tx.query('select notices from interaction where id = $1', [
        interactionId,
      ]);
      const notices = noticesWith(entry?.notices ?? [], missing, limit);
      await tx.query('update interaction set notices = $2 where id = $1', [interactionId, JSON.stringify(notices)]);
      await record(tx, caseId, SYSTEM, 'twitter', now, [
        { type: 'interaction.file_came', data: { interactionId, fileId, outcome } },
      ]);
      return true;
    });
  }
}
