import { z } from 'zod';
import { tmfProblems } from './problem.js';

/** A trouble ticket as TMF621 v4 has it, checked on the way in. What the manufacturer does not know it leaves as it came. */

export const STATUSES = [
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'closed',
  'resolved',
] as const;
export const Status = z.enum(STATUSES);
export type Status = z.infer<typeof Status>;

const instant = z.iso.datetime({ offset: true });

const Note = z.looseObject({
  id: z.string().min(1).optional(),
  author: z.string().optional(),
  date: instant.optional(),
  text: z.string().min(1),
});
const Attachment = z
  .looseObject({
    id: z.string().min(1).optional(),
    name: z.string().optional(),
    mimeType: z.string().optional(),
    attachmentType: z.string().optional(),
    content: z.base64().optional(),
    url: z.string().optional(),
    href: z.string().optional(),
  })
  .refine(({ content, url, href }) => (content ?? url ?? href) !== undefined, { message: 'content, url or href' });
const Ref = z.looseObject({ id: z.string().min(1) });

const text = z.string();
/** What whoever reports may say of a ticket, at first and later. */
const said = {
  description: text.min(1).optional(),
  severity: text.min(1).optional(),
  ticketType: text.min(1).optional(),
  name: text.optional(),
  priority: text.optional(),
  externalId: text.optional(),
  requestedResolutionDate: instant.optional(),
  expectedResolutionDate: instant.optional(),
  resolutionDate: instant.optional(),
  statusChangeReason: text.optional(),
  note: z.array(Note).optional(),
  attachment: z.array(Attachment).optional(),
  relatedEntity: z.array(Ref).optional(),
  relatedParty: z.array(Ref).optional(),
  troubleTicketRelationship: z.array(z.looseObject({})).optional(),
  channel: Ref.optional(),
  '@type': text.optional(),
  '@baseType': text.optional(),
  '@schemaLocation': text.optional(),
};

/** A status that comes with a new ticket is left aside: only the manufacturer says how far it is. */
const NewTicket = z.object({
  ...said,
  description: said.description.unwrap(),
  severity: said.severity.unwrap(),
  ticketType: said.ticketType.unwrap(),
});
export type NewTicket = z.infer<typeof NewTicket>;

const TicketPatch = z.object({ ...said, status: Status.optional() });
export type TicketPatch = z.infer<typeof TicketPatch>;

const KEPT = ['id', 'href', 'creationDate', 'lastUpdate', 'statusChange', 'statusChangeDate'];

export interface Ticket extends Omit<NewTicket, 'note' | 'attachment'> {
  id: string;
  creationDate: string;
  lastUpdate: string;
  status?: Status;
  statusChangeDate?: string;
  statusChange: { status: Status; changeDate: string; changeReason?: string }[];
  note: (z.infer<typeof Note> & { id: string })[];
  attachment: (z.infer<typeof Attachment> & { id: string })[];
}

/** @throws TmfProblem 400 naming every fault */
function checked<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw tmfProblems.invalid(lines.join('; '));
}

export const newTicket = (body: unknown): NewTicket => checked(NewTicket, body);

/** @throws TmfProblem 400, also where it would change what only the manufacturer's system writes */
export function ticketPatch(body: unknown): TicketPatch {
  const forbidden = KEPT.filter((name) => typeof body === 'object' && body !== null && name in body);
  if (forbidden.length > 0) throw tmfProblems.invalid(`not to be changed: ${forbidden.join(', ')}`);
  return checked(TicketPatch, body);
}

export const listener = (body: unknown): { callback: string; query?: string | undefined } =>
  checked(z.object({ callback: z.url({ protocol: /^https?$/u }), query: z.string().optional() }), body);
