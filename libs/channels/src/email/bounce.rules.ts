import type { DeliveryReport } from '#contracts';
import { normaliseAddress } from './address.rules.js';
import { legible, messageIdOf, oneLine } from './incoming.rules.js';

/** What a mail server says became of one recipient. */
export interface RecipientReport {
  /** As the last server knew them, and as we wrote to them. */
  addresses: string[];
  action: DeliveryReport['action'];
  status: string | null;
  diagnostic: string | null;
}

/** A mail of a mail server about a mail, taken apart; nothing of it is believed yet. */
export interface MailReport {
  kind: 'delivery' | 'read' | 'complaint';
  /** Names that only we can have given, to be checked: the tags of the envelope, the ENVID. */
  tokens: string[];
  /** Message-ID and our own header of the mail it is about. */
  messageId: string | null;
  hiloId: string | null;
  /** Whom that mail was addressed to. */
  to: string[];
  recipients: RecipientReport[];
}

/** The parts of a report as text. */
export interface ReportParts {
  /** message/delivery-status, message/disposition-notification or message/feedback-report. */
  fields: string;
  /** The headers of the mail it is about, or all of it. */
  returned: string;
  /** What it says to people. */
  text: string;
  failedRecipients: string;
}

const MAX_FIELDS = 64 * 1024;
const MAX_RECIPIENTS = 50;
const BLANK = /\r?\n[ \t]{0,20}\r?\n/u;

/** Header fields of a block, unfolded, by lower-case name; of several the first. */
export function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (/^[!-9;-~]+$/u.test(name) && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** `rfc822;robin@example.com` → the address (RFC 3464 §2.1.2, xtext decoded). */
function typedAddress(value: string | undefined): string[] {
  const written = (value ?? '').replace(/^[\w-]+\s*;/u, '').replace(/\+([0-9A-F]{2})/gu, (_all, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return once([written, (value ?? '').replace(/^[\w-]+\s*;/u, '')].flatMap((text) => normaliseAddress(text) ?? []));
}

/** The addresses of a header, whatever stands around them. */
const addressesIn = (text: string): string[] =>
  text
    .split(/[\s<>,;:"'()]+/u)
    .filter((word) => word.length < 400 && word.includes('@'))
    .flatMap((word) => normaliseAddress(word) ?? []);

const once = (addresses: string[]): string[] => [...new Set(addresses)].slice(0, MAX_RECIPIENTS);

const ACTIONS: readonly string[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];
const isAction = (word: string): word is RecipientReport['action'] => ACTIONS.includes(word);

const STATUS = /\b[245]\.\d{1,3}\.\d{1,3}\b/u;
const statusIn = (text: string): string | null => STATUS.exec(text)?.[0] ?? null;

/** What a server did, when it says so in one way or another. */
function actionOf(stated: string, status: string | null): RecipientReport['action'] {
  const word = stated.trim().toLowerCase().split(/\s/u)[0] ?? '';
  if (isAction(word)) return word;
  if (status?.startsWith('4')) return 'delayed';
  return status?.startsWith('2') ? 'delivered' : 'failed';
}

function deliveryBlocks(fields: string): RecipientReport[] {
  const blocks = fields.slice(0, MAX_FIELDS).split(BLANK).map(fieldsOf);
  return blocks
    .filter((block) => block.has('final-recipient') || block.has('original-recipient') || block.has('action'))
    .slice(0, MAX_RECIPIENTS)
    .map((block) => {
      const diagnostic = oneLine(block.get('diagnostic-code')?.replace(/^[\w-]+\s*;/u, ''), 500);
      const status = statusIn(block.get('status') ?? '') ?? statusIn(diagnostic ?? '');
      return {
        addresses: once([
          ...typedAddress(block.get('original-recipient')),
          ...typedAddress(block.get('final-recipient')),
        ]),
        action: actionOf(block.get('action') ?? '', status),
        status,
        diagnostic,
      };
    });
}

/** Where servers that write to people only put the mail they could not deliver. */
const COPY_BELOW =
  /^--.*(?:copy of (?:the|your) (?:message|headers)|original message|returned message|undelivered message|mensaje original)/iu;
const MAX_LINE = 500;

/** What a letter tells, and the beginning of the mail below it; lines no server writes are left out. */
function partsOfLetter(text: string): { story: string[]; copy: string } {
  const lines = text
    .slice(0, MAX_FIELDS)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.length <= MAX_LINE);
  const at = lines.findIndex((line) => COPY_BELOW.test(line));
  return at < 0 ? { story: lines, copy: '' } : { story: lines.slice(0, at), copy: lines.slice(at + 1).join('\n') };
}

const DELAYED = /\b(?:delayed|retrasad|has not yet been delivered|will be retried|no action is required)\b/iu;

/** qmail (QSBMF), Exim and others: `<robin@example.com>:` or `robin@example.com`, below it why. */
function writtenBlocks(letter: string[], failedRecipients: string): RecipientReport[] {
  const named = letter.map((line) => normaliseAddress(/^\s*<?([^\s<>:]+)>?:?$/u.exec(line)?.[1] ?? ''));
  const story = letter.join('\n');
  const status = statusIn(story);
  const why = letter.slice(named.findIndex(Boolean) + 1);
  const begun = Math.max(0, why.findIndex(Boolean));
  const ended = why.findIndex((line, at) => at > begun && !line);
  return [
    {
      addresses: once([...addressesIn(failedRecipients), ...named.flatMap((address) => address ?? [])]),
      action: DELAYED.test(story) && !status?.startsWith('5') ? 'delayed' : 'failed',
      status,
      diagnostic: oneLine(why.slice(begun, ended < 0 ? undefined : ended).join(' '), 500),
    },
  ];
}

/** Reads a report, whoever made it: RFC 3464, RFC 8098, RFC 5965, or a letter of qmail or Exim. */
export function reportOf(kind: MailReport['kind'], parts: ReportParts, tags: readonly string[]): MailReport {
  const letter = partsOfLetter(parts.text);
  const about = parts.returned || letter.copy;
  const returned = fieldsOf(about.replace(/^\s+/u, '').slice(0, MAX_FIELDS).split(BLANK)[0] ?? '');
  const stated = fieldsOf(parts.fields.slice(0, MAX_FIELDS));
  const blocks = kind === 'delivery' ? deliveryBlocks(parts.fields) : [];
  const envelopeId = stated.get('original-envelope-id');
  return {
    kind,
    tokens: [...tags, ...(envelopeId ? [legible(envelopeId, 100)] : [])],
    messageId: messageIdOf(returned.get('message-id') ?? stated.get('original-message-id')),
    hiloId: oneLine(returned.get('x-hilo-id'), 100),
    to: once(addressesIn(legible(returned.get('to') ?? '', 10_000))),
    recipients:
      kind === 'read'
        ? [{ addresses: typedAddress(stated.get('final-recipient')), action: 'read', status: null, diagnostic: null }]
        : blocks.length > 0 || kind === 'complaint'
          ? blocks
          : writtenBlocks(letter.story, parts.failedRecipients),
  };
}

const DAEMON = /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon|mail\.?delivery[^@]*|microsoftexchange[0-9a-f]+)@/u;
const BOUNCE_SUBJECT =
  /^\s*(?:undeliver|undelivered|non[- ]?deliver|delivery (?:status|fail|has failed|delayed)|mail delivery (?:failed|failure|system)|failure notice|returned mail|message (?:not delivered|delivery)|warning: (?:message|could not send)|no se puede entregar|no se pudo entregar|unzustellbar|non remis|no lliurat)/iu;
const BOUNCE_TEXT =
  /^\s*(?:Hi\. This is the .{0,40}(?:qmail-send|deliver) program|This message was created automatically by mail delivery software|This is the mail system at host|Your message (?:did not reach|wasn't delivered|could not be delivered))/imu;

/**
 * Whether a mail is a report of a mail server about another mail. Forwarded ones are not: those come from a person.
 * @param contentType of the whole mail, as written
 */
export function reportKindOf(mail: {
  contentType: string;
  sender: string | null;
  envelopeFrom: string | null;
  returnPath: string;
  failedRecipients: string;
  subject: string;
  text: string;
}): MailReport['kind'] | null {
  const type = mail.contentType.toLowerCase();
  if (/^\s*multipart\/report\b/u.test(type)) {
    if (type.includes('disposition-notification')) return 'read';
    if (type.includes('feedback-report')) return 'complaint';
    if (/report-type\s*=\s*"?(?:global-)?delivery-status/u.test(type)) return 'delivery';
  }
  const isDaemon = mail.envelopeFrom === '' || mail.returnPath === '<>' || DAEMON.test(mail.sender ?? '');
  if (!isDaemon) return null;
  const saysSo = mail.failedRecipients !== '' || BOUNCE_SUBJECT.test(mail.subject);
  return saysSo || BOUNCE_TEXT.test(mail.text.slice(0, 2000)) ? 'delivery' : null;
}
