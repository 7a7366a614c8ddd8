import parseHeader, { type ParsedHeader } from 'mailauth/lib/parse-dkim-headers.js';
import type { SenderTrust } from '#contracts';
import type { HeaderLine } from './threading.rules.js';
import { authResult, domainOf, trustOf, type AuthFindings } from './trust.rules.js';

const NAME = 'authentication-results';
/** Longer ones no server writes. */
const MAX_LINE = 20_000;

/**
 * What a mail server in front of us found out, by its Authentication-Results (RFC 8601): the topmost one that bears its
 * name counts. All others may have been written by the sender.
 * @param trusted the authserv-id of that server
 * @param headers from top to bottom
 * @returns null when that server said nothing
 */
export function trustByHeader(
  trusted: string,
  headers: readonly HeaderLine[],
  fromDomain: string | null,
): SenderTrust | null {
  for (const { key, line } of headers) {
    if (key !== NAME || line.length > MAX_LINE) continue;
    const { parsed } = parseHeader(line);
    if (serverOf(parsed.value) === trusted.toLowerCase()) return trustOf(findingsOf(parsed, fromDomain));
  }
  return null;
}

/** A version may follow the name: `mx.example.com 1`. */
const serverOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.replaceAll('"', '').trim().split(/\s/u)[0]?.toLowerCase() : undefined;

const findingsOf = ({ spf, dkim, dmarc }: ParsedHeader, fromDomain: string | null): AuthFindings => ({
  source: 'header',
  fromDomain,
  spf: {
    result: authResult(spf?.value),
    domain: domainOf(spf?.smtp?.['mailfrom']) ?? domainOf(spf?.smtp?.['helo']),
  },
  dkim: (dkim ?? []).map(({ value, header }) => ({
    result: authResult(value),
    domain: domainOf(header?.['d']) ?? domainOf(header?.['i']),
  })),
  dmarc: { result: authResult(dmarc?.value), domain: domainOf(dmarc?.header?.['from']) },
});
