import type { DataSource, EntityManager } from 'typeorm';
import type { Notice } from '#contracts';
import { Gather, newId } from '#platform';
import { legible } from './incoming.rules.js';

/** What is known of a mail when it is accepted. */
export interface AcceptedMail {
  storageKey: string;
  size: number;
  envelopeFrom: string;
  envelopeTo: string[];
  /** Null: fetched from a mailbox. */
  remoteIp: string | null;
  receivedAt: Date;
  /** How the sending server called itself. */
  helo?: string;
  /** Address of the watched mailbox it lay in. */
  mailbox?: string;
  /** The mail server in front of that mailbox whose Authentication-Results are believed. */
  trustedAuthserv?: string | null;
  notices?: Notice[];
}

const MAX_ADDRESS = 1000;

/** What a mailbox gives a second time is in there already. */
const INSERT = `
  insert into inbound_mail (id, storage_key, size, envelope_from, envelope_to, remote_ip, state, due_at, correlation_id, received_at, mailbox, trusted_authserv, notices, helo)
  select m.id, m.storage_key, m.size, m.envelope_from, m.envelope_to, m.remote_ip, 'pending', m.received_at, m.correlation_id, m.received_at, m.mailbox,
    m.trusted_authserv, m.notices, m.helo
  from jsonb_to_recordset($1::jsonb) as m (id uuid, storage_key text, size bigint, envelope_from text, envelope_to text[], remote_ip text,
    correlation_id text, received_at timestamptz, mailbox text, trusted_authserv text, notices jsonb, helo text)
  on conflict do nothing`;

/** Writes accepted mail down in a transaction of the caller. */
export async function insertMails(tx: Pick<EntityManager, 'query'>, mails: AcceptedMail[]): Promise<void> {
  await tx.query(INSERT, [JSON.stringify(mails.map(row))]);
}

/** Writes down accepted mail. */
export class AcceptedMails {
  private readonly rows: Gather<AcceptedMail>;

  constructor(database: DataSource) {
    this.rows = new Gather<AcceptedMail>(async (mails) => {
      await insertMails(database, mails);
      return mails.map(() => undefined);
    });
  }

  /** Resolves when the row is committed. */
  write(mail: AcceptedMail): Promise<void> {
    return this.rows.add(mail);
  }
}

/** What a stranger wrote into the envelope must not spoil the statement for the others. */
const row = (mail: AcceptedMail) => ({
  id: newId(),
  storage_key: mail.storageKey,
  size: mail.size,
  envelope_from: legible(mail.envelopeFrom, MAX_ADDRESS),
  envelope_to: mail.envelopeTo.map((address) => legible(address, MAX_ADDRESS)),
  remote_ip: mail.remoteIp,
  correlation_id: newId(),
  received_at: mail.receivedAt.toISOString(),
  mailbox: mail.mailbox ?? null,
  trusted_authserv: mail.trustedAuthserv ?? null,
  notices: mail.notices ?? [],
  helo: mail.helo ? legible(mail.helo, MAX_ADDRESS) : null,
});
