import type { BenefitLine } from '#contracts';

/** A discount on a monthly fee, day by day and to the cent, without a fraction ever being rounded before its turn. */

/** What holds on a day. */
export interface DiscountDay {
  /** Of the calendar, as `2026-11-03`. */
  date: string;
  /** Of a hundred, with at most two digits behind the point. */
  percent: number;
  monthlyFeeCents: number;
}

const DAY_MS = 86_400_000;
/** What 28, 29, 30 and 31 have as their least common multiple. */
const ANY_MONTH = 377_580n;
const HUNDREDTHS = 10_000n;
const WHOLE = ANY_MONTH * HUNDREDTHS;

const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The days of the calendar from one to before another. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(from); time < Date.parse(to); time += DAY_MS) days.push(dateOf(time));
  return days;
}

export const dayAfter = (date: string): string => dateOf(Date.parse(date) + DAY_MS);

/** How many days the month of a date has. */
export const daysInMonth = (date: string): number =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();

/** The fee × percent ÷ days of its month, in parts of a cent; there are `WHOLE` of them. */
const partsOf = ({ date, percent, monthlyFeeCents }: DiscountDay): bigint =>
  (BigInt(monthlyFeeCents) * BigInt(Math.round(percent * 100)) * ANY_MONTH) / BigInt(daysInMonth(date));

/**
 * What each day comes to. The sum is what all the days come to exactly, rounded to the cent once (half a cent is the customer's); the
 * cents that rounding each day down leaves over go to the largest remainders, of equal ones to the earlier day.
 */
export function discountLines(days: readonly DiscountDay[]): BenefitLine[] {
  const parts = days.map(partsOf);
  const exact = parts.reduce((all, one) => all + one, 0n);
  const lines = days.map(({ date }, at) => ({ date, amountCents: Number((parts[at] ?? 0n) / WHOLE) }));
  const remainders = parts.map((one, at) => ({ at, left: one % WHOLE }));
  const whole = remainders.reduce((all, { left }) => all + left, 0n);
  const over = Number((exact * 2n + WHOLE) / (WHOLE * 2n) - (exact - whole) / WHOLE);
  remainders.sort((a, b) => (a.left === b.left ? a.at - b.at : a.left > b.left ? -1 : 1));
  for (const { at } of remainders.slice(0, over)) {
    const line = lines[at];
    if (line) line.amountCents += 1;
  }
  return lines;
}

export const sumOf = (lines: readonly BenefitLine[]): number =>
  lines.reduce((all, { amountCents }) => all + amountCents, 0);
