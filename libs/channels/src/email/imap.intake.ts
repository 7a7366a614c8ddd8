import type { ImapFlow } from 'imapflow';
import { Readable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import type { Notice } from '#contracts';
import { DomainError } from '#platform';
import type { AcceptedMail } from './accepted.mail.js';
import type { ImapHouse } from './imap.house.js';
import { groups, SMALL_BYTES, TOGETHER, wayOf, type ListedMail } from './imap.intake.rules.js';
import { fetchRemains } from './imap.parts.js';
import { sizeText } from './mail.limits.rules.js';
import type { CursorStore, MailboxCursor, Untold } from './mailbox.cursor.js';
import { ENVELOPE_HEADERS, envelopeOf, isHistory, receivedAt, uidSet } from './mailbox.rules.js';

/** Longest list of files a notice names. */
const MAX_NAMED = 300;

/** Which folder this is, and which addresses are ours. */
export interface IntakeMailbox {
  address: string;
  folder: string;
  /** The mail server in front of it whose Authentication-Results are believed. */
  trustedAuthserv: string | null;
  isOwn: (address: string) => boolean;
  /** Called after each commit that brought mail. */
  onTaken: () => Promise<void>;
}

/** Fetched and stored, not yet committed. */
interface Fetched {
  mail: AcceptedMail | null;
  told: Untold;
}

const NOTHING: Untold = { toMark: [], toFlag: [] };

/** The failure is ours, storage or database: no fault of the mail or its server. */
export class HouseError extends Error {}

/** Takes what is new in an open folder, in the order of its UIDs. */
export class ImapIntake {
  constructor(
    private readonly connection: ImapFlow,
    private readonly mailbox: IntakeMailbox,
    private readonly cursor: MailboxCursor,
    private readonly store: CursorStore,
    private readonly house: ImapHouse,
    /** UID → how often its fetching broke off; outlives the connection. */
    private readonly tries: Map<number, number>,
  ) {}

  /**
   * @param isStopping asked between two commits
   * @returns how many mails were looked at
   */
  async takeNew(isStopping: () => boolean): Promise<number> {
    const found = await this.connection.search({ uid: `${this.cursor.uid + 1}:*` }, { uid: true });
    if (!Array.isArray(found)) throw new Error('the server did not answer a search');
    // `n:*` always means the last one as well.
    const uids = found.filter((uid) => uid > this.cursor.uid).sort((a, b) => a - b);
    for (let at = 0; at < uids.length && !isStopping(); at += TOGETHER)
      await this.takeBatch(uids.slice(at, at + TOGETHER), isStopping);
    return uids.length;
  }

  private async takeBatch(uids: number[], isStopping: () => boolean): Promise<void> {
    for (const uid of this.tries.keys()) if (uid <= this.cursor.uid) this.tries.delete(uid);
    const listed = await this.list(uids);
    for (const group of groups(listed, this.tries.size > 0 ? 1 : TOGETHER)) {
      if (isStopping()) return;
      await this.take(group);
    }
    // Those at the end were deleted since they were found.
    const last = uids.at(-1) ?? 0;
    if (last > this.cursor.uid) await this.commit([], last);
  }

  private async list(uids: number[]): Promise<ListedMail[]> {
    const query = { uid: true, size: true, flags: true, internalDate: true, headers: ENVELOPE_HEADERS };
    const mails = await this.connection.fetchAll(uidSet(uids), query, { uid: true });
    return mails
      .map(({ uid, size, flags, internalDate, headers }) => ({
        uid,
        size: size ?? 0,
        seen: flags?.has('\\Seen') ?? false,
        arrivedAt: dateOf(internalDate),
        headers: headers?.toString('utf8') ?? '',
      }))
      .sort((a, b) => a.uid - b.uid);
  }

  private async take(group: ListedMail[]): Promise<void> {
    const wanted = group.filter((mail) => !isHistory(mail, this.cursor.watchedSince));
    for (const { uid } of wanted) this.tries.set(uid, (this.tries.get(uid) ?? 0) + 1);
    try {
      const [first] = wanted;
      const isAlone =
        wanted.length === 1 && first && (first.size > SMALL_BYTES || (this.tries.get(first.uid) ?? 0) > 1);
      const fetched = isAlone ? [await this.fetchAlone(first)] : await this.fetchTogether(wanted);
      await this.commit(fetched, group.at(-1)?.uid ?? 0);
      for (const { uid } of group) this.tries.delete(uid);
    } catch (error) {
      if (error instanceof HouseError) for (const { uid } of wanted) this.tries.delete(uid);
      throw error;
    }
  }

  private async commit(fetched: Fetched[], uid: number): Promise<void> {
    const mails = fetched.flatMap(({ mail }) => mail ?? []);
    const told = {
      toMark: fetched.flatMap(({ told: { toMark } }) => toMark),
      toFlag: fetched.flatMap(({ told: { toFlag } }) => toFlag),
    };
    await ours(this.store.take(this.cursor, mails, { uid, told }));
    if (mails.length > 0) await ours(this.mailbox.onTaken());
  }

  private async fetchTogether(mails: ListedMail[]): Promise<Fetched[]> {
    if (mails.length === 0) return [];
    const uids = uidSet(mails.map(({ uid }) => uid));
    const found = await this.connection.fetchAll(uids, { uid: true, source: true }, { uid: true });
    const sources = new Map(found.map(({ uid, source }) => [uid, source]));
    return Promise.all(
      mails.map(async (mail) => {
        const source = sources.get(mail.uid);
        return source ? this.kept(mail, Readable.from([source])) : { mail: null, told: NOTHING };
      }),
    );
  }

  private async fetchAlone(mail: ListedMail): Promise<Fetched> {
    const way = wayOf((this.tries.get(mail.uid) ?? 1) - 1);
    if (way === 'none') return this.giveUp(mail);
    if (way === 'remains' || mail.size > this.house.limitBytes) return this.fetchRemains(mail);
    const { content } = await this.connection.download(String(mail.uid), undefined, { uid: true });
    if (!content) return { mail: null, told: NOTHING };
    try {
      return await this.kept(mail, content);
    } catch (error) {
      // It is larger than its server says.
      if (error instanceof DomainError && error.code === 'attachment.too_large')
        return await this.fetchRemains(mail, true);
      throw error;
    } finally {
      content.destroy();
    }
  }

  private async kept(mail: ListedMail, source: Readable): Promise<Fetched> {
    let broken: Error | undefined;
    source.once('error', (error: Error) => (broken = error));
    const stored = await this.house.storage.put(source, { maxBytes: this.house.limitBytes }).catch((error: unknown) => {
      // What the connection broke off is its failure, whatever storage makes of it.
      if (broken) throw broken;
      if (error instanceof DomainError) throw error;
      throw new HouseError(wordsOf(error), { cause: error });
    });
    return { mail: this.accepted(mail, stored), told: { toMark: [mail.uid], toFlag: [] } };
  }

  /** The original stays where it is, flagged; headers and texts come in, and a notice of what did not. */
  private async fetchRemains(mail: ListedMail, isLargerThanStated = false): Promise<Fetched> {
    const remains = await fetchRemains(this.connection, mail.uid);
    if (!remains) return { mail: null, told: NOTHING };
    const stored = await ours(this.house.storage.put(Readable.from([remains.source])));
    const files = remains.leftOut.join(', ').slice(0, MAX_NAMED).toWellFormed();
    const { address, folder } = this.mailbox;
    const values = { size: sizeText(mail.size), limit: sizeText(this.house.limitBytes), files };
    const isTooLarge = mail.size > this.house.limitBytes || isLargerThanStated;
    const code = !isTooLarge ? 'mail.broken_off' : files ? 'mail.too_large_files' : 'mail.too_large';
    const notices: Notice[] = [
      { code, values },
      { code: 'mail.original_on_server', values: { mailbox: address, folder } },
    ];
    return {
      mail: { ...this.accepted(mail, stored), notices },
      told: { toMark: [], toFlag: [mail.uid] },
    };
  }

  /** The server breaks off at this mail every time: it is listed for people, and the others go on. */
  private async giveUp(mail: ListedMail): Promise<Fetched> {
    const { address, folder } = this.mailbox;
    const what = `${address}, ${folder}, UID ${mail.uid}, ${mail.size} bytes\n${mail.headers}`;
    const stored = await ours(this.house.storage.put(Readable.from([Buffer.from(what)])));
    const { from } = envelopeOf(mail.headers, address, this.mailbox.isOwn);
    await ours(
      this.house.database.transaction((tx) =>
        this.house.rejects.keep(tx, {
          channel: 'email',
          reason: 'mail.not_fetched',
          detail: `${folder}, UID ${mail.uid}, ${sizeText(mail.size)}`,
          sender: from || null,
          subject: null,
          storageKey: stored.key,
          size: stored.size,
        }),
      ),
    );
    return { mail: null, told: { toMark: [], toFlag: [mail.uid] } };
  }

  private accepted(mail: ListedMail, stored: { key: string; size: number }): AcceptedMail {
    const { address, trustedAuthserv } = this.mailbox;
    const envelope = envelopeOf(mail.headers, address, this.mailbox.isOwn);
    return {
      storageKey: stored.key,
      size: stored.size,
      envelopeFrom: envelope.from,
      envelopeTo: envelope.to,
      remoteIp: null,
      receivedAt: receivedAt(mail.arrivedAt, this.house.clock.now()),
      mailbox: address,
      trustedAuthserv,
    };
  }
}

const dateOf = (stated: Date | string | undefined): Date | null => {
  const date = stated === undefined ? null : new Date(stated);
  return date && !Number.isNaN(date.getTime()) ? date : null;
};

/** Work of storage and database. */
async function ours<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new HouseError(wordsOf(error), { cause: error });
  }
}

const wordsOf = (error: unknown): string => (isNativeError(error) ? error.message : String(error));
