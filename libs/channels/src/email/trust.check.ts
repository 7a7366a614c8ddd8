import { Logger } from '@nestjs/common';
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { AuthenticateResult, DNSResolver } from 'mailauth';
import type { SenderTrust } from '#contracts';
import { isNear } from './near.hosts.js';
import { authResult, domainOf, notLookedUp, trustOf } from './trust.rules.js';

/** What is known of the server that delivered a mail. */
export interface DeliveringServer {
  ip: string | null;
  helo: string | null;
  envelopeFrom: string | null;
}

/** Longest one mail waits for the DNS of its sender. */
const PATIENCE_MS = 5000;
const QUESTION_MS = 2000;
const KEPT_ANSWERS = 5000;
const KEEP_MS = 5 * 60_000;

type Answer = string[][] | string[];

/** DNS with bounded patience; what it answered is remembered for five minutes, bad news too. */
export function patientResolver(): DNSResolver {
  const dns = new Resolver({ timeout: QUESTION_MS, tries: 2 });
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>();
  return (domain, type) => {
    const name = `${type} ${domain.toLowerCase()}`;
    const known = kept.get(name);
    if (known && known.until > performance.now()) return known.answer;
    const answer = dns.resolve(domain, type) as Promise<Answer>;
    // Whoever asked hears of the failure; what is remembered must not end the process.
    answer.catch(() => undefined);
    kept.delete(name);
    kept.set(name, { answer, until: performance.now() + KEEP_MS });
    const [oldest] = kept.keys();
    if (kept.size > KEPT_ANSWERS && oldest) kept.delete(oldest);
    return answer;
  };
}

/** Looks up SPF, DKIM and DMARC of incoming mail. */
export class SenderCheck {
  private readonly log = new Logger(SenderCheck.name);

  constructor(
    private readonly resolver: DNSResolver = patientResolver(),
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** @returns `temperror` everywhere when DNS does not answer in time: nothing is known then, and nothing waits */
  async check(original: Readable | Buffer, server: DeliveringServer, fromDomain: string | null): Promise<SenderTrust> {
    const done = new AbortController();
    try {
      const found = await Promise.race([
        this.look(original, server).catch((error: unknown) => this.unreadable(error)),
        sleep(this.patienceMs, null, { signal: done.signal, ref: false }),
      ]);
      if (found) return judged(found, fromDomain);
    } finally {
      done.abort();
    }
    return notLookedUp(fromDomain);
  }

  /** A mail no check can read is one nothing is known of; it is taken in all the same. */
  private unreadable(error: unknown): null {
    this.log.warn(`who sent a mail could not be looked up: ${String(error)}`);
    return null;
  }

  private async look(original: Readable | Buffer, { ip, helo, envelopeFrom }: DeliveringServer) {
    // Loaded when it is first needed: most houses have a mail server in front that looks.
    const { authenticate } = await import('mailauth');
    const known = ip !== null && isIP(ip) !== 0 && !isNear(ip);
    return authenticate(original, {
      ...(known && { ip, helo: helo ?? ip, sender: envelopeFrom ?? '' }),
      resolver: this.resolver,
      disableArc: true,
      disableBimi: true,
      mta: 'hilo',
    });
  }
}

function judged({ spf, dkim, dmarc }: AuthenticateResult, fromDomain: string | null): SenderTrust {
  const known = spf !== false && Boolean(spf['client-ip']);
  return trustOf({
    source: 'check',
    fromDomain,
    spf: known
      ? { result: authResult(spf.status.result), domain: domainOf(spf.domain) }
      : { result: 'none', domain: null },
    dkim: dkim.results.map(({ status, signingDomain }) => ({
      result: authResult(status.result),
      domain: domainOf(signingDomain),
    })),
    dmarc: dmarc ? { result: authResult(dmarc.status.result), domain: fromDomain } : { result: 'none', domain: null },
  });
}
