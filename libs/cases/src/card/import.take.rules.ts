import {
  importReason,
  Language,
  type AccountData,
  type ImportOutcome,
  type ImportReason,
  type ImportRecord,
  type PreferenceField,
  type Tier,
  type TierRule,
} from '#contracts';
import { isSame, merged, usualOf } from './account.rules.js';
import { tierOf, yearsBetween } from './tier.rules.js';
import { sumOf } from './value.rules.js';

/** How a customer stands whom a record is about. */
export interface Standing {
  displayName: string;
  provisional: boolean;
  language: Language;
  tier: Tier;
  city: string | null;
  postcode: string | null;
  preferences: ReadonlyMap<PreferenceField, { value: unknown; source: string }>;
}

export interface CustomerWrite {
  displayName: string;
  language: Language;
  languageKnown: boolean;
  tier: Tier;
  city: string | null;
  postcode: string | null;
}
export interface Taken {
  data: AccountData;
  customer: CustomerWrite;
  /** What is written of it that was not so before. */
  changes: boolean;
  preferences: { field: PreferenceField; value: unknown }[];
  reasons: ImportReason[];
}

const FIELDS: readonly PreferenceField[] = ['channel', 'hours', 'language', 'formality'];

/** What they prefer, as the system says: where one of us or the customer said so here, that stands. */
function preferencesOf(
  record: ImportRecord,
  before: Standing['preferences'],
  reasons: ImportReason[],
): Taken['preferences'] {
  return FIELDS.flatMap((field) => {
    const value = record[field];
    if (value === undefined) return [];
    const stands = before.get(field);
    if (!stands) return value === null ? [] : [{ field, value }];
    if (JSON.stringify(stands.value) === JSON.stringify(value)) return [];
    if (stands.source !== 'staff') return [{ field, value }];
    reasons.push(importReason('preference_kept', field));
    return [];
  });
}

interface Before {
  data: AccountData | null;
  standing: Standing | null;
  /** What their other accounts in that system say. */
  others: AccountData[];
}

/** Nothing is known of somebody new. */
const NOBODY: Standing = {
  displayName: '',
  provisional: true,
  language: 'es',
  tier: 'standard',
  city: null,
  postcode: null,
  preferences: new Map(),
};

function nameOf(record: ImportRecord, before: Before, standing: Standing): string {
  const isNews = record.name !== undefined && (standing.provisional || record.name !== before.data?.name);
  return (isNews ? record.name : standing.displayName) || standing.displayName || record.customerNumber;
}

/** What a record changes about a customer. */
export function taken(record: ImportRecord, before: Before, rules: readonly TierRule[], today: string): Taken {
  const standing = before.standing ?? NOBODY;
  const data = merged(before.data, record);
  const reasons: ImportReason[] = [];
  const preferences = preferencesOf(record, standing.preferences, reasons);
  const said = preferences.find(({ field }) => field === 'language')?.value;
  const language = Language.safeParse(said).data;
  const customer: CustomerWrite = {
    displayName: nameOf(record, before, standing),
    language: language ?? standing.language,
    languageKnown: language !== undefined,
    tier: standingTier(data, before.others, rules, today) ?? standing.tier,
    city: record.city ?? standing.city,
    postcode: record.postcode ?? standing.postcode,
  };
  const changes =
    standing.provisional ||
    preferences.length > 0 ||
    !isSame(before.data, data) ||
    (['displayName', 'tier', 'city', 'postcode'] as const).some((field) => customer[field] !== standing[field]);
  return { data, customer, changes, preferences, reasons };
}

/** Null: nothing is known that it could go by. */
function standingTier(
  data: AccountData,
  others: AccountData[],
  rules: readonly TierRule[],
  today: string,
): Tier | null {
  if (data.tier) return data.tier;
  const all = [data, ...others];
  const [since = null] = all.flatMap((one) => one.since ?? []).sort();
  const monthly = sumOf(all.map(usualOf));
  if (since === null && monthly === null) return null;
  return tierOf(rules, { years: since === null ? null : yearsBetween(since, today), monthly });
}

/** What became of a row that was not refused. */
export const outcomeOf = (isNew: boolean, changes: boolean): ImportOutcome =>
  isNew ? 'created' : changes ? 'updated' : 'unchanged';
