import { z } from 'zod';
import { CustodyHolder, CustodyProof, LegState } from './handoffs.words.js';
import { Id, Instant, PersonRef } from './primitives.js';

/** Where a device is and how it came there: an append-only chain of hands, and the ways between them. */

const words = (most: number) => z.string().trim().min(1).max(most);

/** Somebody who can hold a device. `id`: of the store, partner or customer; null: a courier that is no partner of ours. */
export const Hands = z.object({ kind: CustodyHolder, id: Id.nullable(), name: words(120) });
export type Hands = z.infer<typeof Hands>;

export const CustodyStep = z.object({
  id: Id,
  seq: z.number().int(),
  /** Null: the first time anybody wrote down who has it. */
  from: Hands.nullable(),
  to: Hands,
  proof: CustodyProof,
  legId: Id.nullable(),
  signatureId: Id.nullable(),
  photoId: Id.nullable(),
  by: z.string(),
  at: Instant,
});
export type CustodyStep = z.infer<typeof CustodyStep>;

export const LegBody = z.object({
  deviceId: Id,
  handoffId: Id.nullish(),
  from: Hands,
  to: Hands,
  /** Who carries it; null: somebody takes it there in person. */
  courier: Hands.nullish(),
  trackingNumber: words(80).nullish(),
  etaAt: Instant.nullish(),
});
export type LegBody = z.infer<typeof LegBody>;

/** It changes hands on its way: the leg's code is scanned, or somebody signs. A photo of the seal goes along. */
export const LegScanBody = z
  .object({
    /** What the label says. */
    code: words(40).nullish(),
    signatureId: Id.nullish(),
    sealPhotoId: Id.nullish(),
    trackingNumber: words(80).nullish(),
    etaAt: Instant.nullish(),
  })
  .refine(({ code, signatureId }) => code || signatureId, {
    path: ['code'],
    message: 'scan the label or have it signed',
  });
export type LegScanBody = z.infer<typeof LegScanBody>;

export const ClaimState = z.enum(['open', 'accepted', 'refused', 'paid']);
/** Not under way yet, it is taken back; under way, it came back to whoever sent it, and they scan or sign for it. */
export const CancelLegBody = z.object({ code: words(40).nullish(), signatureId: Id.nullish() });
export type CancelLegBody = z.infer<typeof CancelLegBody>;
export const LegEtaBody = z.object({ etaAt: Instant });
export type LegEtaBody = z.infer<typeof LegEtaBody>;
export const LegLostBody = z.object({ reason: words(500) });
export type LegLostBody = z.infer<typeof LegLostBody>;
export const ClaimBody = z
  .object({
    state: ClaimState,
    amountCents: z.number().int().min(0).max(100_000_000).nullish(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/u)
      .nullish(),
    note: words(500),
  })
  .refine(({ amountCents, currency }) => ((amountCents ?? null) === null) === ((currency ?? null) === null), {
    path: ['currency'],
    message: 'an amount is of a currency',
  })
  .refine(({ state, amountCents }) => state !== 'paid' || (amountCents ?? null) !== null, {
    path: ['amountCents'],
    message: 'say how much was paid',
  });
export type ClaimBody = z.infer<typeof ClaimBody>;

export const Leg = z.object({
  id: Id,
  caseId: Id,
  deviceId: Id,
  deviceName: z.string(),
  handoffId: Id.nullable(),
  place: z.number().int(),
  /** What the label says, in bars and in letters. */
  code: z.string(),
  from: Hands,
  to: Hands,
  courier: Hands.nullable(),
  trackingNumber: z.string().nullable(),
  state: LegState,
  etaAt: Instant.nullable(),
  sealPhotoId: Id.nullable(),
  pickedUpAt: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  claim: z
    .object({
      id: Id,
      state: ClaimState,
      amountCents: z.number().int().nullable(),
      currency: z.string().nullable(),
      note: z.string(),
      by: PersonRef.nullable(),
      at: Instant,
    })
    .nullable(),
});
export type Leg = z.infer<typeof Leg>;

/** Of each device of a case: who has it, the chain of hands, and the ways planned or under way. */
export const CaseCustody = z.object({
  devices: z.array(
    z.object({
      deviceId: Id,
      name: z.string(),
      holder: Hands.nullable(),
      since: Instant.nullable(),
      chain: z.array(CustodyStep),
      legs: z.array(Leg),
    }),
  ),
});
export type CaseCustody = z.infer<typeof CaseCustody>;

/** A shipment as the counter of a store sees it. */
export const Parcel = Leg.extend({
  caseReference: z.string(),
  customer: z.string(),
  /** Past its day and not there. */
  late: z.boolean(),
});
export type Parcel = z.infer<typeof Parcel>;
export const PARCEL_LINES = 50;
const parcels = z.object({ items: z.array(Parcel), more: z.boolean() });
/** What a store has to send, and what is on its way to it, what is due first; each has so many lines at most. */
export const StoreParcels = z.object({ toSend: parcels, toReceive: parcels });
export type StoreParcels = z.infer<typeof StoreParcels>;
