import { minorDigits, type PartnerQuote, type Quote, type QuoteBody, type QuoteLineKind } from '#contracts';

/** A quote as it stands in the form: texts, until they make sense. */

export interface LineTyped {
  description: string;
  kind: QuoteLineKind;
  quantity: string;
  list: string;
  agreed: string;
  agreement: string;
}

export interface QuoteTyped {
  currency: string;
  lines: LineTyped[];
  manufacturer: string;
  carrier: string;
  goodwill: string;
  months: string;
  what: string;
  /** By the clock of the workspace, as a field for moments writes it. */
  until: string;
}

export const EMPTY_LINE: LineTyped = {
  ...{ description: '', kind: 'part', quantity: '1', list: '', agreed: '', agreement: '' },
};
export const EMPTY_QUOTE: QuoteTyped = {
  ...{
    currency: 'EUR',
    lines: [EMPTY_LINE],
    manufacturer: '',
    carrier: '',
    goodwill: '',
    months: '',
    what: '',
    until: '',
  },
};

/**
 * An amount as it was typed, in the smallest unit of its currency: `1.234,50`, `1,234.50`, `200`.
 * @returns null when it is none
 */
export function centsOf(typed: string, currency: string): number | null {
  const text = typed.replace(/[\s€$£¥]/gu, '');
  if (text === '') return 0;
  const digits = minorDigits(currency);
  const point = /[.,](\d+)$/u.exec(text);
  const decimals = point && (point[1] ?? '').length <= digits ? (point[1] ?? '') : '';
  const whole = (decimals === '' ? text : text.slice(0, -decimals.length - 1)).replace(/[.,](?=\d{3}(?:\D|$))/gu, '');
  if (!/^\d{1,9}$/u.test(whole)) return null;
  return Number(whole) * 10 ** digits + Number(decimals.padEnd(digits, '0') || 0);
}

/** An amount as it is put into a field: `200,00` of euros for who reads Spanish. */
export const typedOf = (cents: number, currency: string, locale: string): string => {
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(locale, {
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false },
  }).format(cents / 10 ** digits);
};

/** What was typed as a quote; null where an amount or a number is none. */
export function bodyOf(typed: QuoteTyped, moment: (typed: string) => string): QuoteBody | null {
  const cents = (text: string) => centsOf(text, typed.currency);
  const lines = typed.lines.map((line) => {
    const list = cents(line.list);
    const agreed = line.agreed.trim() === '' ? list : cents(line.agreed);
    const quantity = Number(line.quantity);
    if (list === null || agreed === null || agreed > list || line.description.trim() === '') return null;
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 99) return null;
    return {
      ...{ description: line.description.trim(), kind: line.kind, quantity, listCents: list, agreedCents: agreed },
      ...{ agreement: line.agreement.trim() || null, shares: {} },
    };
  });
  const given = (['manufacturer', 'carrier', 'goodwill'] as const).map((payer) => ({
    payer,
    cents: cents(typed[payer]),
  }));
  const months = Number(typed.months);
  const whole = lines.flatMap((line) => line ?? []);
  if (whole.length !== lines.length || given.some((one) => one.cents === null)) return null;
  return {
    currency: typed.currency,
    lines: whole,
    contributions: given.flatMap((one) => (one.cents ? [{ payer: one.payer, cents: one.cents }] : [])),
    cover:
      typed.what.trim() !== '' && typed.months.trim() !== '' && Number.isInteger(months) && months >= 0
        ? { months, what: typed.what.trim() }
        : null,
    validUntil: typed.until === '' ? null : moment(typed.until),
  };
}

/** A quote as the form shows it, to go on with or to begin the next version from. */
export const typedFrom = (quote: Quote, locale: string, wall: (at: string) => string): QuoteTyped => {
  const text = (cents: number) => (cents === 0 ? '' : typedOf(cents, quote.currency, locale));
  return {
    currency: quote.currency,
    lines: quote.lines.map(({ description, kind, quantity, listCents, agreedCents, agreement }) => ({
      ...{ description, kind, quantity: String(quantity), agreement: agreement ?? '' },
      ...{ list: typedOf(listCents, quote.currency, locale), agreed: typedOf(agreedCents, quote.currency, locale) },
    })),
    ...{ manufacturer: text(quote.shares.manufacturer), carrier: text(quote.shares.carrier) },
    goodwill: text(quote.shares.goodwill),
    months: quote.cover ? String(quote.cover.months) : '',
    what: quote.cover?.what ?? '',
    until: quote.validUntil ? wall(quote.validUntil) : '',
  };
};

/** What a partner asks of us, as the customer's quote begins: their list, what was agreed with them, what they cover. */
export const typedFromPartner = (quote: PartnerQuote, locale: string, wall: (at: string) => string): QuoteTyped => ({
  ...EMPTY_QUOTE,
  currency: quote.currency,
  lines: quote.lines.map(({ description, kind, quantity, listCents, priceCents }) => ({
    ...{ description, kind, quantity: String(quantity) },
    agreement: priceCents < listCents ? (quote.agreement ?? '') : '',
    ...{ list: typedOf(listCents, quote.currency, locale), agreed: typedOf(priceCents, quote.currency, locale) },
  })),
  months: quote.cover ? String(quote.cover.months) : '',
  what: quote.cover?.what ?? '',
  until: quote.validUntil ? wall(quote.validUntil) : '',
});
