import { Temporal } from 'temporal-polyfill';
import type { LegalTerms } from '#contracts';

/** What the law says is owed for the time a service was interrupted; parameters and their source are data. */

export interface Interval {
  /** Milliseconds since 1970; the end is not part of it. */
  from: number;
  to: number;
}

export interface Billed {
  monthlyFeeCents: number;
  /** What was billed in an average month before; null: not known. */
  averageCents: number | null;
}

/** What is left of an interval without what others cover. */
export function without(whole: Interval, covered: readonly Interval[]): Interval[] {
  let left = [whole];
  for (const { from, to } of covered)
    left = left.flatMap((one) =>
      [
        { from: one.from, to: Math.min(one.to, from) },
        { from: Math.max(one.from, to), to: one.to },
      ].filter((part) => part.from < part.to),
    );
  return left;
}

/** The month an instant lies in there: when it begins and ends. */
function monthAt(instant: number, timeZone: string): Interval {
  const first = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .with({ day: 1 });
  const begins = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds;
  return { from: begins(first), to: begins(first.add({ months: 1 })) };
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));

/** What a month of it would be: so many times the fee, or what was billed on average where that is more. */
export const monthlyBasis = ({ monthlyFeeCents, averageCents }: Billed, { feeTimes }: LegalTerms): number =>
  Math.max(monthlyFeeCents * feeTimes, averageCents ?? 0);

/** The basis for the share of each local month, to the millisecond; a part of a cent is the customer's. */
export function legallyOwed(parts: readonly Interval[], timeZone: string, billed: Billed, terms: LegalTerms): number {
  const basis = BigInt(monthlyBasis(billed, terms));
  let [top, bottom] = [0n, 1n];
  for (const part of parts)
    for (let from = part.from; from < part.to;) {
      const month = monthAt(from, timeZone);
      const to = Math.min(part.to, month.to);
      const length = BigInt(month.to - month.from);
      top = top * length + BigInt(to - from) * bottom;
      bottom *= length;
      const shared = divisor(top, bottom);
      [top, bottom] = [top / shared, bottom / shared];
      from = to;
    }
  return Number((basis * top + bottom - 1n) / bottom);
}

/** An interruption as it is recorded. */
export interface Interruption extends Billed {
  fromAt: Date;
  timeZone: string;
}

/**
 * What an interruption comes to by a moment, without the time that is owed already: while it lasts that is what it has come to so far, and
 * in the end what is owed.
 */
export function owedBy(one: Interruption, covered: readonly Interval[], at: Date, terms: LegalTerms): number {
  const whole = { from: one.fromAt.getTime(), to: at.getTime() };
  return whole.from < whole.to ? legallyOwed(without(whole, covered), one.timeZone, one, terms) : 0;
}

/**
 * Whether it goes on the bill without being asked for: above the amount, not at it. What is owed in another currency than that amount
 * cannot be compared with it: somebody has to look.
 */
export const isAutomatic = (amountCents: number, currency: string, terms: LegalTerms): boolean =>
  currency === terms.currency && amountCents > terms.automaticFromCents;
