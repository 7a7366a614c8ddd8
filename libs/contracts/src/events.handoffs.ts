import { z } from 'zod';
import { TargetCalendar } from './clocks.js';
import { ClaimState, Hands } from './custody.js';
import { Contact, PartnerQuote } from './handoffs.messages.js';
import { HandoffDirection, HandoffMode, HandoffOutcome, HandoffState } from './handoffs.words.js';
import { PartnerTargets } from './partners.js';
import { Id, Instant } from './primitives.js';
import { RepairCover } from './quotes.js';

const which = { handoffId: Id, reference: z.string(), partnerId: Id, partnerName: z.string() };
/** `out`: we gave the work; `repairId`, `deviceId`: what it is about. */
const about = {
  direction: HandoffDirection,
  mode: HandoffMode,
  /** How it stands from then on. */
  state: HandoffState,
  repairId: Id.nullable(),
  deviceId: Id.nullable(),
};
const text = z.string().nullable();

/** What is said between us and a partner, and what becomes of the device and of who answers for it meanwhile. */
export const HANDOFF_EVENTS = {
  'handoff.drafted': z.object({ ...which, ...about }),
  /** `targets`: how long they may take, as was agreed for its priority, in minutes of that `calendar`. */
  'handoff.sent': z.object({
    ...{ ...which, ...about },
    ask: z.string(),
    targets: PartnerTargets.nullable().default(null),
    calendar: TargetCalendar.default('house'),
  }),
  'handoff.acknowledged': z.object({ ...which, ...about }),
  'handoff.accepted': z.object({
    ...{ ...which, ...about },
    partnerRef: z.string().nullable(),
    engineer: Contact.nullable(),
    etaAt: Instant.nullable(),
  }),
  'handoff.rejected': z.object({ ...which, ...about, reason: z.string(), nextStep: z.string() }),
  'handoff.asked': z.object({ ...which, ...about, question: z.string() }),
  'handoff.answered': z.object({ ...which, ...about, text: z.string() }),
  'handoff.progressed': z.object({ ...which, ...about, text }),
  'handoff.eta_moved': z.object({ ...which, ...about, from: Instant.nullable(), to: Instant, reason: text }),
  'handoff.quoted': z.object({ ...which, ...about, entryId: Id, quote: PartnerQuote }),
  /** They have the device, or sent it back. */
  'handoff.device_received': z.object({ ...which, ...about }),
  'handoff.device_dispatched': z.object({
    ...{ ...which, ...about },
    carrier: text,
    trackingNumber: text,
    etaAt: Instant.nullable(),
  }),
  'handoff.resolved': z.object({
    ...{ ...which, ...about },
    outcome: HandoffOutcome,
    text: z.string(),
    cover: RepairCover.nullable(),
  }),
  'handoff.reopened': z.object({ ...which, ...about, reason: z.string() }),
  'handoff.closed': z.object({ ...which, ...about }),
  /** It came to nothing: nobody answered, or whoever gave it took it back. */
  'handoff.expired': z.object({ ...which, ...about }),
  'handoff.cancelled': z.object({ ...which, ...about, reason: z.string() }),
  'handoff.recalled': z.object({ ...which, ...about, reason: z.string() }),
  /** They do not answer, and we go on without them. */
  'handoff.went_on': z.object({ ...which, ...about, reason: z.string(), nextStep: z.string() }),
  'handoff.nudged': z.object({ ...which, ...about, to: z.string().nullable(), rung: z.number().int() }),
  'handoff.noted': z.object({ ...which, ...about, entryId: Id, ours: z.boolean() }),
  /** It could not be delivered and is not tried any more. */
  'handoff.undeliverable': z.object({ ...which, ...about, deliveryId: Id, error: z.string() }),
  /** What they said came too late to change anything: `from` is where it stood. */
  'handoff.late_word': z.object({ ...which, ...about, entryId: Id, word: z.string(), from: HandoffState }),
  /** What they were told is no longer shown to them. */
  'handoff.forgotten': z.object({ ...which, ...about, because: z.enum(['recalled', 'retention']) }),
  /** A link to a page of the partner's own: made or taken back by one of us, looked at for the first time. */
  'handoff.link_issued': z.object({ ...which, linkId: Id, expiresAt: Instant }),
  'handoff.link_opened': z.object({ ...which, linkId: Id }),
  'handoff.link_revoked': z.object({ ...which, linkId: Id }),
  /** Another answers to the customer from now on. Null: we do. */
  'owner.moved': z.object({
    fromPartnerId: Id.nullable(),
    toPartnerId: Id.nullable(),
    toName: z.string(),
    handoffId: Id,
  }),
  /** A device went from hand to hand. */
  'custody.moved': z.object({
    deviceId: Id,
    name: z.string(),
    from: Hands.nullable(),
    to: Hands,
    legId: Id.nullable(),
  }),
  'leg.planned': z.object({ legId: Id, deviceId: Id, name: z.string(), from: Hands, to: Hands }),
  'leg.eta_moved': z.object({ legId: Id, deviceId: Id, name: z.string(), to: Instant }),
  /** Beside whoever has the case, who is to know of it: supervisors, and the people of the stores at its ends. */
  'leg.lost': z.object({
    ...{ legId: Id, deviceId: Id, name: z.string(), reason: z.string(), claimId: Id },
    supervisorIds: z.array(Id).default([]),
    stores: z.array(z.object({ name: z.string(), peopleIds: z.array(Id) })).default([]),
  }),
  'leg.cancelled': z.object({ legId: Id, deviceId: Id, name: z.string() }),
  'claim.settled': z.object({ claimId: Id, legId: Id, state: ClaimState, note: z.string() }),
} as const;

const SILENT = new Set<string>(['handoff.noted']);
export const HANDOFF_TIMELINE = (Object.keys(HANDOFF_EVENTS) as (keyof typeof HANDOFF_EVENTS)[]).filter(
  (type) => !SILENT.has(type),
);
