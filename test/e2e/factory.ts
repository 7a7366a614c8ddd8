import { z } from 'zod';
import type { FactoryDay, Sandbox } from '../../apps/sandbox/src/index.js';
import { ask } from './staff.js';

const Ticket = z.object({
  id: z.string(),
  externalId: z.string(),
  status: z.string().optional(),
  description: z.string(),
  note: z.array(z.object({ id: z.string(), text: z.string() })),
  attachment: z.array(z.object({ attachmentType: z.string().optional(), name: z.string().optional() })),
});
export type FactoryTicket = z.infer<typeof Ticket>;

/** What a person at the manufacturer does: `{do: 'accept', …}`. */
export interface FactoryDeed {
  do: string;
  [field: string]: unknown;
}

/** The manufacturer of the sandbox, through its control API. */
export class Factory {
  constructor(private readonly sandbox: Pick<Sandbox, 'url'>) {}

  /** Where its ticket system is, and by what it knows us: `tmf621` of a partner. */
  get peer() {
    const { url } = this.sandbox;
    const tokenUrl = `${url}/manufacturer/oauth2/token`;
    return {
      url: `${url}/manufacturer/tmf-api/troubleTicket/v4`,
      auth: { kind: 'oauth2' as const, tokenUrl, clientId: 'nexo', clientSecret: 'sandbox-partner-secret' },
    };
  }

  /** Tickets by our number for them. */
  async tickets(externalId: string): Promise<FactoryTicket[]> {
    const { items } = await this.call('GET', '/tickets', z.object({ items: z.array(Ticket) }));
    return items.filter((ticket) => ticket.externalId === externalId);
  }

  act(ticketId: string, deed: FactoryDeed): Promise<FactoryTicket> {
    return this.call('POST', `/tickets/${ticketId}/deeds`, Ticket, deed);
  }

  async day(weather: Partial<FactoryDay>): Promise<void> {
    await this.call('POST', '/weather', z.unknown(), weather);
  }

  async goodDay(): Promise<void> {
    await this.call('DELETE', '/weather', z.unknown());
  }

  /** All that was told of a ticket, once more; what each was answered. */
  async replay(ticketId: string, copies: number, reversed: boolean): Promise<(number | null)[]> {
    const schema = z.object({ statuses: z.array(z.number().nullable()) });
    return (await this.call('POST', '/replay', schema, { ticketId, copies, reversed })).statuses;
  }

  private async call<T extends z.ZodType>(
    method: string,
    path: string,
    schema: T,
    body?: unknown,
  ): Promise<z.output<T>> {
    const answer = await ask(`${this.sandbox.url}/control/manufacturer${path}`, { method, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.bytes.toString()}`);
    return schema.parse(answer.body);
  }
}
