import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { TicketPatch } from './ticket.shape.js';

/** What a person at the manufacturer does with a ticket, and what becomes of the ticket by it. */

const words = (most: number) => z.string().trim().min(1).max(most);
const maybe = (most: number) => words(most).optional();
const instant = z.iso.datetime({ offset: true });
const cents = z.number().int().min(0).max(100_000_000);
const Cover = z.strictObject({ months: z.number().int().min(0).max(120), what: words(500) });

export const Deed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('acknowledge'), text: maybe(2000) }),
  z.strictObject({
    do: z.literal('accept'),
    rma: maybe(80),
    engineer: z.strictObject({ name: words(120), email: z.email().optional(), phone: maybe(40) }).optional(),
    etaAt: instant.optional(),
    text: maybe(2000),
  }),
  z.strictObject({ do: z.literal('reject'), reason: words(2000), nextStep: maybe(500) }),
  z.strictObject({ do: z.literal('ask'), question: words(2000) }),
  z.strictObject({ do: z.literal('work'), text: maybe(2000) }),
  z.strictObject({
    do: z.literal('quote'),
    lines: z
      .array(
        z.strictObject({
          description: words(200),
          kind: z.enum(['part', 'labour', 'shipping', 'data', 'other']).default('other'),
          quantity: z.number().int().min(1).max(99).default(1),
          listCents: cents,
          priceCents: cents,
        }),
      )
      .min(1)
      .max(40),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/u)
      .default('EUR'),
    agreement: maybe(200),
    cover: Cover.optional(),
    validUntil: instant.optional(),
  }),
  z.strictObject({ do: z.literal('eta'), etaAt: instant, reason: maybe(500) }),
  z.strictObject({ do: z.literal('received'), text: maybe(2000) }),
  z.strictObject({
    do: z.literal('dispatched'),
    carrier: maybe(80),
    trackingNumber: maybe(80),
    etaAt: instant.optional(),
  }),
  z.strictObject({
    do: z.literal('resolve'),
    outcome: z.enum(['repaired', 'replaced', 'no_fault', 'unrepairable', 'advised', 'other']).default('repaired'),
    text: words(5000),
  }),
  z.strictObject({ do: z.literal('note'), text: words(5000) }),
  z.strictObject({
    do: z.literal('file'),
    name: words(255),
    mimeType: words(120),
    contentBase64: z.base64(),
  }),
]);
export type Deed = z.infer<typeof Deed>;

export interface Change {
  patch: TicketPatch;
  /** The other side has to answer. */
  asks?: boolean;
}

const AUTHOR = 'Orbe Service';
const noteOf = (text: string | undefined, extra: Record<string, unknown> = {}) =>
  text === undefined ? {} : { note: [{ id: randomUUID(), author: AUTHOR, text, ...extra }] };

const reasonOf = (text: string | undefined) => (text === undefined ? {} : { statusChangeReason: text });

/** A JSON document as a file of the ticket. */
const jsonFile = (attachmentType: string, name: string, value: unknown) => {
  const content = Buffer.from(JSON.stringify(value));
  return {
    id: randomUUID(),
    attachmentType,
    name,
    mimeType: 'application/json',
    content: content.toString('base64'),
    size: { amount: content.length, units: 'byte' },
  };
};

/** What a deed changes of a ticket: lists are what is added to them. */
export function changeBy(deed: Deed, ticketId: string): Change {
  switch (deed.do) {
    case 'acknowledge':
      return { patch: { status: 'acknowledged', ...reasonOf(deed.text) } };
    case 'accept':
      return { patch: acceptance(deed) };
    case 'reject': {
      const reason = deed.nextStep === undefined ? deed.reason : `${deed.reason}\nNext step: ${deed.nextStep}`;
      return { patch: { status: 'rejected', statusChangeReason: reason } };
    }
    case 'ask':
      return { patch: { status: 'pending', statusChangeReason: deed.question }, asks: true };
    case 'work':
      return { patch: { status: 'inProgress', ...reasonOf(deed.text) } };
    case 'quote': {
      const { do: _, ...quote } = deed;
      return { patch: { attachment: [jsonFile('quote', `quote-${ticketId}.json`, quote)] } };
    }
    case 'eta':
      return { patch: { expectedResolutionDate: deed.etaAt, ...noteOf(deed.reason) } };
    case 'received':
      return { patch: noteOf(deed.text ?? 'Device received', { '@type': 'DeviceReceived' }) };
    case 'dispatched':
      return { patch: dispatch(deed) };
    case 'resolve':
      return { patch: { status: 'resolved', statusChangeReason: `${deed.outcome}: ${deed.text}` } };
    case 'note':
      return { patch: noteOf(deed.text) };
    case 'file':
      return {
        patch: {
          attachment: [{ id: randomUUID(), name: deed.name, mimeType: deed.mimeType, content: deed.contentBase64 }],
        },
      };
  }
}

function acceptance({ rma, engineer, etaAt, text }: Extract<Deed, { do: 'accept' }>): TicketPatch {
  const entity = rma && { id: rma, role: 'rma', '@referredType': 'ReturnAuthorization' };
  const party = engineer && { id: randomUUID(), role: 'engineer', '@referredType': 'Individual', ...engineer };
  return {
    status: 'inProgress',
    ...(etaAt === undefined ? {} : { expectedResolutionDate: etaAt }),
    ...(entity ? { relatedEntity: [entity] } : {}),
    ...(party ? { relatedParty: [party] } : {}),
    ...reasonOf(text),
  };
}

function dispatch({ carrier, trackingNumber, etaAt }: Extract<Deed, { do: 'dispatched' }>): TicketPatch {
  const shipment = trackingNumber && {
    id: trackingNumber,
    role: 'shipment',
    '@referredType': 'Shipment',
    ...(carrier === undefined ? {} : { name: carrier }),
  };
  const text = ['Device dispatched', carrier, trackingNumber].filter(Boolean).join(' ');
  return {
    ...(etaAt === undefined ? {} : { expectedResolutionDate: etaAt }),
    ...(shipment ? { relatedEntity: [shipment] } : {}),
    ...noteOf(text, { '@type': 'DeviceDispatched' }),
  };
}
