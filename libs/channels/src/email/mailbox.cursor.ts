import type { DataSource } from 'typeorm';
import { withRetry, type Clock } from '#platform';
import { insertMails, type AcceptedMail } from './accepted.mail.js';

/** How far a mailbox has been read. */
export interface MailboxCursor {
  uidValidity: bigint;
  uid: number;
  watchedSince: Date;
}

/** What was taken in, but the server was not told yet. */
export interface Untold {
  toMark: number[];
  toFlag: number[];
}

interface CursorRow {
  uidValidity: string;
  uid: number;
  watchedSince: Date;
}

const uids = (written: string[]): number[] => written.map(Number);

/**
 * The memory of one mailbox. What was fetched, how far that is, and what the server must still be told are committed
 * together: wherever a process dies, nothing is skipped and nothing is forgotten.
 */
export class CursorStore {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly key: string,
  ) {}

  /**
   * Where to go on; from the beginning when the server numbers its mails anew (another UIDVALIDITY), or has gone back
   * behind what we have seen of it: then UIDs are given a second time.
   */
  async open(uidValidity: bigint, uidNext: number): Promise<MailboxCursor> {
    const now = this.clock.now();
    const [row]: CursorRow[] = await this.database.query(
      `insert into mailbox_cursor as c (key, uid_validity, uid, watched_since, updated_at) values ($1, $2, 0, $4, $4)
       on conflict (key) do update set
         uid_validity = excluded.uid_validity, updated_at = excluded.updated_at,
         uid = case when c.uid_validity = excluded.uid_validity and c.uid < $3 then c.uid else 0 end,
         to_mark = case when c.uid_validity = excluded.uid_validity and c.uid < $3 then c.to_mark else '{}' end,
         to_flag = case when c.uid_validity = excluded.uid_validity and c.uid < $3 then c.to_flag else '{}' end
       returning uid_validity::text as "uidValidity", uid::float8 as uid, watched_since as "watchedSince"`,
      [this.key, String(uidValidity), uidNext, now],
    );
    if (!row) throw new Error(`no cursor ${this.key}`);
    return { ...row, uidValidity: BigInt(row.uidValidity) };
  }

  /** Commits mails together with the cursor's move behind them. */
  async take(
    cursor: MailboxCursor,
    mails: AcceptedMail[],
    { uid, told }: { uid: number; told: Untold },
  ): Promise<void> {
    await withRetry(this.database, async (tx) => {
      if (mails.length > 0) await insertMails(tx, mails);
      // A watcher that lost its right in the meantime moves nothing back.
      await tx.query(
        `update mailbox_cursor set uid = greatest(uid, $3), to_mark = to_mark || $4::bigint[], to_flag = to_flag || $5::bigint[], updated_at = $6
         where key = $1 and uid_validity = $2`,
        [this.key, String(cursor.uidValidity), uid, told.toMark, told.toFlag, this.clock.now()],
      );
    });
    cursor.uid = uid;
  }

  async untold(cursor: MailboxCursor): Promise<Untold> {
    const [row]: { toMark: string[]; toFlag: string[] }[] = await this.database.query(
      'select to_mark as "toMark", to_flag as "toFlag" from mailbox_cursor where key = $1 and uid_validity = $2',
      [this.key, String(cursor.uidValidity)],
    );
    return { toMark: uids(row?.toMark ?? []), toFlag: uids(row?.toFlag ?? []) };
  }

  /** The server knows now. */
  async told(cursor: MailboxCursor, { toMark, toFlag }: Untold): Promise<void> {
    await this.database.query(
      `update mailbox_cursor set
         to_mark = array(select unnest(to_mark) except select unnest($3::bigint[])),
         to_flag = array(select unnest(to_flag) except select unnest($4::bigint[]))
       where key = $1 and uid_validity = $2`,
      [this.key, String(cursor.uidValidity), toMark, toFlag],
    );
  }
}
