import { z } from 'zod';

/** The closed vocabularies of work that is handed to another company, or comes from one. */

export const PartnerKind = z.enum(['manufacturer', 'carrier', 'lab', 'courier']);
export type PartnerKind = z.infer<typeof PartnerKind>;

/** How we speak with a partner: their ticket system, their mailbox, or a page behind a signed link. */
export const GatewayKind = z.enum(['tmf621', 'email', 'desk']);
export type GatewayKind = z.infer<typeof GatewayKind>;

/** What a message came by: a gateway, or one of us on the screen. */
export const MessageVia = z.enum([...GatewayKind.options, 'staff', 'clock']);
export type MessageVia = z.infer<typeof MessageVia>;

/** out: we give the work · in: they give it to us. */
export const HandoffDirection = z.enum(['out', 'in']);
export type HandoffDirection = z.infer<typeof HandoffDirection>;

/** Who gives the work and who takes it, whichever of the two we are. */
export const HandoffSide = z.enum(['giver', 'taker']);
export type HandoffSide = z.infer<typeof HandoffSide>;

/** advise: they tell us what to do · custody: they work on the device · transfer: they answer to the customer for it, too. */
export const HandoffMode = z.enum(['advise', 'custody', 'transfer']);
export type HandoffMode = z.infer<typeof HandoffMode>;

/** What one usually wants of whom. */
export const USUAL_MODE: Record<PartnerKind, HandoffMode> = {
  ...{ manufacturer: 'custody', lab: 'custody', courier: 'custody', carrier: 'advise' },
};

/**
 * draft → sent → acknowledged → accepted ⇄ info_requested → in_progress → resolved → closed; rejected, expired, cancelled and
 * recalled end it. Only whoever gave it closes it.
 */
export const HandoffState = z.enum([
  'draft',
  'sent',
  'acknowledged',
  'accepted',
  'info_requested',
  'in_progress',
  'resolved',
  'closed',
  'rejected',
  'expired',
  'cancelled',
  'recalled',
]);
export type HandoffState = z.infer<typeof HandoffState>;

/** What came of it, as whoever did the work says. */
export const HandoffOutcome = z.enum(['repaired', 'replaced', 'no_fault', 'unrepairable', 'advised', 'other']);
export type HandoffOutcome = z.infer<typeof HandoffOutcome>;

/** What may be told of a case; a partner's policy names those it gets and what for. */
export const ShareField = z.enum([
  'customer.name',
  'customer.phone',
  'customer.email',
  'customer.language',
  'device.model',
  'device.imei',
  'device.condition',
  'device.lock',
  'problem.statement',
  'impacts',
  'story',
  'warranty',
  'purchase',
  'photos',
  'files',
  'consent',
  'repair.fault',
]);
export type ShareField = z.infer<typeof ShareField>;

/** Who has a device in their hands. */
export const CustodyHolder = z.enum(['customer', 'store', 'courier', 'partner']);
export type CustodyHolder = z.infer<typeof CustodyHolder>;

/** How a change of hands was shown: the code of the leg was scanned, somebody signed, or both sides' systems say so. */
export const CustodyProof = z.enum(['scan', 'signature', 'system']);
export type CustodyProof = z.infer<typeof CustodyProof>;

/** One way from hand to hand. planned: nobody carries it yet · under_way: a courier has it · arrived · lost · cancelled */
export const LegState = z.enum(['planned', 'under_way', 'arrived', 'lost', 'cancelled']);
export type LegState = z.infer<typeof LegState>;

/** Of the handoffs given to them since a day: all, or those of which this is so. */
export const HandoffMeasure = z.enum([
  'given',
  'acknowledged_in_time',
  'acknowledged_late',
  'rejected',
  'overrun',
  're_repaired',
]);
export type HandoffMeasure = z.infer<typeof HandoffMeasure>;
