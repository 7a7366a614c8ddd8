import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { randomUUID } from 'node:crypto';
import { type Clock, isoTime } from '../clock.js';
import type { Feed } from '../feed.js';
import type { People } from '../people.js';

export interface MailFile {
  id: string;
  fileName: string;
  contentType: string;
  size: number;
  contentId: string | null;
  inline: boolean;
  bytes: Buffer;
}

/** A mail in somebody's mailbox: `in` they received it, `out` they wrote it. */
export interface Mail {
  id: string;
  direction: 'in' | 'out';
  at: number;
  /** As SMTP said it, lower case. */
  envelope: { from: string; to: string[] };
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  from: string;
  replyTo: string | null;
  to: string;
  subject: string;
  date: string | null;
  text: string;
  html: string | null;
  /** Every header as it stood, names in lower case; repeated ones in order. */
  headers: Record<string, string[]>;
  files: MailFile[];
  raw: Buffer;
  /** Mails to the product: whether it took them. */
  sending: { state: 'queued' | 'delivered' | 'refused'; attempts: number; response: string | null } | null;
}

/** Every mail there is, oldest first. */
export class Mails {
  private readonly items: Mail[] = [];

  constructor(
    private readonly people: People,
    private readonly now: Clock,
    private readonly feed: Feed,
  ) {}

  all(): readonly Mail[] {
    return this.items;
  }

  byId(id: string): Mail | undefined {
    return this.items.find((mail) => mail.id === id);
  }

  /** A mail by its `Message-ID`, brackets or not; the newest when it came twice. */
  byMessageId(messageId: string): Mail | undefined {
    const wanted = bracketed(messageId);
    return this.items.findLast((mail) => mail.messageId === wanted);
  }

  /** What one person has received or written, oldest first. */
  of(email: string): Mail[] {
    return this.items.filter((mail) =>
      (mail.direction === 'out' ? [mail.envelope.from] : mail.envelope.to).includes(email),
    );
  }

  async add(
    raw: Buffer,
    envelope: { from: string; to: string[] },
    direction: Mail['direction'],
    sending: Mail['sending'] = null,
  ): Promise<Mail> {
    const parsed = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
    const mail: Mail = { id: randomUUID(), direction, at: this.now(), envelope, ...readMail(parsed), raw, sending };
    this.items.push(mail);
    this.changed(mail);
    return mail;
  }

  /** Tells the page that a mail, or what became of it, is new. */
  changed(mail: Mail): void {
    const sides = [mail.envelope.from, ...mail.envelope.to].map((address) => this.people.byEmail(address));
    this.feed.tell('mail', ...sides.filter((one) => one !== undefined).map((one) => one.id));
  }
}

export const bracketed = (messageId: string): string => (messageId.startsWith('<') ? messageId : `<${messageId}>`);

const addressText = (address: AddressObject | AddressObject[] | undefined): string =>
  [address ?? []]
    .flat()
    .map((one) => one.text)
    .join(', ');

function readMail(parsed: ParsedMail) {
  const headers: Record<string, string[]> = {};
  for (const { key, line } of parsed.headerLines) {
    (headers[key] ??= []).push(
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim(),
    );
  }
  return {
    messageId: parsed.messageId ?? null,
    inReplyTo: parsed.inReplyTo ?? null,
    references: [parsed.references ?? []].flat(),
    from: addressText(parsed.from),
    replyTo: parsed.replyTo ? addressText(parsed.replyTo) : null,
    to: addressText(parsed.to),
    subject: parsed.subject ?? '',
    date: parsed.date ? isoTime(parsed.date.getTime()) : null,
    text: parsed.text ?? '',
    html: parsed.html === false ? null : parsed.html,
    headers,
    files: parsed.attachments.map((file, index) => ({
      id: String(index),
      fileName: file.filename ?? `file-${index + 1}`,
      contentType: file.contentType,
      size: file.size,
      contentId: file.cid ?? null,
      inline: file.contentDisposition === 'inline',
      bytes: Buffer.isBuffer(file.content) ? file.content : Buffer.alloc(0),
    })),
  };
}

/** A mail without its bytes, for JSON. `customer` is whose mailbox it is in. */
export function mailShape(mail: Mail) {
  const { raw, files, at, ...rest } = mail;
  return {
    ...rest,
    at: isoTime(at),
    size: raw.length,
    attachments: files.map(({ bytes, ...file }) => ({
      ...file,
      size: bytes.length,
      url: `/control/mails/${mail.id}/attachments/${file.id}`,
    })),
  };
}
