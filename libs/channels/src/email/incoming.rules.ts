import { decodeText } from './charset.rules.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';

/** Longest identifier that is taken for one (RFC 5322 §2.1.1: a line holds 998 characters). */
const MAX_MESSAGE_ID = 998;
const MAX_REFERENCES = 20;
const MAX_AGE_MS = 30 * 24 * 3_600_000;
const MAX_NAME = 200;

/** Longest text of one mail an interaction keeps; the original stays whole in storage. */
export const MAX_TEXT = MAIL_LIMITS.textLength;

/** Text without NULs and without halves of characters, at most `length` long. */
export const legible = (text: string, length: number): string =>
  text.replaceAll('\u0000', '').slice(0, length).toWellFormed();

/** `<left@right>` as written, or null when the header holds nothing that can be pointed at. */
export function messageIdOf(header: string | undefined): string | null {
  const id = legible(header ?? '', MAX_MESSAGE_ID + 1).replace(/\s+/gu, '');
  return /^<[^<>]+>$/u.test(id) && id.length <= MAX_MESSAGE_ID ? id : null;
}

/**
 * The chain a mail says it belongs to, oldest first, each once: References, then In-Reply-To, as written. Of a long one the
 * first and the newest stay.
 */
export function referencesOf(references: string, inReplyTo: string): string[] {
  const ids = [references, inReplyTo].flatMap((header) => header.match(/<[^<>\s]+>/gu) ?? []);
  return shortened([...new Set(ids.flatMap((id) => messageIdOf(id) ?? []))]);
}

/** At most 20 of a chain: where it began and the newest. */
export const shortened = (chain: string[]): string[] =>
  chain.length <= MAX_REFERENCES ? chain : [...chain.slice(0, 1), ...chain.slice(1 - MAX_REFERENCES)];

/** Dates of mails know no fraction of a second, and clocks differ: so close to its receipt, a mail was written then. */
const JUST_NOW_MS = 120_000;

/**
 * When a mail was written: its Date header while that is believable, else the moment it came. A clock that is wrong, a
 * mail from the future or from more than 30 days ago must not put an entry where nobody looks; a mail on its way for a
 * moment must not slip before what was said in that moment elsewhere.
 */
export function writtenAt(dateHeader: string | undefined, receivedAt: Date): Date {
  const written = dateHeader ? Date.parse(dateHeader.replace(/\s+/gu, ' ').trim()) : Number.NaN;
  const age = receivedAt.getTime() - written;
  return age > JUST_NOW_MS && age <= MAX_AGE_MS ? new Date(written) : receivedAt;
}

/** What the person is called: the name beside the address, else the part before the @. */
export function displayNameOf(name: string | undefined, address: string): string {
  const shown = legible(name ?? '', 4 * MAX_NAME)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(["'])(.*)\1$/u, '$2')
    .slice(0, MAX_NAME)
    .toWellFormed()
    .trim();
  return shown || address.slice(0, address.lastIndexOf('@')).slice(0, MAX_NAME);
}

/** A header's text in one line. */
export const oneLine = (text: string | undefined, length = 998): string | null =>
  legible(text ?? '', 4 * length)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, length)
    .toWellFormed() || null;

const EXTENSIONS: Record<string, string> = {
  'message/rfc822': '.eml',
  'message/delivery-status': '.txt',
  'text/rfc822-headers': '.txt',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'text/vcard': '.vcf',
  'application/pdf': '.pdf',
  'application/pkcs7-mime': '.p7m',
  'application/pkcs7-signature': '.p7s',
  'application/pgp-encrypted': '.asc',
  'application/pgp-signature': '.asc',
  'application/ms-tnef': '.dat',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'image/heic': '.heic',
};

/** Encoded words of a header (RFC 2047) as the letters they stand for; blanks between two of them are none. */
function decodeWords(header: string): string {
  return header
    .replace(/(\?=)[ \t\r\n]+(?==\?)/gu, '$1')
    .replace(
      /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?]{0,1000})\?=/giu,
      (_all, charset: string, form: string, data: string) => {
        if (form.toLowerCase() === 'b') return decodeText(Buffer.from(data, 'base64'), charset);
        const bytes = data
          .replaceAll('_', ' ')
          .replace(/=([\da-f]{2})/giu, (_hex, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
        return decodeText(Buffer.from(bytes, 'latin1'), charset);
      },
    );
}

/**
 * The subject of a message within a message, as the name of a file.
 * @param head its first bytes, one character each
 */
export function subjectWithin(head: string): string | undefined {
  const header = head.split(/\r?\n\r?\n/u, 1)[0] ?? '';
  const written = /^subject:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/imu.exec(header)?.[1];
  const raw = Buffer.from(written ?? '', 'latin1');
  const name = oneLine(decodeWords(decodeText(raw, 'utf-8').replace(/\r?\n/gu, '')), 150);
  return name ? `${name.replace(/[/\\]/gu, '-')}.eml` : undefined;
}

/** `type/subtype` in lower case; what is none becomes bytes without a meaning. */
export function contentTypeOf(stated: string | undefined): string {
  const type = (stated ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/u.test(type) ? type : 'application/octet-stream';
}

/**
 * The name a file is offered under: no folders, no control characters, at most 200 characters with the ending kept; a part
 * without a name gets one from its type and its place.
 */
export function fileNameOf(stated: string | undefined, contentType: string, position: number): string {
  const name = legible(stated ?? '', 10_000)
    .replace(/[\p{Cc}\p{Cf}]+/gu, '')
    .split(/[/\\]/u)
    .at(-1)
    ?.trim()
    .replace(/^\.+/u, '');
  if (!name)
    return `${contentType === 'message/rfc822' ? 'message' : 'attachment'}-${position}${EXTENSIONS[contentType] ?? '.bin'}`;
  if (name.length <= MAX_NAME) return name;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return name.slice(0, MAX_NAME - ending.length).toWellFormed() + ending;
}
