import type { Quote, QuoteBody, QuoteLine, QuoteLineBody, Shares } from './quotes.js';
import { Payer } from './repairs.words.js';

/** What a quote adds up to, and who pays how much of it: integers in the smallest unit of its currency, summing to the cent. */

export const PAYERS = Payer.options;
/** All who may pay besides the customer. */
export type Contributor = Exclude<Payer, 'customer'>;
export const CONTRIBUTORS: readonly Contributor[] = ['manufacturer', 'carrier', 'goodwill'];

export const NOTHING: Shares = { manufacturer: 0, carrier: 0, goodwill: 0, customer: 0 };

/**
 * An amount in portions by weight, to the unit: each gets the whole part of what is its due, what is left goes to the largest
 * remainders, the first of equals first.
 * @param weights none negative; where all are zero the first takes all
 * @returns as many as there are weights; they sum to the amount
 */
export function inPortions(amount: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map((_, at) => (at === 0 ? amount : 0));
  const dues = weights.map((weight, at) => {
    const due = BigInt(amount) * BigInt(weight);
    return { at, part: due / whole, rest: due % whole };
  });
  const left = BigInt(amount) - dues.reduce((sum, { part }) => sum + part, 0n);
  const first = dues
    .toSorted((one, other) => (one.rest === other.rest ? one.at - other.at : one.rest > other.rest ? -1 : 1))
    .slice(0, Number(left));
  const more = new Set(first.map(({ at }) => at));
  return dues.map(({ at, part }) => Number(part) + (more.has(at) ? 1 : 0));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const contributed = (line: QuoteLineBody): number => sum(CONTRIBUTORS.map((payer) => line.shares[payer] ?? 0));

/** What is paid in all for a line. */
export const lineTotal = ({ quantity, agreedCents }: Pick<QuoteLineBody, 'quantity' | 'agreedCents'>): number =>
  quantity * agreedCents;

/** A quote worked out. */
export interface Priced {
  lines: QuoteLine[];
  listCents: number;
  totalCents: number;
  shares: Shares;
}

/** Whether others pay more of it than there is to pay. */
export function sharesExceed({ lines, contributions }: Pick<QuoteBody, 'lines' | 'contributions'>): boolean {
  if (lines.some((line) => contributed(line) > lineTotal(line))) return true;
  const rest = sum(lines.map((line) => lineTotal(line) - contributed(line)));
  return sum(contributions.map(({ cents }) => cents)) > rest;
}

/**
 * Works a quote out: of each line what others pay by itself, then what they pay of the whole, in portions of what was left to
 * the customer; the rest is the customer's.
 * @param quote whose shares do not exceed it (`sharesExceed`)
 */
export function priced({ lines, contributions }: Pick<QuoteBody, 'lines' | 'contributions'>): Priced {
  const worked: QuoteLine[] = lines.map((line) => {
    const totalCents = lineTotal(line);
    const shares = { ...NOTHING, ...line.shares, customer: totalCents - contributed(line) };
    return { ...line, agreement: line.agreement ?? null, totalCents, shares };
  });
  for (const { payer, cents } of contributions) {
    const portions = inPortions(
      cents,
      worked.map(({ shares }) => shares.customer),
    );
    worked.forEach(({ shares }, at) => {
      const portion = portions[at] ?? 0;
      shares[payer] += portion;
      shares.customer -= portion;
    });
  }
  return { lines: worked, ...totalsOf(worked) };
}

/** What lines that are worked out add up to. */
export function totalsOf(lines: readonly QuoteLine[]): Omit<Priced, 'lines'> {
  const shares = { ...NOTHING };
  for (const payer of PAYERS) shares[payer] = sum(lines.map((line) => line.shares[payer]));
  return {
    listCents: sum(lines.map(({ quantity, listCents }) => quantity * listCents)),
    totalCents: sum(lines.map(({ totalCents }) => totalCents)),
    shares,
  };
}

/** What a quote must say before it is offered. */
export type QuoteGap = 'lines' | 'cover' | 'valid_until' | 'agreement';

/**
 * What is missing before a quote can be offered: what is covered after the repair and for how long, until when it holds, and
 * where each price below the list comes from.
 */
export function quoteGaps(
  quote: Pick<QuoteBody, 'cover' | 'validUntil'> & { lines: readonly (QuoteLineBody | QuoteLine)[] },
  now: Date,
): QuoteGap[] {
  const gaps: QuoteGap[] = [];
  if (quote.lines.length === 0) gaps.push('lines');
  if (!quote.cover) gaps.push('cover');
  if (!quote.validUntil || new Date(quote.validUntil) <= now) gaps.push('valid_until');
  if (quote.lines.some(({ agreedCents, listCents, agreement }) => agreedCents < listCents && !agreement?.trim()))
    gaps.push('agreement');
  return gaps;
}

/**
 * A quote as the text of which the hash is taken: what the customer agrees to and nothing else, in one order, so that the same
 * quote is the same text anywhere.
 */
export const canonicalQuote = (
  quote: Pick<Quote, 'repairId' | 'version' | 'currency' | 'lines' | 'cover' | 'validUntil'>,
): string =>
  JSON.stringify([
    'hilo-quote-1',
    quote.repairId,
    quote.version,
    quote.currency,
    quote.lines.map(({ description, kind, quantity, listCents, agreedCents, agreement, shares }) => [
      ...[description, kind, quantity, listCents, agreedCents, agreement ?? ''],
      ...PAYERS.map((payer) => shares[payer]),
    ]),
    quote.cover && [quote.cover.months, quote.cover.what],
    quote.validUntil && new Date(quote.validUntil).toISOString(),
  ]);

const HOUR_MS = 3_600_000;
/** So long before a quote runs out the customer is reminded of it. */
export const QUOTE_NUDGES_HOURS = [72, 24] as const;
/** Nobody is reminded of what they were only just told. */
const QUIET_HOURS = 12;

/**
 * When the next reminder is due.
 * @param since when the quote was offered, or the last reminder went
 * @returns null when there is none any more
 */
export function nextNudge(validUntil: Date, since: Date): Date | null {
  const earliest = since.getTime() + QUIET_HOURS * HOUR_MS;
  const at = QUOTE_NUDGES_HOURS.map((hours) => validUntil.getTime() - hours * HOUR_MS).find((one) => one >= earliest);
  return at === undefined ? null : new Date(at);
}
