import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AddressObject, EmailAddress, HeaderValue } from 'mailparser';
import type { Signer } from '#cases';
import type { InboundInteraction, RejectReason, SenderTrust } from '#contracts';
import type { FileStore } from '#platform';
import { isOwnAddress, normaliseAddress, withoutTag } from './address.rules.js';
import { automaticKindOf, MAX_HOPS } from './automatic.rules.js';
import { reportIn } from './bounce.reader.js';
import type { MailReport } from './bounce.rules.js';
import { sanitiseMailHtml } from './html.js';
import { dissect, type Dissection } from './mail.dissection.js';
import { displayNameOf, legible, MAX_TEXT, messageIdOf, oneLine, referencesOf, writtenAt } from './incoming.rules.js';
import { splitQuote } from './quotes.rules.js';
import { recipientTags } from './threading.rules.js';
import { pointsTo } from './threading.js';
import { trustByHeader } from './trust.header.js';
import { domainOf, isOfMeasure, notLookedUp } from './trust.rules.js';

export interface MailContext {
  storage: FileStore;
  /** The care address: what comes from it is our own echo. */
  ownAddress: string;
  /** All of ours, when there are several. */
  ownAddresses?: readonly string[];
  receivedAt: Date;
  /** Where the original lies. */
  rawKey: string | null;
  /** Largest file that is kept by itself, in bytes; none when it is not said. */
  maxFileBytes?: number;
  /** Whose marks name a case (`pointsTo`), and the addresses of the envelope; without them a mail names none. */
  signer?: Signer;
  envelopeTo?: readonly string[];
  /** Null when nobody knows it, '' when there was none. */
  envelopeFrom?: string | null;
  /** Name of the mail server whose Authentication-Results are believed. */
  trustedAuthserv?: string;
  /** Looks up who really sent it; without it only the header above tells. */
  checkSender?: (fromDomain: string | null) => Promise<SenderTrust>;
  /** A person wants it taken in: it is neither our own echo nor a report. */
  isReleased?: boolean;
}

/** Why a mail is no message of a customer; it is kept whole all the same. */
export type MailRejectReason = Extract<RejectReason, `mail.${string}`>;

export type ParsedMail =
  /** `tags`: what stands behind the plus in the addresses it was sent to. */
  | { outcome: 'arrival'; arrival: InboundInteraction; tags: string[] }
  | {
      outcome: 'reject';
      reason: MailRejectReason;
      detail: string | null;
      sender: string | null;
      subject: string | null;
    }
  /** A mail server tells what became of a mail. */
  | { outcome: 'report'; report: MailReport; sender: string | null; subject: string | null };

/** Html made safe while the mail is read; longer one has a job of its own, so that it does not hold up the others. */
const MAX_HTML_AT_ONCE = 64 * 1024;

/** Set on everything we send: whatever carries it has been here before. */
export const LOOP_HEADER = 'X-Hilo-Id';

interface Sender {
  address: string;
  name: string;
}

const isAddresses = (value: HeaderValue | undefined): value is AddressObject =>
  typeof value === 'object' && 'value' in value && Array.isArray(value.value);

const flat = (addresses: EmailAddress[]): EmailAddress[] =>
  addresses.flatMap((entry) => (entry.group ? flat(entry.group) : [entry]));

/** Who wrote it: the first address of From one could answer to, else of Reply-To, else of Sender. */
function senderOf(mail: Dissection): Sender | null {
  for (const header of ['from', 'reply-to', 'sender']) {
    const value = mail.headers.get(header);
    for (const entry of isAddresses(value) ? flat(value.value) : []) {
      const address = normaliseAddress(entry.address ?? '');
      if (address) return { address, name: displayNameOf(entry.name, address) };
    }
  }
  return null;
}

/** The domain of the one address the mail says it is from; null when it names none or several: nobody vouches for those. */
function fromDomainOf(mail: Dissection): string | null {
  const value = mail.headers.get('from');
  const [first, ...others] = isAddresses(value) ? flat(value.value) : [];
  const isOne = others.length === 0 && mail.headerLines.filter(({ key }) => key === 'from').length === 1;
  return isOne ? domainOf(normaliseAddress(first?.address ?? '')) : null;
}

/** What tells a mail of a program from one of a person. */
const signsOf = (mail: Dissection, sender: Sender | null, subject: string | null, context: MailContext) => ({
  header: (name: string) => written(mail, name),
  sender: sender?.address ?? '',
  subject: subject ?? '',
  envelopeFrom: context.envelopeFrom ?? null,
  envelopeTo: context.envelopeTo ?? [],
});

/** A header as written, unfolded; the first one when there are several. */
function written(mail: Dissection, key: string): string {
  const line = mail.headerLines.find((header) => header.key === key)?.line ?? '';
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n/gu, ' ')
    .trim();
}

const text = (value: HeaderValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The same mail delivered again has the same one; two mails under one Message-ID (it happens) have two. What relays add
 * on the way does not count.
 */
function externalIdOf(
  mail: Dissection,
  messageId: string | null,
  sender: Sender,
  subject: string | null,
  body: string,
): string {
  const parts = [sender.address, subject ?? '', body, ...mail.files.flatMap((file) => [file.fileName, file.sha256])];
  const print = createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 12);
  const name = messageId && messageId.length <= 900 ? messageId : `sha256:${mail.sha256}`;
  return `${name}/${print}`;
}

/**
 * One mail as intake wants it, or why it is none of a customer. Attachments go to storage on the way.
 * @throws when storage fails: try again later
 */
export async function parseMail(source: Readable | Buffer, context: MailContext): Promise<ParsedMail> {
  const mail = await dissect(source, context.storage, context.maxFileBytes);
  const sender = senderOf(mail);
  const subject = oneLine(text(mail.headers.get('subject')));
  const reject = (reason: MailRejectReason, detail: string | null): ParsedMail => ({
    outcome: 'reject',
    reason,
    detail,
    sender: sender?.address ?? null,
    subject,
  });
  // A mail that breaks later is taken as far as it goes: what can be read of a customer's words must not wait in a list.
  const report = context.isReleased
    ? null
    : await reportIn(mail, signsOf(mail, sender, subject, context), context.storage);
  if (report) return { outcome: 'report', report, sender: sender?.address ?? null, subject };
  if (mail.failure && !sender) return reject('mail.unparseable', mail.failure.message);
  if (!sender) return reject('mail.no_sender', oneLine(written(mail, 'from'), 200));
  const hops = mail.headerLines.filter(({ key }) => key === 'received').length;
  if (!context.isReleased) {
    if (mail.headers.has(LOOP_HEADER.toLowerCase())) return reject('mail.own_loop', LOOP_HEADER);
    if (hops > MAX_HOPS) return reject('mail.loop', `${hops} Received`);
  }
  if (isOwnAddress(sender.address, context.ownAddresses ?? context.ownAddress))
    return reject('mail.own_loop', sender.address);
  const arrival = arrivalOf(mail, sender, subject, context);
  const tags = recipientTags(mail.headerLines, context.envelopeTo ?? []);
  return { outcome: 'arrival', arrival: { ...arrival, auth: await trustIn(mail, context) }, tags };
}

/** Who really sent it, as far as anybody looked. */
async function trustIn(mail: Dissection, { checkSender, trustedAuthserv }: MailContext): Promise<SenderTrust | null> {
  const fromDomain = fromDomainOf(mail);
  if (checkSender) return isOfMeasure(mail.headerLines) ? checkSender(fromDomain) : notLookedUp(fromDomain);
  return trustedAuthserv ? trustByHeader(trustedAuthserv, mail.headerLines, fromDomain) : null;
}

function arrivalOf(mail: Dissection, sender: Sender, subject: string | null, context: MailContext): InboundInteraction {
  const body = legible(mail.body.text, MAX_TEXT).trim();
  const html = mail.body.html === null ? null : legible(mail.body.html, MAX_TEXT);
  const messageId = messageIdOf(text(mail.headers.get('message-id')));
  const references = referencesOf(written(mail, 'references'), written(mail, 'in-reply-to'));
  const { fresh, quoted } = splitQuote(body, subject);
  const automaticKind = context.isReleased ? null : automaticKindOf(signsOf(mail, sender, subject, context));
  const shown = new Map(mail.files.map((file) => [file.contentId ?? null, file.id]));
  return {
    channel: 'email',
    direction: 'inbound',
    externalId: externalIdOf(mail, messageId, sender, subject, body),
    contact: { kind: 'email', value: sender.address, handle: null, display: sender.address },
    displayName: sender.name,
    subject,
    text: fresh.trimEnd(),
    quoted: quoted || null,
    notices: mail.notices,
    html,
    htmlSafe:
      html === null || html.length > MAX_HTML_AT_ONCE
        ? null
        : sanitiseMailHtml(html, (cid) => shown.get(cid) ?? null, quoted !== ''),
    occurredAt: writtenAt(written(mail, 'date'), context.receivedAt).toISOString(),
    attachments: mail.files.map((file) => ({ ...file, inline: isShownIn(html, file.contentId ?? null) })),
    account: withoutTag(context.ownAddress),
    messageId,
    references,
    ...(context.signer && {
      pointsTo: pointsTo(context.signer, {
        headers: mail.headerLines,
        envelopeTo: context.envelopeTo ?? [],
        references,
        subject,
      }),
    }),
    rawKey: context.rawKey,
    automatic: automaticKind === 'auto_reply',
    automaticKind,
  };
}

/** Whether the html shows this part itself, so that it need not be listed beside it. */
const isShownIn = (html: string | null, contentId: string | null): boolean =>
  html !== null &&
  contentId !== null &&
  (html.includes(`cid:${contentId}`) || html.includes(`cid:${encodeURIComponent(contentId)}`));
