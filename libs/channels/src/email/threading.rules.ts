import { tagOf } from './address.rules.js';

/** Headers that tell where a mail was sent to, or delivered in the end. */
const RECIPIENT_HEADERS = new Set([
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'x-delivered-to',
  'envelope-to',
  'x-forwarded-to',
  'resent-to',
]);
/** Where a mail to a thousand people names us, it does so early or in the envelope. */
const MAX_HEADER = 64 * 1024;
const MAX_TAGS = 20;

export interface HeaderLine {
  key: string;
  line: string;
}

/**
 * What stands behind the plus in the addresses a mail was sent to: those of the envelope first, then of its headers, each
 * once, at most 20.
 */
export function recipientTags(headers: readonly HeaderLine[], envelopeTo: readonly string[]): string[] {
  const written = headers.filter(({ key }) => RECIPIENT_HEADERS.has(key)).map(({ line }) => line.slice(0, MAX_HEADER));
  const named = written.flatMap((line) => line.split(/[\s<>,;:"'()[\]]+/u)).filter((word) => word.includes('+'));
  const tags = [...envelopeTo, ...named].flatMap((address) => tagOf(address) ?? []);
  return [...new Set(tags.map((tag) => tag.toLowerCase()))].slice(0, MAX_TAGS);
}
