import { z } from 'zod';
import { EitherWord, GiverWord, TakerWord } from './handoffs.messages.js';
import { Id, Instant, PersonRef } from './primitives.js';

/** Links by which a partner works on one handoff without an account. */

const kinds = [...TakerWord.options, ...GiverWord.options, ...EitherWord.options].map(({ shape }) => shape.kind.value);

/** What a button leads to: the form in which that word is said. */
export const DeskAction = z.enum(kinds);
export type DeskAction = z.infer<typeof DeskAction>;

/** live: opens the page · expired: its time is over · revoked: somebody took it back. */
export const DeskLinkState = z.enum(['live', 'expired', 'revoked']);

export const DeskLink = z.object({
  id: Id,
  state: DeskLinkState,
  /** Null: it went out with a message to them. */
  issuedBy: PersonRef.nullable(),
  issuedAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
  lastOpenedAt: Instant.nullable(),
  opens: z.number().int(),
});
export type DeskLink = z.infer<typeof DeskLink>;
export const DeskLinkList = z.object({ items: z.array(DeskLink) });

/** The address itself is told this once: only its hash is kept. */
export const IssuedDeskLink = DeskLink.extend({ url: z.string() });
export type IssuedDeskLink = z.infer<typeof IssuedDeskLink>;

/** What one file from a partner may weigh, how many they may send at once, and how long a link is good. */
export const DESK = { files: 10, fileBytes: 20 * 1024 * 1024, textLength: 5000, linkDays: 90 } as const;
