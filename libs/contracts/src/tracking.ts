import { z } from 'zod';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';

/** A link on which a customer follows their case. */

/** What a link is good for. */
export const LinkPurpose = z.enum(['track']);
export type LinkPurpose = z.infer<typeof LinkPurpose>;

/** live: opens the page · expired: its time is over · revoked: somebody took it back. */
export const LinkState = z.enum(['live', 'expired', 'revoked']);
export type LinkState = z.infer<typeof LinkState>;

export const IssueLinkBody = z.object({
  /** The address of the customer it is sent to; left out when it is handed over another way. */
  contactPointId: Id.optional(),
});

export const CaseLink = z.object({
  id: Id,
  purpose: LinkPurpose,
  state: LinkState,
  /** Where it was sent. */
  contactPoint: z.object({ id: Id, kind: z.string(), display: z.string() }).nullable(),
  issuedBy: PersonRef.nullable(),
  issuedAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
  lastOpenedAt: Instant.nullable(),
  opens: z.number().int(),
});
export type CaseLink = z.infer<typeof CaseLink>;
export const CaseLinks = z.object({ items: z.array(CaseLink) });

/** The address itself is told this once: only its hash is kept. */
export const IssuedLink = CaseLink.extend({ url: z.string() });
export type IssuedLink = z.infer<typeof IssuedLink>;

/** What the QR code of a case says. */
export const CaseCodeAnswer = z.object({ reference: z.string(), url: z.string() });
export type CaseCodeAnswer = z.infer<typeof CaseCodeAnswer>;

/** What was scanned or typed: a reference, or the address in a QR code. */
export const ScanBody = z.object({ code: z.string().trim().min(1).max(200) });
export const ScanAnswer = z.object({
  caseId: Id,
  reference: z.string(),
  /** Until when the store sees the case because its code was scanned there; null when it is seen anyway. */
  until: Instant.nullable(),
});
export type ScanAnswer = z.infer<typeof ScanAnswer>;

export const BreakGlassBody = z.object({
  reference: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(10).max(500),
});
export const BreakGlassAnswer = z.object({
  caseId: Id,
  reference: z.string(),
  /** Null when the case is theirs to see anyway: nothing was broken. */
  until: Instant.nullable(),
});
export type BreakGlassAnswer = z.infer<typeof BreakGlassAnswer>;

export const BreakGlassQuery = PageQuery.extend({ state: z.enum(['open', 'reviewed', 'all']).default('open') });
/** reason: opened for a while, with a reason · reference: a visit was written down to its typed reference and nothing else. */
export const GlassHow = z.enum(['reason', 'reference']);
export type GlassHow = z.infer<typeof GlassHow>;
export const BrokenGlass = z.object({
  id: Id,
  how: GlassHow,
  case: z.object({ id: Id, reference: z.string(), customer: z.string() }),
  person: PersonRef,
  store: z.object({ id: Id, name: z.string() }).nullable(),
  /** Null by a reference. */
  reason: z.string().nullable(),
  at: Instant,
  /** Null by a reference: the case is of that store now. */
  until: Instant.nullable(),
  reviewedBy: PersonRef.nullable(),
  reviewedAt: Instant.nullable(),
});
export type BrokenGlass = z.infer<typeof BrokenGlass>;
export const BrokenGlassPage = page(BrokenGlass);
export type BrokenGlassPage = z.infer<typeof BrokenGlassPage>;
