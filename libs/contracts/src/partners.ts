import { z } from 'zod';
import { TimeZone } from './calendars.js';
import { TargetCalendar } from './clocks.js';
import { Contact } from './handoffs.messages.js';
import { GatewayKind, HandoffState, PartnerKind, ShareField } from './handoffs.words.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { Language, Priority } from './words.js';

/** Companies we work with: what was agreed, what each asks to be told, and what each may be told. */

const words = (most: number) => z.string().trim().min(1).max(most);
const bothLanguages = (most: number) => z.object({ es: words(most), en: words(most) });
const onceEach = <T>(nameOf: (one: T) => string, message: string) =>
  [(all: T[]) => new Set(all.map(nameOf)).size === all.length, { message }] as const;
const Minutes = z.number().int().min(1).max(525_600);

/** One thing a partner asks for. `fact`: what of the case answers it. */
export const FormField = z
  .object({
    key: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/u),
    title: bothLanguages(120),
    type: z.enum(['text', 'number', 'boolean', 'date', 'choice']),
    choices: z.array(words(120)).max(50).default([]),
    required: z.boolean().default(false),
    fact: ShareField.nullish(),
  })
  .refine(({ type, choices }) => type !== 'choice' || choices.length > 0, {
    path: ['choices'],
    message: 'say what there is to choose from',
  });
export type FormField = z.infer<typeof FormField>;

export const ShareRule = z.object({
  field: ShareField,
  /** What they need it for, as the customer may read it. */
  purpose: bothLanguages(200),
});
export type ShareRule = z.infer<typeof ShareRule>;

/** How long a partner may take, in minutes that count by the calendar of the agreement. */
export const PartnerTargets = z.object({
  acknowledgeMinutes: Minutes,
  answerMinutes: Minutes,
  returnMinutes: Minutes,
});
export type PartnerTargets = z.infer<typeof PartnerTargets>;

/** Who is written to when they do not answer, and after how many minutes beyond the target. */
export const ContactRung = z.object({ contact: Contact, afterMinutes: z.number().int().min(0).max(525_600) });
export type ContactRung = z.infer<typeof ContactRung>;

/** What of a partner changes with an agreement: each save is a version, and a handoff keeps the one it was sent under. */
export const PartnerTerms = z.object({
  /** Percent off their list that was agreed, and where it says so. */
  discountPercent: z.number().min(0).max(100).nullish(),
  agreement: words(200).nullish(),
  /** Brands of phones it is about; none: all of them. */
  brands: z.array(words(60)).max(40).default([]),
  text: z.string().trim().max(5000).default(''),
  form: z
    .array(FormField)
    .max(40)
    .refine(...onceEach<{ key: string }>(({ key }) => key, 'each key once'))
    .default([]),
  share: z
    .array(ShareRule)
    .max(ShareField.options.length)
    .refine(...onceEach<{ field: string }>(({ field }) => field, 'each field once'))
    .default([]),
  /** Days after the end of a handoff that they may keep what they were told. */
  retentionDays: z.number().int().min(0).max(3650).default(30),
  targets: z.partialRecord(Priority, PartnerTargets).default({}),
  /** By what the minutes of its targets count. */
  calendar: TargetCalendar.default('house'),
  ladder: z.array(ContactRung).max(10).default([]),
  /** Minutes after which a handoff that nobody acknowledged expires. */
  expiresMinutes: Minutes.default(10_080),
});
export type PartnerTerms = z.infer<typeof PartnerTerms>;

/** Their ticket system. A secret that is left out stays as it is; none is ever told. */
export const Tmf621Peer = z.object({
  url: z.url({ protocol: /^https?$/u }).max(500),
  auth: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('api_key'), header: words(60).default('X-API-Key'), key: words(500).optional() }),
    z.object({
      kind: z.literal('oauth2'),
      tokenUrl: z.url({ protocol: /^https?$/u }).max(500),
      clientId: words(200),
      clientSecret: words(500).optional(),
      scope: words(200).nullish(),
    }),
  ]),
});
export type Tmf621Peer = z.infer<typeof Tmf621Peer>;

export const PartnerBody = z.object({
  name: words(120),
  kind: PartnerKind,
  language: Language,
  timeZone: TimeZone,
  active: z.boolean().default(true),
  gateway: GatewayKind,
  /** Where mails to them go; also where desk links are sent. */
  email: z.email().max(254).nullish(),
  /** Addresses they write from, besides that; `@lab.example` is everybody there. */
  senders: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[^\s@]*@[^\s@]+$/u),
    )
    .max(20)
    .default([]),
  tmf621: Tmf621Peer.nullish(),
  /** Where a shipment to them goes, line by line, as it stands on its label. */
  postalAddress: z.string().trim().max(300).default(''),
  terms: PartnerTerms,
});
export type PartnerBody = z.infer<typeof PartnerBody>;
/** `version`: the one that was read. */
export const ChangePartnerBody = PartnerBody.extend({ version: z.number().int().min(1) });
export type ChangePartnerBody = z.infer<typeof ChangePartnerBody>;

export const Partner = PartnerBody.extend({
  id: Id,
  version: z.number().int(),
  /** Whether their secret is known; it is never told. */
  hasSecret: z.boolean(),
  open: z.number().int(),
  changedBy: PersonRef.nullable(),
  changedAt: Instant,
});
export type Partner = z.infer<typeof Partner>;

/** A key by which their systems call ours: an API key, or an OAuth 2 client. The secret is shown once. */
export const PartnerKeyBody = z.object({ kind: z.enum(['api_key', 'oauth2_client']), label: words(80) });
export type PartnerKeyBody = z.infer<typeof PartnerKeyBody>;
export const PartnerKey = z.object({
  id: Id,
  kind: PartnerKeyBody.shape.kind,
  label: z.string(),
  /** Of an OAuth 2 client. */
  clientId: z.string().nullable(),
  createdAt: Instant,
  usedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type PartnerKey = z.infer<typeof PartnerKey>;

export const PartnerList = z.object({ items: z.array(Partner) });
/** What was agreed before, newest first. */
export const PartnerVersion = z.object({
  version: z.number().int(),
  terms: PartnerTerms,
  changedBy: PersonRef.nullable(),
  changedAt: Instant,
});
export type PartnerVersion = z.infer<typeof PartnerVersion>;
export const PartnerVersionList = z.object({ items: z.array(PartnerVersion) });

export const PartnerKeyList = z.object({ items: z.array(PartnerKey) });
/** With what is shown this once. */
export const NewPartnerKey = PartnerKey.extend({ secret: z.string() });
export type NewPartnerKey = z.infer<typeof NewPartnerKey>;

/** Whether what was entered leads to them. */
export const PartnerCheck = z.object({
  /** Null: there is nothing that could be asked; mails are known to arrive when somebody answers. */
  works: z.boolean().nullable(),
  /** In the reader's language. */
  message: z.string(),
  /** What their side said. */
  detail: z.string().nullable(),
});
export type PartnerCheck = z.infer<typeof PartnerCheck>;

/** What a customer's partners were told of them, and what for. The values are in no list. */
export const CustomerShare = z.object({
  handoffId: Id,
  reference: z.string(),
  caseId: Id,
  partner: z.string(),
  state: HandoffState,
  fields: z.array(z.object({ field: ShareField, purpose: z.string() })),
  sharedAt: Instant,
  /** When they may keep it no longer; null: not known yet, it goes on. */
  keptUntil: Instant.nullable(),
  /** Since when it is shown to them no more. */
  forgottenAt: Instant.nullable(),
});
export type CustomerShare = z.infer<typeof CustomerShare>;
export const CustomerShares = z.object({ items: z.array(CustomerShare) });
