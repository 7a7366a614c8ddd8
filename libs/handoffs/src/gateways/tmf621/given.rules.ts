import { HandoffDocument, HandoffMode, type Priority } from '#contracts';
import { readContent } from './content.rules.js';
import { priorityIn, short } from './status.rules.js';
import type { NewTicket, TicketFile } from './ticket.js';

/** Work that comes as a ticket. */

export interface Given {
  ask: string;
  mode: HandoffMode;
  priority: Priority;
  document: HandoffDocument;
  /** Without what was read as data. */
  files: TicketFile[];
}

const Told = HandoffDocument.partial();

export function givenBy(ticket: NewTicket): Given {
  const told = (ticket.attachment ?? []).find(({ attachmentType }) => attachmentType === 'handoff');
  const known = Told.safeParse(readContent(told?.content)).data ?? {};
  const device = { ...deviceIn(ticket), ...known.device };
  const ask = short(known.ask ?? ticket.description, 2000);
  const mode = modeOf(ticket.ticketType, Object.keys(device).length > 0);
  const priority = priorityIn(ticket.priority, ticket.severity);
  const customer = { ...customerIn(ticket), ...known.customer };
  const reference = ticket.externalId ?? '';
  const document = HandoffDocument.parse({
    form: {},
    ...known,
    reference,
    mode,
    priority,
    ask,
    device,
    customer,
    files: [],
  });
  return { ask, mode, priority, document, files: (ticket.attachment ?? []).filter((file) => file !== told) };
}

/** Of a type that is none of ours: they give us a device where they name one. */
function modeOf(type: string, hasDevice: boolean): HandoffMode {
  return HandoffMode.safeParse(type).data ?? (hasDevice ? 'custody' : 'advise');
}

const some = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value ? ({ [key]: value } as Record<K, string>) : {};

function customerIn({ relatedParty = [] }: NewTicket): Partial<Record<'name' | 'phone' | 'email', string>> {
  const party = relatedParty.find(({ role }) => /customer|cliente|subscriber/iu.test(role ?? ''));
  return { ...some('name', party?.name), ...some('phone', party?.phone), ...some('email', party?.email) };
}

function deviceIn({ relatedEntity = [] }: NewTicket): Partial<Record<'model' | 'imei', string>> {
  const entity = relatedEntity.find(({ role }) => /device|phone|product/iu.test(role ?? ''));
  const imei = /^\d{14,16}$/u.test(entity?.id ?? '') ? entity?.id : undefined;
  return { ...some('model', entity?.name), ...some('imei', imei) };
}
