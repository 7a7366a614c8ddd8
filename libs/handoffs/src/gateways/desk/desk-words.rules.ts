import { Temporal } from 'temporal-polyfill';
import {
  EitherWord,
  GiverWord,
  minorDigits,
  QuoteCurrency,
  TakerWord,
  type DeskAction,
  type HandoffWord,
  type PartnerQuote,
  type PartnerQuoteLine,
} from '#contracts';
import type { z } from 'zod';

/** What was typed into a form of the desk, as a word of the partner's. */

export type Typed = Partial<Record<string, string>>;

/** Why it cannot be taken, and where that stands. */
export interface Trouble {
  field: string;
  why: 'needed' | 'date' | 'past' | 'money' | 'above' | 'number' | 'tooLong' | 'format';
}

export interface Reading {
  /** By whose clock days are meant. */
  timeZone: string;
  now: Date;
  /** Files that came along. */
  attachmentIds: string[];
}

export const QUOTE_ROWS = 8;
/** A day without an hour is meant until work ends. */
const END_OF_WORK = '18:00';

class Refused extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.why);
  }
}
const refuse = (field: string, why: Trouble['why']): never => {
  throw new Refused({ field, why });
};

type Draft = { [field: string]: unknown };
type Reader = (typed: Typed, reading: Reading) => Draft;

const text = (typed: Typed, field: string): string | null => typed[field]?.trim() || null;
const needed = (typed: Typed, field: string): string => text(typed, field) ?? refuse(field, 'needed');

/** `date` and `time` as browsers send them, by the partner's clock. */
function instant(typed: Typed, { timeZone, now }: Reading, required: boolean): string | null {
  const date = text(typed, 'date');
  if (!date) return required ? refuse('date', 'needed') : null;
  const time = text(typed, 'time') ?? END_OF_WORK;
  const at = zoned(date, time, timeZone);
  if (at < now.getTime()) return refuse('date', 'past');
  return new Date(at).toISOString();
}

function zoned(date: string, time: string, timeZone: string): number {
  try {
    return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return refuse('date', 'date');
    throw error;
  }
}

/** 400 · 400,00 · 1.234,50 · 1,234.50 · €400.00, in the smallest part of the currency; null: none of these. */
export function centsOf(written: string, currency: string): number | null {
  const plain = written.replace(/[\s€$£]|EUR|[A-Z]{3}/gu, '');
  const digits = minorDigits(currency);
  const match = /^(\d{1,3}(?:[.,]\d{3})*|\d+)(?:[.,](\d{1,2}))?$/u.exec(plain);
  if (!match || (match[2] ?? '').length > digits) return null;
  const whole = (match[1] ?? '').replace(/[.,]/gu, '');
  return Number(whole + (match[2] ?? '').padEnd(digits, '0'));
}

const cents = (typed: Typed, field: string, currency: string): number | null => {
  const written = text(typed, field);
  return written === null ? null : (centsOf(written, currency) ?? refuse(field, 'money'));
};

const count = (typed: Typed, field: string): number | null => {
  const written = text(typed, field);
  if (written === null) return null;
  return /^\d{1,3}$/u.test(written) ? Number(written) : refuse(field, 'number');
};

function cover(typed: Typed): Draft {
  const months = count(typed, 'coverMonths');
  const what = text(typed, 'coverWhat');
  if (months === null) return what === null ? {} : refuse('coverMonths', 'needed');
  return { cover: { months, what: what ?? refuse('coverWhat', 'needed') } };
}

/** A price that is left out is the list's; a line that is left out is none. */
function line(typed: Typed, row: number, currency: string): z.input<typeof PartnerQuoteLine> | null {
  const description = text(typed, `d${row}`);
  const list = cents(typed, `l${row}`, currency);
  const price = cents(typed, `p${row}`, currency);
  if (description === null) return list === null && price === null ? null : refuse(`d${row}`, 'needed');
  const listCents = list ?? price ?? refuse(`l${row}`, 'needed');
  if ((price ?? 0) > listCents) return refuse(`p${row}`, 'above');
  const quantity = count(typed, `n${row}`) ?? 1;
  if (quantity < 1 || quantity > 99) return refuse(`n${row}`, 'number');
  const kind = (text(typed, `k${row}`) ?? 'other') as z.input<typeof PartnerQuoteLine>['kind'];
  return { description, kind, quantity, listCents, priceCents: price ?? listCents };
}

function quote(typed: Typed, reading: Reading): z.input<typeof PartnerQuote> {
  const currency = (text(typed, 'currency') ?? 'EUR').toUpperCase();
  if (!QuoteCurrency.safeParse(currency).success) return refuse('currency', 'money');
  const lines = Array.from({ length: QUOTE_ROWS }, (_, row) => line(typed, row, currency)).filter(
    (one) => one !== null,
  );
  if (lines.length === 0) return refuse('d0', 'needed');
  return {
    currency,
    lines,
    agreement: text(typed, 'agreement'),
    validUntil: instant(typed, reading, false),
    ...cover(typed),
  };
}

const said: Reader = (typed) => ({ text: text(typed, 'text') });
const withReason: Reader = (typed) => ({ reason: needed(typed, 'reason') });

/** Somebody who leaves a mail address or a number says their name, too. */
function engineer(typed: Typed): Draft | null {
  const [name, email, phone] = [text(typed, 'engineer'), text(typed, 'engineerEmail'), text(typed, 'engineerPhone')];
  if (name === null) return email === null && phone === null ? null : refuse('engineer', 'needed');
  return { name, email, phone };
}

const READERS: Record<DeskAction, Reader> = {
  acknowledged: said,
  accepted: (typed, reading) => ({
    ...{ partnerRef: text(typed, 'partnerRef'), engineer: engineer(typed) },
    ...{ etaAt: instant(typed, reading, false), text: text(typed, 'text') },
  }),
  // Whoever says no says what is to be done instead.
  rejected: (typed) => ({ reason: needed(typed, 'reason'), nextStep: needed(typed, 'nextStep') }),
  asked: (typed) => ({ question: needed(typed, 'question') }),
  in_progress: said,
  eta: (typed, reading) => ({ etaAt: instant(typed, reading, true), reason: text(typed, 'reason') }),
  quoted: (typed, reading) => ({ quote: quote(typed, reading), text: text(typed, 'text') }),
  received: said,
  dispatched: (typed, reading) => ({
    ...{ carrier: text(typed, 'carrier'), trackingNumber: text(typed, 'trackingNumber') },
    etaAt: instant(typed, reading, false),
  }),
  resolved: (typed) => ({ outcome: needed(typed, 'outcome'), text: needed(typed, 'text'), ...cover(typed) }),
  sent: () => ({}),
  info: (typed) => ({ text: needed(typed, 'text') }),
  quote_answered: (typed) => ({ approved: needed(typed, 'approved') === 'yes', text: text(typed, 'text') }),
  nudged: said,
  reopened: withReason,
  cancelled: withReason,
  recalled: withReason,
  closed: said,
  note: (typed) => ({ text: needed(typed, 'text') }),
  file: (typed, { attachmentIds }) => ({ attachmentIds, text: text(typed, 'text') }),
};

/** Each word by its kind: of a union one would be told why it is none of the others. */
const WORDS = [...TakerWord.options, ...GiverWord.options, ...EitherWord.options];

/**
 * What a form says. A note with nothing but files is these files.
 * @returns the word, or the first thing that keeps it from being one
 */
export function wordTyped(
  action: DeskAction,
  typed: Typed,
  reading: Reading,
): { word: HandoffWord; trouble: null } | { word: null; trouble: Trouble } {
  const kind = action === 'note' && !text(typed, 'text') && reading.attachmentIds.length > 0 ? 'file' : action;
  const shape: z.ZodType<HandoffWord> | undefined = WORDS.find(({ shape: { kind: its } }) => its.value === kind);
  if (!shape) throw new Error(`no word ${kind}`);
  try {
    const parsed = shape.safeParse({ kind, ...READERS[kind](typed, reading) });
    if (parsed.success) return { word: parsed.data, trouble: null };
    return { word: null, trouble: troubleOf(parsed.error) };
  } catch (error) {
    if (error instanceof Refused) return { word: null, trouble: error.trouble };
    throw error;
  }
}

/** Fields of a word as the form calls them. */
const FIELDS: Record<string, string> = {
  'engineer.name': 'engineer',
  'engineer.email': 'engineerEmail',
  'engineer.phone': 'engineerPhone',
  'cover.months': 'coverMonths',
  'cover.what': 'coverWhat',
  'quote.cover.months': 'coverMonths',
  'quote.cover.what': 'coverWhat',
  'quote.agreement': 'agreement',
  etaAt: 'date',
};
const OF_A_LINE: Record<string, string> = {
  description: 'd',
  kind: 'k',
  quantity: 'n',
  listCents: 'l',
  priceCents: 'p',
};

function troubleOf({ issues: [issue] }: z.ZodError): Trouble {
  const path = (issue?.path ?? []).map(String);
  const row = path[0] === 'quote' && path[1] === 'lines' ? path[2] : undefined;
  const field = row === undefined ? path.join('.') : `${OF_A_LINE[path[3] ?? ''] ?? 'd'}${row}`;
  return { field: FIELDS[field] ?? field, why: issue?.code === 'too_big' ? 'tooLong' : 'format' };
}
