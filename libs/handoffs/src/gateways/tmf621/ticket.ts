import { z } from 'zod';

/** A trouble ticket as TMF621 v4 has it: strictly where it comes to us, forgivingly where we read one of theirs. */

export const TicketStatus = z.enum([
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'closed',
  'resolved',
]);
export type TicketStatus = z.infer<typeof TicketStatus>;

/** Any spelling of a moment a computer reads; ours from there on. */
const moment = z
  .string()
  .max(60)
  .refine((text) => !Number.isNaN(Date.parse(text)), { message: 'is no date-time' })
  .transform((text) => new Date(text).toISOString());
const text = (most: number) => z.string().max(most);
const needed = (most: number) => z.string().trim().min(1).max(most);

export const TicketNote = z.looseObject({
  id: needed(200).optional(),
  author: text(200).optional(),
  date: moment.optional(),
  text: needed(5000),
  '@type': text(200).optional(),
});
export type TicketNote = z.infer<typeof TicketNote>;

export const TicketFile = z.looseObject({
  id: needed(200).optional(),
  attachmentType: text(100).optional(),
  mimeType: text(255).optional(),
  name: text(255).optional(),
  description: text(5000).optional(),
  /** The bytes themselves, in base64; or where they are. */
  content: z.base64().optional(),
  url: text(2000).optional(),
  href: text(2000).optional(),
});
export type TicketFile = z.infer<typeof TicketFile>;

export const TicketParty = z.looseObject({
  id: text(200).optional(),
  name: text(200).optional(),
  role: text(100).optional(),
  email: text(254).optional(),
  phone: text(40).optional(),
  '@referredType': text(100).optional(),
});
export type TicketParty = z.infer<typeof TicketParty>;

export const TicketEntity = z.looseObject({
  id: text(200).optional(),
  name: text(200).optional(),
  role: text(100).optional(),
  '@referredType': text(100).optional(),
});
export type TicketEntity = z.infer<typeof TicketEntity>;

/** What whoever gives the work, or works on it, may say of a ticket. */
const said = {
  name: text(200).optional(),
  priority: text(50).optional(),
  externalId: text(200).optional(),
  requestedResolutionDate: moment.optional(),
  expectedResolutionDate: moment.optional(),
  resolutionDate: moment.optional(),
  statusChangeReason: text(2000).optional(),
  note: z.array(TicketNote).max(500).optional(),
  attachment: z.array(TicketFile).max(200).optional(),
  relatedParty: z.array(TicketParty).max(50).optional(),
  relatedEntity: z.array(TicketEntity).max(50).optional(),
  troubleTicketRelationship: z.array(z.looseObject({})).max(50).optional(),
  channel: z.looseObject({}).optional(),
};

/** A status that comes along is left aside: how far it is, whoever took it says. */
export const NewTicket = z.object({
  ...said,
  description: needed(20_000),
  severity: needed(50),
  ticketType: needed(100),
});
export type NewTicket = z.infer<typeof NewTicket>;

export const TicketPatch = z
  .looseObject({
    ...said,
    description: text(20_000).optional(),
    severity: needed(50).optional(),
    ticketType: needed(100).optional(),
    status: TicketStatus.optional(),
  })
  .superRefine((patch, context) => {
    for (const name of KEPT.filter((one) => one in patch))
      context.addIssue({ code: 'custom', path: [name], message: 'is not to be changed' });
  });
export type TicketPatch = z.infer<typeof TicketPatch>;

/** What only the system that keeps the ticket writes. */
const KEPT = ['id', 'href', 'creationDate', 'lastUpdate', 'statusChange', 'statusChangeDate'];

export const Listener = z.object({
  callback: z.url({ protocol: /^https?$/u }).max(1000),
  query: text(500).nullish(),
});
export type Listener = z.infer<typeof Listener>;

/** What of a list can be read; the rest of it is left aside. */
const readable = <T extends z.ZodType>(one: T) =>
  z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform((items) =>
      items?.flatMap((item) => {
        const read = one.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    );
const loosely = <T extends z.ZodType>(one: T) => one.optional().catch(undefined);

export const StatusChange = z.looseObject({
  status: TicketStatus,
  changeDate: moment,
  changeReason: loosely(text(5000)),
});
export type StatusChange = z.infer<typeof StatusChange>;

/** A ticket of another system: whatever of it is not as it should be is not there. */
export const TheirTicket = z.looseObject({
  id: z.union([z.string().min(1).max(200), z.number().transform(String)]),
  externalId: loosely(z.string()),
  status: loosely(TicketStatus),
  statusChangeDate: loosely(moment),
  statusChangeReason: loosely(text(5000)),
  statusChange: readable(StatusChange),
  lastUpdate: loosely(moment),
  expectedResolutionDate: loosely(moment),
  note: readable(TicketNote),
  attachment: readable(TicketFile),
  relatedParty: readable(TicketParty),
  relatedEntity: readable(TicketEntity),
});
export type TheirTicket = z.infer<typeof TheirTicket>;

/** A ticket of ours. */
export interface Ticket extends Omit<NewTicket, 'troubleTicketRelationship' | 'channel'> {
  id: string;
  href: string;
  status: TicketStatus;
  statusChangeDate: string;
  statusChangeReason?: string;
  statusChange: StatusChange[];
  creationDate: string;
  lastUpdate: string;
  '@type': 'TroubleTicket';
}
