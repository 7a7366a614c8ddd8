import { z } from 'zod';
import { Id, Instant, PageQuery, PersonRef } from './primitives.js';

/** Other systems that are told of what happens: thin, signed messages; who wants to know more asks. */

/** An event by its name, or all of a noun: `handoff.*`. */
const EventPattern = z.string().regex(/^[a-z_]{1,40}\.(?:\*|[a-z_]{1,40})$/u);

export const WebhookBody = z.object({
  url: z.url({ protocol: /^https?$/u }).max(500),
  description: z.string().trim().max(200).default(''),
  /** What they are told of; none named: everything. */
  types: z.array(EventPattern).max(100).default([]),
  active: z.boolean().default(true),
});
export type WebhookBody = z.infer<typeof WebhookBody>;

export const Webhook = WebhookBody.extend({
  id: Id,
  createdBy: PersonRef,
  createdAt: Instant,
  /** Tries in a row that went wrong, and until when it is left alone. */
  failures: z.number().int(),
  resumesAt: Instant.nullable(),
  waiting: z.number().int(),
  dead: z.number().int(),
  lastSentAt: Instant.nullable(),
  /** Since a secret was made anew: until then messages bear the signature of the one before, too. */
  bothUntil: Instant.nullable(),
});
export type Webhook = z.infer<typeof Webhook>;
/** The secret is told once, when it is made. */
export const NewWebhook = Webhook.extend({ secret: z.string() });
export type NewWebhook = z.infer<typeof NewWebhook>;

export const WebhookMessageState = z.enum(['waiting', 'sent', 'dead']);
export const WebhookMessage = z.object({
  id: Id,
  type: z.string(),
  caseId: Id,
  caseReference: z.string(),
  state: WebhookMessageState,
  attempts: z.number().int(),
  dueAt: Instant.nullable(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type WebhookMessage = z.infer<typeof WebhookMessage>;
export const WebhookMessagesQuery = PageQuery.extend({ state: WebhookMessageState.optional() });
