import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Tmf621Peer } from '#contracts';
import { askOutside, CLOCK, DomainError, reasonOf, saidIn, type Clock, type OutsideAnswer } from '#platform';
import { askToken, type ClientAuth } from '../../partners/client-credentials.js';
import type { PartnerRecord } from '../../partners/partner-record.js';
import { PartnerSecrets } from '../../partners/partner.secrets.js';
import { readJson } from './content.rules.js';

/** A token is renewed this long before it ends. */
const EARLY_MS = 30_000;
/** As much as a file may weigh. */
const LIMITS = { patienceMs: 15_000, most: 8 * 1024 * 1024 };

/** What a partner's system answered; `status` null: nothing. */
export interface Answer {
  status: number | null;
  /** Undefined: it was no JSON. */
  body: unknown;
  error: string | null;
  /** Seconds they ask to wait. */
  retryAfter: number | null;
}

/** Calls partners' ticket systems, as whom they know us. Never throws for what they do. */
@Injectable()
export class TmfPeers {
  private readonly log = new Logger('TmfPeers');
  private readonly tokens = new Map<string, { value: string; until: number; peer: string }>();

  constructor(
    private readonly secrets: PartnerSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param path within their API, as '/troubleTicket' */
  async call(partner: PartnerRecord, method: string, path: string, body?: unknown): Promise<Answer> {
    const peer = peerOf(partner);
    const url = `${peer.url.replace(/\/+$/u, '')}${path}`;
    const first = await this.attempt(partner, peer, { method, url, body });
    // A token they have forgotten is asked for once more.
    if (first.status !== 401 || peer.auth.kind !== 'oauth2' || !this.tokens.delete(partner.id)) return first;
    return this.attempt(partner, peer, { method, url, body });
  }

  /** The bytes of a file they name, when it lies where their API does; null: it is not to be had, whatever the reason. */
  async download(partner: PartnerRecord, address: string): Promise<Buffer | null> {
    const peer = peerOf(partner);
    if (!URL.canParse(address) || new URL(address).origin !== new URL(peer.url).origin) return null;
    try {
      const answer = await askOutside(address, { headers: await this.headers(partner, peer) }, LIMITS);
      return answer.ok && answer.isWhole ? answer.bytes : null;
    } catch (error) {
      this.log.warn({ err: error, partnerId: partner.id }, 'a file could not be fetched');
      return null;
    }
  }

  private async attempt(
    partner: PartnerRecord,
    peer: Tmf621Peer,
    { method, url, body }: { method: string; url: string; body: unknown },
  ): Promise<Answer> {
    try {
      const headers = await this.headers(partner, peer);
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const type = body === undefined ? {} : { 'content-type': 'application/json;charset=utf-8' };
      const all = { ...headers, ...type, accept: 'application/json' };
      return readAnswer(await askOutside(url, { method, headers: all, ...sent }, LIMITS));
    } catch (error) {
      const status = error instanceof TokenRefused ? 401 : null;
      return { status, body: undefined, error: reasonOf(error), retryAfter: null };
    }
  }

  private async headers(partner: PartnerRecord, { auth }: Tmf621Peer): Promise<Record<string, string>> {
    if (auth.kind === 'none') return {};
    const secret = this.secrets.open(partner) ?? '';
    if (auth.kind === 'api_key') return { [auth.header]: secret };
    return { authorization: `Bearer ${await this.token(partner.id, auth, secret)}` };
  }

  private async token(partnerId: string, auth: ClientAuth, secret: string): Promise<string> {
    const now = this.clock.now().getTime();
    const [held, peer] = [this.tokens.get(partnerId), JSON.stringify([auth, secret])];
    if (held?.peer === peer && now < held.until) return held.value;
    const token = await askToken(auth, secret);
    if (token.value === null) {
      const said = `the token server said: ${token.said}`;
      throw token.isRefused ? new TokenRefused(said) : new Error(said);
    }
    const { value, seconds } = token;
    this.tokens.set(partnerId, { value, until: now + Math.max(1000, seconds * 1000 - EARLY_MS), peer });
    return value;
  }
}

class TokenRefused extends Error {}

/** @throws DomainError partner.gateway_incomplete */
export function peerOf({ tmf621 }: Pick<PartnerRecord, 'tmf621'>): Tmf621Peer {
  if (!tmf621) throw new DomainError('partner.gateway_incomplete');
  return tmf621;
}

function readAnswer(answer: OutsideAnswer): Answer {
  const { status, ok, bytes, isWhole, retryAfter } = answer;
  const body = isWhole ? parsed(bytes.toString('utf8')) : undefined;
  const error = ok && body !== undefined ? null : `${status} ${saidIn(answer)}`.trim();
  return { status, body, error, retryAfter };
}

/** Undefined: no JSON. Nothing at all is null. */
function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
