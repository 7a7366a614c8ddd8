import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import type { Tmf621Peer } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import type { PartnerRecord } from '../../partners/partner-record.js';
import { PartnerSecrets } from '../../partners/partner.secrets.js';
import { readJson } from './content.rules.js';

const PATIENCE_MS = 15_000;
/** A token is renewed this long before it ends. */
const EARLY_MS = 30_000;
/** So much of a refusal is kept, to be read by a person. */
const MOST_SAID = 300;
const MOST_BYTES = 8 * 1024 * 1024;

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().default(300) });

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
      const answer = await fetch(address, {
        ...{ headers: await this.headers(partner, peer), redirect: 'error' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES) return null;
      const bytes = Buffer.from(await answer.arrayBuffer());
      return bytes.length > MOST_BYTES ? null : bytes;
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
      const answer = await fetch(url, {
        ...{ method, headers: { ...headers, ...type, accept: 'application/json' }, ...sent, redirect: 'manual' },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return await readAnswer(answer);
    } catch (error) {
      const because = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const said = because instanceof Error ? because.message : String(because);
      return { status: error instanceof TokenRefused ? 401 : null, body: undefined, error: said, retryAfter: null };
    }
  }

  private async headers(partner: PartnerRecord, { auth }: Tmf621Peer): Promise<Record<string, string>> {
    if (auth.kind === 'none') return {};
    const secret = this.secrets.open(partner) ?? '';
    if (auth.kind === 'api_key') return { [auth.header]: secret };
    return { authorization: `Bearer ${await this.token(partner.id, auth, secret)}` };
  }

  private async token(
    partnerId: string,
    auth: Extract<Tmf621Peer['auth'], { kind: 'oauth2' }>,
    secret: string,
  ): Promise<string> {
    const now = this.clock.now().getTime();
    const [held, peer] = [this.tokens.get(partnerId), JSON.stringify([auth, secret])];
    if (held?.peer === peer && now < held.until) return held.value;
    const form = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: auth.clientId, client_secret: secret },
      ...(auth.scope ? { scope: auth.scope } : {}),
    });
    const answer = await fetch(auth.tokenUrl, {
      ...{ method: 'POST', body: form, headers: { accept: 'application/json' }, redirect: 'error' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 400 || answer.status === 401 || answer.status === 403)
      throw new TokenRefused('the token server refused our client');
    const granted = Granted.safeParse(parsed(await answer.text()));
    if (!answer.ok || !granted.success) throw new Error(`the token server answered ${answer.status} and no token`);
    const { access_token: value, expires_in: seconds } = granted.data;
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

async function readAnswer(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const body = parsed(text);
  const error = answer.ok && body !== undefined ? null : `${answer.status} ${text.slice(0, MOST_SAID)}`.trim();
  return { status: answer.status, body, error, retryAfter: Number.isFinite(wait) ? wait : null };
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
