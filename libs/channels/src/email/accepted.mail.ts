import type { DataSource } from 'typeorm';
import { newId } from '#platform';
import { legible } from './incoming.rules.js';

/** What is known of a mail when it is accepted. */
export interface AcceptedMail {
  storageKey: string;
  size: number;
  envelopeFrom: string;
  envelopeTo: string[];
  remoteIp: string;
  receivedAt: Date;
}

interface Waiting {
  mail: AcceptedMail;
  done: () => void;
  failed: (error: unknown) => void;
}

const MAX_ROWS = 100;
const MAX_ADDRESS = 1000;

const INSERT = `
  insert into inbound_mail (id, storage_key, size, envelope_from, envelope_to, remote_ip, state, due_at, correlation_id, received_at)
  select m.id, m.storage_key, m.size, m.envelope_from, m.envelope_to, m.remote_ip, 'pending', m.received_at, m.correlation_id, m.received_at
  from jsonb_to_recordset($1::jsonb) as m (id uuid, storage_key text, size bigint, envelope_from text, envelope_to text[], remote_ip text,
    correlation_id text, received_at timestamptz)`;

/**
 * Writes down accepted mail. Rows go together: while one statement is on its way the next ones gather, so that many senders
 * at once cost few commits and a single one waits for nobody.
 */
export class AcceptedMails {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly database: DataSource) {}

  /** Resolves when the row is committed. */
  write(mail: AcceptedMail): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ mail, done, failed });
      if (!this.writing) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_ROWS);
      try {
        await this.database.query(INSERT, [JSON.stringify(batch.map(({ mail }) => row(mail)))]);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.writing = false;
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
});
