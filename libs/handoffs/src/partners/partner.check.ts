import { Injectable } from '@nestjs/common';
import type { Language, PartnerCheck, Tmf621Peer } from '#contracts';
import { askOutside, reasonOf, saidIn } from '#platform';
import { askToken } from './client-credentials.js';
import type { PartnerRecord } from './partner-record.js';
import { PartnerSecrets } from './partner.secrets.js';

const LIMITS = { patienceMs: 8000, most: 1024 * 1024 };

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
      return { finding: 'secret_lost', detail: reasonOf(error) };
    }
    try {
      return await ask(partner.tmf621, secret ?? '');
    } catch (error) {
      return { finding: 'unreachable', detail: reasonOf(error) };
    }
  }
}

async function ask({ url, auth }: Tmf621Peer, secret: string): Promise<Found> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (auth.kind === 'api_key') headers[auth.header] = secret;
  if (auth.kind === 'oauth2') {
    const token = await askToken(auth, secret);
    if (token.value === null) return { finding: 'no_token', detail: token.said };
    headers['authorization'] = `Bearer ${token.value}`;
  }
  const list = `${url.replace(/\/+$/u, '')}/troubleTicket?limit=1&fields=id`;
  const answer = await askOutside(list, { headers }, LIMITS);
  const detail = `${answer.status} ${saidIn(answer)}`.trim();
  if (answer.status === 401 || answer.status === 403) return { finding: 'refused', detail };
  if (!answer.ok) return { finding: 'no_list', detail };
  return isList(answer.bytes) ? { finding: 'works', detail: null } : { finding: 'no_list', detail: null };
}

function isList(bytes: Buffer): boolean {
  try {
    return Array.isArray(JSON.parse(bytes.toString('utf8')));
  } catch {
    return false;
  }
}
