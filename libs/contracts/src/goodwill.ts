import { z } from 'zod';
import { BenefitKind, BenefitState, RuleTerms } from './benefits.js';
import { KnownCurrency } from './benefit.preview.js';
import { Cents, Day } from './card.js';
import { Id, Instant, PageQuery, page, PersonRef } from './primitives.js';
import { ImpactKind, Role, Tier } from './words.js';

/** How goodwill is set up: rules, limits, and the two ledgers with what leaves for other systems. */

const text = (most: number) => z.string().trim().min(1).max(most);

const ruleSays = {
  /** Whole days without something they lost. */
  afterDays: z.number().int().min(0).max(365),
  /** Empty: of every tier. */
  tiers: z.array(Tier).max(3),
  /** Any of these is enough; empty: whatever they lack. */
  lacks: z.array(ImpactKind).max(5),
  terms: RuleTerms,
};

export const NewGoodwillRuleBody = z.strictObject({ name: text(80), ...ruleSays });
export type NewGoodwillRuleBody = z.infer<typeof NewGoodwillRuleBody>;
export const PutGoodwillRuleBody = z.strictObject({
  name: text(80),
  isActive: z.boolean(),
  ...ruleSays,
  version: z.number().int().min(1),
});
export type PutGoodwillRuleBody = z.infer<typeof PutGoodwillRuleBody>;

/** What it says is never rewritten: a change is another version, which cases from then on are proposed. */
export const GoodwillRule = z.object({
  id: Id,
  name: z.string(),
  isActive: z.boolean(),
  version: z.number().int(),
  ...ruleSays,
  by: PersonRef.nullable(),
  at: Instant,
});
export type GoodwillRule = z.infer<typeof GoodwillRule>;
export const GoodwillRuleList = z.object({ items: z.array(GoodwillRule) });
export type GoodwillRuleList = z.infer<typeof GoodwillRuleList>;

const most = Cents.min(0).nullable();
/** What a customer of a tier may be given by a role within the window; null: as much as they like. */
export const GoodwillLimits = z.strictObject({
  windowDays: z.number().int().min(1).max(730),
  currency: KnownCurrency,
  /** What a hundred points are worth. */
  hundredPointsCents: Cents.min(0),
  roles: z.record(Role, z.record(Tier, most)),
});
export type GoodwillLimits = z.infer<typeof GoodwillLimits>;

/** Parameters of what the law says is owed, with where they come from. */
export const LegalTerms = z.strictObject({
  source: text(300),
  url: z.url().max(500),
  /** Times the monthly fee, for the time it lasted; the average of what was billed before counts where that is more. */
  feeTimes: z.number().int().min(1).max(20),
  /** Months the average is of. */
  averageMonths: z.number().int().min(1).max(12),
  /** From this amount on it goes on the next bill without being asked for. */
  automaticFromCents: Cents.min(0),
  currency: KnownCurrency,
});
export type LegalTerms = z.infer<typeof LegalTerms>;

const versioned = <T extends z.ZodType>(content: T) =>
  z.object({ version: z.number().int(), content, by: PersonRef.nullable(), at: Instant });
export const LimitsVersion = versioned(GoodwillLimits);
export type LimitsVersion = z.infer<typeof LimitsVersion>;
export const LegalVersion = versioned(LegalTerms);
export type LegalVersion = z.infer<typeof LegalVersion>;
export const PutLimitsBody = z.strictObject({ version: z.number().int().min(1), content: GoodwillLimits });
export const PutLegalBody = z.strictObject({ version: z.number().int().min(1), content: LegalTerms });

/** `running`: until all works again · `owed`: its amount is final · `withdrawn`: it was none. */
export const CompensationState = z.enum(['running', 'owed', 'withdrawn']);
export type CompensationState = z.infer<typeof CompensationState>;
export const CompensatedService = z.enum(['telephone', 'internet']);
export type CompensatedService = z.infer<typeof CompensatedService>;

/** The network failed them: a broken phone of theirs is no interruption of the service. */
export const NewCompensationBody = z
  .strictObject({
    service: CompensatedService,
    from: Instant,
    /** Null: it still lasts. */
    to: Instant.nullable(),
    monthlyFeeCents: Cents.min(1),
    /** What they were billed for it in an average month before; null: not known. */
    averageCents: Cents.min(0).nullable(),
    currency: KnownCurrency,
    reason: text(500),
  })
  .refine(({ from, to }) => to === null || from < to, { path: ['to'], message: 'must be after from' });
export type NewCompensationBody = z.infer<typeof NewCompensationBody>;

export const Compensation = z.object({
  id: Id,
  caseId: Id,
  service: CompensatedService,
  state: CompensationState,
  from: Instant,
  to: Instant.nullable(),
  monthlyFeeCents: z.number().int(),
  averageCents: z.number().int().nullable(),
  /** Of what still runs: up to now. */
  amountCents: z.number().int(),
  currency: z.string(),
  /** Goes on the bill by itself; else it has to be asked for. */
  automatic: z.boolean(),
  reason: z.string(),
  terms: z.object({ version: z.number().int(), source: z.string(), url: z.string() }),
  by: PersonRef.nullable(),
  createdAt: Instant,
});
export type Compensation = z.infer<typeof Compensation>;
export const CompensationList = z.object({ items: z.array(Compensation) });
export type CompensationList = z.infer<typeof CompensationList>;

export const LedgerName = z.enum(['goodwill', 'legal']);
export type LedgerName = z.infer<typeof LedgerName>;
/** Local days; `to` is the last one. */
export const LedgerQuery = PageQuery.extend({ from: Day.optional(), to: Day.optional() });
export type LedgerQuery = z.infer<typeof LedgerQuery>;
export const LedgerRow = z.object({
  id: Id,
  at: Instant,
  case: z.object({ id: Id, reference: z.string() }),
  customerName: z.string(),
  tier: Tier.nullable(),
  /** Of goodwill its kind, of the law the service. */
  kind: z.union([BenefitKind, CompensatedService]),
  state: z.union([BenefitState, CompensationState]),
  amountCents: z.number().int(),
  currency: z.string(),
  days: z.number().int().nullable(),
  reason: z.string().nullable(),
  by: z.string().nullable(),
  sent: z.enum(['waiting', 'sent', 'dead']).nullable(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;
export const LedgerPage = page(LedgerRow);
export type LedgerPage = z.infer<typeof LedgerPage>;

/** Who gets told: bills, vouchers, points. */
export const BenefitSystem = z.enum(['billing', 'voucher', 'loyalty']);
export type BenefitSystem = z.infer<typeof BenefitSystem>;
export const MessageState = z.enum(['waiting', 'sent', 'dead']);
export type MessageState = z.infer<typeof MessageState>;
export const BenefitMessagesQuery = PageQuery.extend({ state: MessageState.optional() });
export type BenefitMessagesQuery = z.infer<typeof BenefitMessagesQuery>;
export const BenefitMessage = z.object({
  id: Id,
  system: BenefitSystem,
  type: z.string(),
  state: MessageState,
  attempts: z.number().int(),
  /** Of one that waits: its next try. */
  dueAt: Instant.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  case: z.object({ id: Id, reference: z.string() }),
});
export type BenefitMessage = z.infer<typeof BenefitMessage>;
export const BenefitMessagePage = page(BenefitMessage).extend({
  /** Where messages go; null: nowhere yet, they wait. */
  url: z.string().nullable(),
  counts: z.object({ waiting: z.number().int(), dead: z.number().int() }),
});
export type BenefitMessagePage = z.infer<typeof BenefitMessagePage>;
