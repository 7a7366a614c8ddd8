import type { CaseStatus, ReplyChannel } from './words.js';

/** Plain figures and lists without a schema, so that a browser can name them without carrying the schemas along. */

/** Longest text a channel takes, in characters. X: DMs hold 10,000. */
export const TEXT_LIMITS: Record<ReplyChannel, number> = { twitter: 10_000, email: 20_000 };

/** A case in one of these is over; a customer has at most one case that is not. */
export const OVER_STATUSES = ['closed', 'merged', 'spam'] as const satisfies readonly CaseStatus[];
