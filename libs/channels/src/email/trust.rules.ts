import { AuthResult, type SenderTrust } from '#contracts';
import { MAIL_LIMITS } from './mail.limits.rules.js';
import type { HeaderLine } from './threading.rules.js';

/** What was found out about a mail, by whoever looked. */
export interface AuthFindings {
  source: SenderTrust['source'];
  /** Domain of the one address in From; null when there is none, or more than one: then nobody vouches for anything. */
  fromDomain: string | null;
  spf: { result: AuthResult; domain: string | null };
  dkim: { result: AuthResult; domain: string | null }[];
  dmarc: { result: AuthResult; domain: string | null };
}

/** A word of RFC 8601; one that is none counts as nothing said. */
export function authResult(word: unknown): AuthResult {
  const text = typeof word === 'string' ? word.trim().toLowerCase() : '';
  if (text === 'hardfail') return 'fail';
  const known = AuthResult.safeParse(text);
  return known.success ? known.data : 'none';
}

/** The domain of an address, or what already is one; lower case, without a dot at its end. */
export function domainOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const domain = text
    .slice(text.lastIndexOf('@') + 1)
    .trim()
    .replace(/^<|[>.]+$/gu, '')
    .toLowerCase();
  return /^[^\s.@]+(?:\.[^\s.@]+)+$/u.test(domain) ? domain.slice(0, 254) : null;
}

/** Close enough to stand for each other: the same domain, or one below the other (RFC 7489 §3.1, relaxed; stricter). */
const stands = (domain: string | null, from: string | null): boolean =>
  domain !== null && from !== null && (domain === from || domain.endsWith(`.${from}`) || from.endsWith(`.${domain}`));

const ORDER: AuthResult[] = ['pass', 'fail', 'temperror', 'permerror', 'policy', 'softfail', 'neutral', 'none'];
const best = (results: AuthResult[]): AuthResult => ORDER.find((result) => results.includes(result)) ?? 'none';

/** Nobody could find out anything. */
export function notLookedUp(fromDomain: string | null): SenderTrust {
  const nothing = { result: 'temperror', domain: null } as const;
  return trustOf({ source: 'check', fromDomain, spf: nothing, dkim: [nothing], dmarc: nothing });
}

/** Characters of a whole header, of one line of it, and of one that names very many people. */
const MEASURE = { header: 160 * 1024, line: 16 * 1024, people: 64 * 1024 } as const;
const PEOPLE = /^(?:to|cc)$/u;
const LONG_BLANK = /\s{500}/u;

/**
 * Whether a header is one that programs write. What looks up signatures takes the square of the length of a line for many
 * lines nobody but an attacker writes, and everything else would wait for it.
 */
export const isOfMeasure = (headers: readonly HeaderLine[]): boolean =>
  headers.length < MAIL_LIMITS.headerFields &&
  headers.reduce((sum, { line }) => sum + line.length, 0) <= MEASURE.header &&
  headers.every(
    ({ key, line }) => line.length <= (PEOPLE.test(key) ? MEASURE.people : MEASURE.line) && !LONG_BLANK.test(line),
  );

/**
 * Whether the domain in From vouches for the mail. A signature of that very domain is evidence; a server it allows to send
 * is a hint only, for others send from there too; everything else anybody can write.
 */
export function trustOf({ source, fromDomain, spf, dkim, dmarc }: AuthFindings): SenderTrust {
  const aligned = dkim.filter((signature) => stands(signature.domain, fromDomain));
  const isSigned = aligned.some(({ result }) => result === 'pass');
  const isAllowed = spf.result === 'pass' && stands(spf.domain, fromDomain);
  const policy = fromDomain !== null && dmarc.domain === fromDomain ? dmarc.result : 'none';
  const said = {
    source,
    domain: fromDomain,
    spf: spf.result,
    dkim: isSigned
      ? 'pass'
      : best(aligned.length > 0 ? aligned.map(({ result }) => result) : dkim.map(({ result }) => result)),
    dmarc: dmarc.result,
  } as const;
  if (policy === 'fail') return { ...said, verified: false, by: 'dmarc', proof: 'none' };
  if (isSigned) return { ...said, verified: true, by: policy === 'pass' ? 'dmarc' : 'dkim', proof: 'strong' };
  if (isAllowed) return { ...said, verified: true, by: policy === 'pass' ? 'dmarc' : 'spf', proof: 'weak' };
  if (policy === 'pass') return { ...said, verified: true, by: 'dmarc', proof: 'weak' };
  const isDenied = spf.result === 'fail' && stands(spf.domain, fromDomain);
  return { ...said, verified: isDenied ? false : null, by: isDenied ? 'spf' : null, proof: 'none' };
}
