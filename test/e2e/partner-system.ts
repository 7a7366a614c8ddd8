import { NewPartnerKey, Partner, type PartnerBody, type ShareField } from '#contracts';
import { partnerBody, sharing } from '../integration/partners.world.js';
import { ask, type Answer, type Asked, type Staff } from './staff.js';

export const TMF = '/tmf-api/troubleTicket/v4';

/** A company that works with us. @param admin somebody who may say so */
export function addPartner(
  admin: Staff,
  { share = [], ...body }: Partial<PartnerBody> & { share?: ShareField[] } = {},
): Promise<Partner> {
  const told = partnerBody({ ...body, terms: { share: sharing(...share), ...body.terms } });
  return admin.done('/partners', Partner, { method: 'POST', body: told });
}

export const addKey = (admin: Staff, partnerId: string, kind: 'api_key' | 'oauth2_client'): Promise<NewPartnerKey> =>
  admin.done(`/partners/${partnerId}/keys`, NewPartnerKey, { method: 'POST', body: { kind, label: 'tickets' } });

/** A partner's system at our TMF621 API. */
export class PartnerSystem {
  constructor(
    readonly url: string,
    readonly headers: Record<string, string>,
  ) {}

  static async withKey(url: string, admin: Staff, partnerId: string): Promise<PartnerSystem> {
    return new PartnerSystem(url, { 'x-api-key': (await addKey(admin, partnerId, 'api_key')).secret });
  }

  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(`${this.url}${TMF}${path}`, { ...asked, headers: { ...this.headers, ...asked.headers } });
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.ask(path, { method: 'POST', body });
  }

  patch(id: string, body: unknown): Promise<Answer> {
    return this.ask(`/troubleTicket/${id}`, { method: 'PATCH', body });
  }

  /** The body of a 2xx. @throws Error with what came instead */
  async ticket(answer: Promise<Answer>): Promise<Record<string, unknown> & { id: string }> {
    const { status, body, bytes } = await answer;
    if (status >= 300) throw new Error(`${status} ${bytes.toString()}`);
    return body as Record<string, unknown> & { id: string };
  }
}
