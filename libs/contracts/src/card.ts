import { z } from 'zod';
import { Id, Instant, PageQuery, page, PersonRef } from './primitives.js';
import { CaseStatus, Language, ProofLevel, Tier } from './words.js';

/** What another system says of a customer, and what they prefer: everything with where it comes from and when it was so. */

/** A day of the calendar: `2027-03-12`. */
export const Day = z.iso.date();
/** Integer cents. */
export const Cents = z.number().int().min(-1_000_000_000_000).max(1_000_000_000_000);
export const Currency = z.string().regex(/^[A-Z]{3}$/u);

/** Money as it is known; null is "unknown", never zero. */
export const Money = z.object({ cents: Cents, currency: Currency });
export type Money = z.infer<typeof Money>;

export const Formality = z.enum(['tu', 'usted']);
export type Formality = z.infer<typeof Formality>;

export const PreferredDay = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type PreferredDay = z.infer<typeof PreferredDay>;
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u);

/** When they want to be called or written to, by the clock of the workspace. */
export const Hours = z
  .object({ days: z.array(PreferredDay).min(1).max(7), from: Clock, to: Clock })
  .refine(({ from, to }) => from < to, { message: 'ends before it begins', path: ['to'] });
export type Hours = z.infer<typeof Hours>;

export const PreferredChannel = z.enum(['twitter', 'email', 'store', 'phone']);
export type PreferredChannel = z.infer<typeof PreferredChannel>;

export const PreferenceField = z.enum(['channel', 'hours', 'language', 'formality']);
export type PreferenceField = z.infer<typeof PreferenceField>;

/** Null: they said they have none. */
export const PreferencesBody = z
  .object({
    channel: PreferredChannel.nullable().optional(),
    hours: Hours.nullable().optional(),
    language: Language.optional(),
    formality: Formality.nullable().optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { message: 'nothing to change' });
export type PreferencesBody = z.infer<typeof PreferencesBody>;

const text = (most: number) => z.string().trim().min(1).max(most);

export const AccountLine = z.object({ number: text(40), from: Day.nullable(), to: Day.nullable() });
export type AccountLine = z.infer<typeof AccountLine>;
export const AccountDevice = z.object({ imei: text(40), model: text(120).nullable(), since: Day.nullable() });
export type AccountDevice = z.infer<typeof AccountDevice>;
export const Commitment = z.object({ name: text(120), until: Day, costCents: Cents.min(0).nullable() });
export type Commitment = z.infer<typeof Commitment>;

/** What a record may say besides whose it is: left out says nothing, null says "unknown". */
const said = {
  name: text(200).optional(),
  language: Language.optional(),
  tier: Tier.nullable().optional(),
  since: Day.nullable().optional(),
  city: text(120).nullable().optional(),
  postcode: text(20).nullable().optional(),
  plan: text(120).nullable().optional(),
  lines: z.array(AccountLine).max(200).nullable().optional(),
  emails: z.array(text(320)).max(20).optional(),
  phones: z.array(text(40)).max(20).optional(),
  document: text(40).nullable().optional(),
  devices: z.array(AccountDevice).max(200).nullable().optional(),
  /** An empty list: they are free to leave. */
  commitments: z.array(Commitment).max(50).nullable().optional(),
  points: z.number().int().min(0).max(1_000_000_000).nullable().optional(),
  benefitsCents: Cents.nullable().optional(),
  valueShortCents: Cents.nullable().optional(),
  valueMidCents: Cents.nullable().optional(),
  valueLongCents: Cents.nullable().optional(),
  currency: Currency.optional(),
  channel: PreferredChannel.nullable().optional(),
  hours: Hours.nullable().optional(),
  formality: Formality.nullable().optional(),
  /** When it was so; the moment of the import when left out. */
  asOf: z.union([Instant, Day]).optional(),
};

/** One customer of an import. */
export const ImportRecord = z.strictObject({ customerNumber: text(40), ...said });
export type ImportRecord = z.infer<typeof ImportRecord>;

/** What stands with a customer's account: the record without what went into contact points and preferences. */
export const AccountData = z.object(said).omit({ asOf: true, emails: true, phones: true, document: true });
export type AccountData = z.infer<typeof AccountData>;

export const ImportQuery = z.object({
  /** Which system it comes from; customer numbers are unique within it. */
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/u)
    .default('carrier'),
  dryRun: z.enum(['true', 'false']).default('false'),
});
/** Rows are read one by one: a bad one is refused and the others are taken. */
export const ImportBody = z.object({ customers: z.array(z.unknown()).min(1).max(5000) });

export const ImportOutcome = z.enum(['created', 'updated', 'unchanged', 'refused']);
export type ImportOutcome = z.infer<typeof ImportOutcome>;

export const ImportReason = z.object({
  code: z.string(),
  /** The column, where it is one. */
  column: z.string().nullable(),
  es: z.string(),
  en: z.string(),
});
export type ImportReason = z.infer<typeof ImportReason>;

export const ImportResult = z.object({
  /** Of a file its line, of a list its place, counted from one. */
  row: z.number().int(),
  customerNumber: z.string().nullable(),
  customerId: Id.nullable(),
  /** Null: its turn has not come yet. */
  outcome: ImportOutcome.nullable(),
  reasons: z.array(ImportReason),
});
export type ImportResult = z.infer<typeof ImportResult>;
export const ImportResultPage = page(ImportResult);
export type ImportResultPage = z.infer<typeof ImportResultPage>;

export const ImportState = z.enum(['running', 'done']);
export type ImportState = z.infer<typeof ImportState>;

export const CustomerImport = z.object({
  id: Id,
  source: z.string(),
  fileName: z.string().nullable(),
  dryRun: z.boolean(),
  state: ImportState,
  rows: z.number().int(),
  done: z.number().int(),
  counts: z.record(ImportOutcome, z.number().int()),
  startedBy: PersonRef,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});
export type CustomerImport = z.infer<typeof CustomerImport>;
export const CustomerImportPage = page(CustomerImport);
export type CustomerImportPage = z.infer<typeof CustomerImportPage>;
export const CustomerImportAnswer = CustomerImport.extend({ results: ImportResultPage });
export type CustomerImportAnswer = z.infer<typeof CustomerImportAnswer>;
export const ImportResultsQuery = PageQuery.extend({ outcome: ImportOutcome.optional() });

/** Where it comes from and when it was so. */
export const Said = z.object({ source: z.string(), number: z.string(), asOf: Instant });
export type Said = z.infer<typeof Said>;

export const TierRule = z.object({
  tier: Tier.exclude(['standard']),
  minYears: z.number().int().nullable(),
  minMonthlyCents: z.number().int().nullable(),
  currency: Currency,
});
export type TierRule = z.infer<typeof TierRule>;

const both = z.record(Language, z.string());

export const CustomerCard = z.object({
  customerId: Id,
  displayName: z.string(),
  /** Null: unknown. */
  since: Day.nullable(),
  years: z.number().int().nullable(),
  tier: z.object({ tier: Tier, by: z.enum(['rule', 'import', 'standing']), words: both }),
  plans: z.array(z.object({ name: z.string(), lines: z.number().int().nullable(), said: Said })),
  /** Per month over each horizon; null: unknown, also when one of several accounts is. */
  value: z.object({ short: Money.nullable(), mid: Money.nullable(), long: Money.nullable() }),
  /** False: what binds them is not known, or not of each account. */
  commitmentsKnown: z.boolean(),
  commitments: z.array(Commitment.extend({ currency: Currency, over: z.boolean(), words: both, said: Said })),
  balances: z.array(z.object({ points: z.number().int().nullable(), benefits: Money.nullable(), said: Said })),
  /** Whether balances and amounts may be told to whoever the case is talking with, and what that needs. */
  tell: z.object({ allowed: z.boolean(), needs: ProofLevel, has: ProofLevel }),
  devices: z.array(z.object({ imei: z.string(), model: z.string().nullable(), since: Day.nullable(), said: Said })),
  preferences: z.object({
    channel: PreferredChannel.nullable(),
    hours: Hours.nullable(),
    language: Language,
    languageKnown: z.boolean(),
    formality: Formality.nullable(),
    /** Who said so, for each that is known. */
    said: z.partialRecord(PreferenceField, z.object({ by: PersonRef.nullable(), source: z.string(), at: Instant })),
  }),
  openCase: z.object({ id: Id, reference: z.string() }).nullable(),
  pastCases: z.number().int(),
  /** Of what another system says: from which and when; empty: nothing was ever imported. */
  said: z.array(Said),
});
export type CustomerCard = z.infer<typeof CustomerCard>;

export const CustomerCase = z.object({
  id: Id,
  reference: z.string(),
  problem: z.string().nullable(),
  status: CaseStatus,
  openedAt: Instant,
  closedAt: Instant.nullable(),
});
export type CustomerCase = z.infer<typeof CustomerCase>;
export const CustomerCasePage = page(CustomerCase);
export type CustomerCasePage = z.infer<typeof CustomerCasePage>;
