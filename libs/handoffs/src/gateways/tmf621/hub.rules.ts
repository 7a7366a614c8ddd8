import type { Ticket } from './ticket.js';

/** What a hub tells its listeners (TMF621 v4). */

export type TicketEvent =
  'Create' | 'AttributeValueChange' | 'StatusChange' | 'Delete' | 'Resolved' | 'InformationRequired';

const EVENTS: Partial<Record<string, TicketEvent[]>> = {
  sent: ['Create'],
  acknowledged: ['StatusChange'],
  accepted: ['StatusChange'],
  in_progress: ['StatusChange'],
  rejected: ['StatusChange'],
  asked: ['StatusChange', 'InformationRequired'],
  info: ['StatusChange'],
  reopened: ['StatusChange'],
  resolved: ['StatusChange', 'Resolved'],
  cancelled: ['StatusChange'],
  recalled: ['StatusChange'],
  expired: ['StatusChange'],
  closed: ['StatusChange'],
};

/** What is told of a word. */
export const eventsOf = (kind: string, isDeleted: boolean): TicketEvent[] =>
  isDeleted && kind !== 'sent' ? ['Delete'] : (EVENTS[kind] ?? ['AttributeValueChange']);

const ASKED = ['status', 'severity', 'ticketType', 'externalId', 'priority', 'id'] as const;

/** Whether a listener asked to be told of it: `eventType=…`, and attributes of the ticket, as a query. */
export function wants(query: string, event: TicketEvent, ticket: Ticket): boolean {
  const asked = new URLSearchParams(query.replace(/^\?/u, ''));
  const named = (name: string) => asked.getAll(name).flatMap((value) => value.split(','));
  const types = named('eventType');
  if (types.length > 0 && !types.some((type) => [event, nameOf(event)].includes(type))) return false;
  return ASKED.every((name) => {
    const wanted = named(name);
    return wanted.length === 0 || wanted.includes(String(ticket[name] ?? ''));
  });
}

export const nameOf = (event: TicketEvent): string => `TroubleTicket${event}Event`;

/** The same each time it is told. */
export const bodyOf = (event: TicketEvent, id: string, at: Date, ticket: Ticket) => ({
  eventId: `${id}.${event}`,
  eventTime: at.toISOString(),
  eventType: nameOf(event),
  correlationId: ticket.id,
  domain: 'troubleTicket',
  title: `${ticket.externalId ?? ticket.id} ${event}`,
  description: ticket.name ?? ticket.id,
  priority: ticket.priority ?? 'normal',
  timeOcurred: at.toISOString(),
  event: { troubleTicket: ticket },
});
