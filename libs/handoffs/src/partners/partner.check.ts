import { Injectable } from '@nestjs/common';
import type { Language, PartnerCheck, Tmf621Peer } from '#contracts';
import type { PartnerRecord } from './partner-record.js';
import { PartnerSecrets } from './partner.secrets.js';

const PATIENCE_MS = 8000;
const MOST_DETAIL = 300;

type Finding = 'works' | 'unreachable' | 'no_token' | 'refused' | 'no_list' | 'by_mail' | 'by_link' | 'secret_lost';

const WORDS: Record<Finding, Record<Language, string>> = {
  works: { es: 'Su sistema responde y nos reconoce.', en: 'Their system answers and knows us.' },
  unreachable: { es: 'Su sistema no responde en esa dirección.', en: 'Their system does not answer at this address.' },
  no_token: {
    es: 'No nos dan acceso: revisa el nombre y la clave.',
    en: 'They do not let us in: check the name and the secret.',
  },
  refused: { es: 'Su sistema no acepta la clave.', en: 'Their system does not take the key.' },
  no_list: {
    es: 'Ahí contesta algo, pero no son los tickets de TMF621: revisa la dirección.',
    en: 'Something answers there, but not the tickets of TMF621: check the address.',
  },
  by_mail: {
    es: 'Se les escribe por correo: sabremos que llega cuando contesten.',
    en: 'They are written to by mail: that it arrives is known when they answer.',
  },
  by_link: {
    es: 'Trabajan con un enlace que reciben por correo: sabremos que llega cuando lo abran.',
    en: 'They work by a link that goes out by mail: that it arrives is known when they open it.',
  },
  secret_lost: {
    es: 'La clave guardada ya no se puede leer: escríbela de nuevo.',
    en: 'The secret that was kept cannot be read any more: enter it again.',
  },
};

interface Found {
  finding: Finding;
  detail: string | null;
}

/** Asks a partner's system whether it would let us in, and changes nothing there. */
@Injectable()
export class PartnerChecks {
  constructor(private readonly secrets: PartnerSecrets) {}

  /** What does not work is an answer, not an error. Holds no transaction. */
  async check(partner: PartnerRecord, language: Language): Promise<PartnerCheck> {
    const { finding, detail } = await this.look(partner);
    const works = finding === 'by_mail' || finding === 'by_link' ? null : finding === 'works';
    return { works, message: WORDS[finding][language], detail };
  }

  private async look(partner: PartnerRecord): Promise<Found> {
    if (partner.gateway !== 'tmf621' || !partner.tmf621)
      return { finding: partner.gateway === 'desk' ? 'by_link' : 'by_mail', detail: partner.email };
    let secret: string | null;
    try {
      secret = this.secrets.open(partner);
    } catch (error) {
      return { finding: 'secret_lost', detail: messageOf(error) };
    }
    try {
      return await ask(partner.tmf621, secret ?? '');
    } catch (error) {
      return { finding: 'unreachable', detail: messageOf(error) };
    }
  }
}

async function ask({ url, auth }: Tmf621Peer, secret: string): Promise<Found> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (auth.kind === 'api_key') headers[auth.header] = secret;
  if (auth.kind === 'oauth2') {
    const token = await tokenOf(auth, secret);
    if (typeof token !== 'string') return { finding: 'no_token', detail: token.detail };
    headers['authorization'] = `Bearer ${token}`;
  }
  const answer = await get(`${url.replace(/\/+$/u, '')}/troubleTicket?limit=1&fields=id`, { headers });
  if (answer.status === 401 || answer.status === 403) return { finding: 'refused', detail: await said(answer) };
  if (!answer.ok) return { finding: 'no_list', detail: await said(answer) };
  const list: unknown = await answer.json().catch(() => null);
  return Array.isArray(list) ? { finding: 'works', detail: null } : { finding: 'no_list', detail: null };
}

/** By client credentials (RFC 6749 §4.4); the secret goes nowhere a redirect leads. */
async function tokenOf(
  { tokenUrl, clientId, scope }: Extract<Tmf621Peer['auth'], { kind: 'oauth2' }>,
  secret: string,
): Promise<string | { detail: string }> {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64');
  const answer = await get(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }).toString(),
  });
  if (!answer.ok) return { detail: await said(answer) };
  const body = (await answer.json().catch(() => null)) as { access_token?: unknown } | null;
  return typeof body?.access_token === 'string' ? body.access_token : { detail: `${answer.status}: no access_token` };
}

const get = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });

const said = async (answer: Response): Promise<string> =>
  `${answer.status} ${(await answer.text().catch(() => '')).slice(0, MOST_DETAIL)}`.trim();

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
