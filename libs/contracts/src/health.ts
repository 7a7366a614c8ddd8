import { z } from 'zod';
import { Instant } from './primitives.js';
import { Channel } from './words.js';

/** How one way in or out is doing: a mailbox, the mail relay, an account on X. */
export const ChannelState = z.object({
  /** `smtp-in`, `smtp-out`, `imap:<mailbox>`, `twitter:<user id>:poll|webhook|send`, `usual:<channel>`. */
  key: z.string(),
  channel: Channel,
  /** What people call it: an address, a handle. */
  label: z.string(),
  state: z.enum(['ok', 'trouble', 'stopped']),
  /** A code of HEALTH_REASONS; only of trouble. */
  reason: z.string().nullable(),
  since: Instant,
  lastInAt: Instant.nullable(),
  lastOutAt: Instant.nullable(),
  /** When the access runs out; null: never, or nobody said. */
  expiresAt: Instant.nullable(),
  /** What the other side said, verbatim; null for those who do not look after channels. */
  detail: z.string().nullable(),
});
export type ChannelState = z.infer<typeof ChannelState>;

/** Messages of ours that have not left, by channel and, on X, by account. */
export const UnsentQueue = z.object({
  channel: Channel,
  account: z.string().nullable(),
  count: z.number().int(),
  oldestAt: Instant,
});
export type UnsentQueue = z.infer<typeof UnsentQueue>;

/** One stretch of the way from a channel to a screen and back. */
export const RoadStep = z.object({
  name: z.enum(['worker', 'mail', 'events', 'delivery', 'figures']),
  works: z.boolean(),
  /**
   * worker: when it was last heard of · figures: when they were found wrong · the others: since when the oldest thing waits.
   * Null: never, or nothing waits.
   */
  at: Instant.nullable(),
});
export type RoadStep = z.infer<typeof RoadStep>;

export const ChannelsHealth = z.object({
  at: Instant,
  channels: z.array(ChannelState),
  unsent: z.array(UnsentQueue),
  /** Kept back and undecided. */
  rejects: z.number().int(),
  /** Entries that name somebody else's case. */
  reviews: z.number().int(),
  /** The self-test: whether what arrives is read, told and sent. */
  road: z.object({ works: z.boolean(), steps: z.array(RoadStep) }),
});
export type ChannelsHealth = z.infer<typeof ChannelsHealth>;
