import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { serve } from './companion.js';

export interface BareMailSettings {
  url: string;
  /** Where attachments go. */
  folder: string;
}

const BATCH = 50;
const QUOTE = /^(?:>|el .{0,200} escribió:$|on .{0,200} wrote:$|-{2,}\s*original message)/i;

/** What the person wrote, without the mail below it. */
function withoutQuote(text: string): string {
  const lines = text.split('\n');
  const quote = lines.findIndex((line) => QUOTE.test(line));
  return (quote > 0 ? lines.slice(0, quote).join('\n') : text).trim();
}

const oneLine = (text: string, length: number): string => text.replace(/\s+/g, ' ').trim().slice(0, length);

/** A mail as the SQL function takes it. */
async function read(raw: Buffer, folder: string) {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
  const text = mail.text ?? '';
  const files = await Promise.all(
    mail.attachments.map(async ({ filename, mimeType, content }) => {
      const path = join(folder, randomUUID());
      const bytes = Buffer.from(content as ArrayBuffer);
      await writeFile(path, bytes, { flush: true });
      return { name: filename ?? 'file', type: mimeType, size: bytes.length, path };
    }),
  );
  const fresh = withoutQuote(text);
  return {
    external_id: mail.messageId,
    email: mail.from?.address?.toLowerCase(),
    name: mail.from?.name ?? mail.from?.address,
    subject: mail.subject ?? null,
    text,
    html: mail.html ?? null,
    at: mail.date,
    message_id: mail.messageId ?? null,
    refs: mail.references?.match(/<[^>]+>/g) ?? [],
    preview: oneLine(fresh, 160),
    problem: oneLine(mail.subject ?? fresh, 80),
    files: files.length > 0 ? files : null,
  };
}

type Row = Awaited<ReturnType<typeof read>>;

/** Rows go to the database together as they come: while one call is on its way, the next gathers. */
class Writer {
  private waiting: { row: Row; done: () => void; failed: (error: Error) => void }[] = [];
  private writing = false;

  constructor(private readonly client: pg.Client) {}

  /** Resolves when the row is committed. */
  write(row: Row): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ row, done, failed });
      if (!this.writing) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        const values = [JSON.stringify(batch.map(({ row }) => row))];
        await this.client.query({ name: 'take', text: 'select take($1::jsonb)', values });
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error as Error);
      }
    }
    this.writing = false;
  }
}

/** The same visible result with the least in between: SMTP, MIME, one SQL function; answered 250 once committed. */
await serve(async ({ url, folder }: BareMailSettings) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const writer = new Writer(client);
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    maxAllowedUnauthenticatedCommands: false,
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        read(Buffer.concat(chunks), folder)
          .then((row) => writer.write(row))
          .then(
            () => answer(),
            (error: Error) => answer(error),
          );
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ready: { mailPort: (server.server.address() as AddressInfo).port },
    commands: {},
    end: () => client.end(),
  };
});
