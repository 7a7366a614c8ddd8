import { AccountData, type ImportRecord, type Money } from '#contracts';
import { moneyOf } from './value.rules.js';

/** What stood there, with what the record says: what it says nothing of stays. */
export function merged(before: AccountData | null, record: ImportRecord): AccountData {
  const said = Object.fromEntries(Object.entries(AccountData.parse(record)).filter(([, value]) => value !== undefined));
  return { ...before, ...said };
}

/** The same however its keys stand. */
export const isSame = (one: AccountData | null, other: AccountData | null): boolean => written(one) === written(other);

const written = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

/** What an account is worth a month, over the horizon that says most of what is usual. */
export const usualOf = (data: AccountData): Money | null =>
  moneyOf(data.valueMidCents ?? data.valueShortCents ?? data.valueLongCents, data.currency);
