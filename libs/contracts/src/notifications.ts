import { z } from 'zod';
import { Id, Instant, PageQuery } from './primitives.js';
import { QuietHours } from './quiet.rules.js';

/**
 * What somebody is told. `escalated`: they answer for it from now on · `escalation_told`: they are to know of it · `digest`: what
 * was while they were away, when they come on shift.
 */
export const NotificationKind = z.enum([
  'customer_wrote',
  'due_soon',
  'breached',
  'escalated',
  'escalation_told',
  'handed_over',
  'assigned',
  'routed',
  'mentioned',
  'send_failed',
  'benefit_asked',
  'benefit_decided',
  'loan_overdue',
  'device_lost',
  'opinion_asked',
  'opinion_given',
  'untold',
  'digest',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** What its sentence is made of; which of them there are follows from the kind. Never words of a customer. */
export const NotificationValues = z
  .object({
    channel: z.string(),
    metric: z.string(),
    /** Of the clock of a partner: whose. */
    partner: z.string(),
    dueAt: Instant,
    /** Who did it. */
    by: z.string(),
    reason: z.string(),
    rung: z.number().int(),
    acknowledgeBy: Instant.nullable(),
    escalationId: Id,
    /** Of a benefit: what it is, in either language. */
    gift: z.object({ es: z.string(), en: z.string() }),
    refused: z.boolean(),
    /** Of a loan: what was lent. */
    loaner: z.string(),
    /** Of a phone that was lost on its way: which, and what is claimed for it. */
    device: z.string(),
    claimId: Id,
    handoverId: Id,
    /** Of a second opinion: the decision it is about, and whether it stands. */
    decisionId: Id,
    verdict: z.enum(['confirmed', 'overturned']),
    /** Of what a customer could not be told. */
    newsId: Id,
    /** Its name, when it came to a store and not to them alone: all who work there are told, in the list and nowhere else. */
    store: z.string(),
    /** Of a digest: since when, and how many cases. */
    since: Instant,
    until: Instant,
    wrote: z.number().int(),
    due: z.number().int(),
    late: z.number().int(),
    escalated: z.number().int(),
  })
  .partial();
export type NotificationValues = z.infer<typeof NotificationValues>;

export const NotificationItem = z.object({
  id: Id,
  kind: NotificationKind,
  values: NotificationValues,
  at: Instant,
  readAt: Instant.nullable(),
});
export type NotificationItem = z.infer<typeof NotificationItem>;

/** All there is about one case; what is about none stands alone. */
export const NotificationGroup = z.object({
  key: Id,
  case: z.object({ id: Id, reference: z.string(), customerName: z.string() }).nullable(),
  /** The newest, at most 5. */
  items: z.array(NotificationItem),
  total: z.number().int(),
  unread: z.number().int(),
  at: Instant,
});
export type NotificationGroup = z.infer<typeof NotificationGroup>;

export const NotificationsQuery = PageQuery;
export const NotificationPage = z.object({
  items: z.array(NotificationGroup),
  nextCursor: z.string().nullable(),
  /** Lines that are not read, at most 100. */
  unread: z.number().int(),
});
export type NotificationPage = z.infer<typeof NotificationPage>;

export const ReadNotificationsBody = z.union([
  z.object({ ids: z.array(Id).min(1).max(200) }).strict(),
  z.object({ caseId: Id }).strict(),
  z.object({ all: z.literal(true) }).strict(),
]);
export type ReadNotificationsBody = z.infer<typeof ReadNotificationsBody>;
export const UnreadNotifications = z.object({ unread: z.number().int() });
export type UnreadNotifications = z.infer<typeof UnreadNotifications>;

/** How somebody wants to be told, beside the list in the product, which always has everything. */
export const NotificationPreferences = z.object({
  /** By the desktop, where their browser lets it, while they look at something else. */
  desktop: z.boolean(),
  /** What comes by mail as well: several together, one mail in ten minutes at most. */
  mail: z.array(NotificationKind).max(NotificationKind.options.length),
  /** Nothing by desktop or mail then; by mail afterwards. */
  quiet: QuietHours.nullable(),
  /** What they answer for and have to acknowledge comes all the same. */
  urgentInQuiet: z.boolean(),
});
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;

/** Of somebody who has chosen nothing. */
export const USUAL_PREFERENCES: NotificationPreferences = {
  desktop: false,
  mail: ['escalated'],
  quiet: null,
  urgentInQuiet: true,
};

/** Whether it comes through however quiet it is to be: they answer for it, it has to be acknowledged, and they chose so. */
export const isUrgent = (
  { kind, values }: Pick<NotificationItem, 'kind' | 'values'>,
  preferences: Pick<NotificationPreferences, 'urgentInQuiet'>,
): boolean => preferences.urgentInQuiet && kind === 'escalated' && Boolean(values.acknowledgeBy);
