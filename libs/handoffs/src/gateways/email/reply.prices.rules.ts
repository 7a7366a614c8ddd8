import type { Language, PartnerQuote } from '#contracts';
import { folded, type Sentence } from './reply.text.rules.js';

/** What somebody asks for a repair, as people write prices. */

export type QuoteLine = PartnerQuote['lines'][number];

const CURRENCIES: [RegExp, string][] = [
  [/€|\beur(?:os?)?\b/u, 'EUR'],
  [/£|\bgbp\b|\bpounds?\b/u, 'GBP'],
  [/\bchf\b/u, 'CHF'],
  [/\$|\busd\b/u, 'USD'],
];
const UNIT = '(?:€|£|\\$|\\beur(?:os?)?\\b|\\bgbp\\b|\\busd\\b|\\bchf\\b)';
const NUMBER = '\\d{1,3}(?:[.,]\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,6}(?:[.,]\\d{1,2})?';
/** An amount, its unit before or behind it or not at all. */
const AMOUNT = `(?:${UNIT}\\s?)?(?<![\\w.,/-])(${NUMBER})(?![\\w/]|[.,-]\\d)\\s?(?:${UNIT})?`;
const SURE = `(?:${UNIT}\\s?(${NUMBER})(?![\\w/]|[.,]\\d)|(?<![\\w.,/-])(${NUMBER})\\s?${UNIT})`;

/** `1.234,50`, `1,234.50`, `400` → cents. */
export function centsOf(written: string): number {
  const marks = written.match(/[.,]/gu) ?? [];
  const last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
  const decimals = last < 0 ? 0 : written.length - last - 1;
  const isThousands = last < 0 || (decimals === 3 && new Set(marks).size === 1);
  const whole = isThousands ? written : written.slice(0, last);
  const cents = isThousands ? '' : written.slice(last + 1);
  return Number(whole.replace(/\D/gu, '')) * 100 + Number(cents.padEnd(2, '0').slice(0, 2) || 0);
}

const LIST =
  '(?:list(?:a| price)?|precio (?:de )?(?:lista|tarifa|catalogo)|tarifa|pvp|rrp|retail|catalog(?:ue)?|standard(?: price)?|normalmente|normally)';
const OURS =
  '(?:(?:your|for you|net|partner|agreed|discounted|special|final|reduced|our)(?: price)?|para (?:vosotros|ustedes|uds|vds)|precio(?: neto| especial| final| acordado| para (?:vosotros|ustedes))?|neto|price|net|se queda en|queda en|os lo dejamos en|les cobramos)';

/** List and price in one sentence, in either order; each with where the two stand. */
const PAIRS: { form: RegExp; list: number; price: number }[] = [
  {
    form: new RegExp(`${AMOUNT}\\s?(?:\\([^()]{0,20}\\)\\s?)?(?:→|-+>|=+>|»|=>)\\s?${AMOUNT}`, 'u'),
    list: 1,
    price: 2,
  },
  { form: new RegExp(`\\b(?:de|from)\\s${AMOUNT}\\s(?:a|to)\\s${AMOUNT}`, 'u'), list: 1, price: 2 },
  {
    form: new RegExp(
      `${AMOUNT}\\s(?:en (?:vez|lugar) de|instead of|rather than|down from|\\(?(?:antes|was|rrp|pvp|list(?:a)?):?)\\s(?:los |the )?${AMOUNT}`,
      'u',
    ),
    list: 2,
    price: 1,
  },
  {
    form: new RegExp(
      `\\b${LIST}\\s?(?:(?:it )?is|es|son|:|=|de|of)?\\s?${AMOUNT}.{0,60}?\\b${OURS}\\s?(?:(?:it )?is|es|son|:|=|de|of)?\\s?${AMOUNT}`,
      'u',
    ),
    list: 1,
    price: 2,
  },
  {
    form: new RegExp(
      `\\b${OURS}\\s?(?:(?:it )?is|es|son|:|=|de|of)?\\s?${AMOUNT}.{0,40}?\\b${LIST}\\s?(?:(?:it )?is|es|son|:|=|de|of)?\\s?${AMOUNT}`,
      'u',
    ),
    list: 2,
    price: 1,
  },
  // Said behind the amounts: `400 € de tarifa, 200 € para vosotros`.
  { form: new RegExp(`${AMOUNT}\\s?(?:de |of )?${LIST}\\b.{0,40}?${AMOUNT}\\s?${OURS}\\b`, 'u'), list: 1, price: 2 },
  { form: new RegExp(`${AMOUNT}\\s?${OURS}\\b.{0,40}?${AMOUNT}\\s?(?:de |of )?${LIST}\\b`, 'u'), list: 2, price: 1 },
];
const PERCENT_OFF = new RegExp(
  `${AMOUNT}\\s?(?:,|\\()?\\s?(?:menos|less|minus|-|con|with)\\s?(?:(?:un|a|el)\\s)?(?:descuento (?:del?|de un)\\s)?(\\d{1,2}|100)\\s?%`,
  'u',
);
const NO_LINE = /\b(?:sub)?total\b|\b(?:iva|vat|tel|telefono|phone|imei|tracking|rma)\b\s?[:=]/u;
export const SPEAKS_OF_PRICE =
  /\b(?:quotes?|quoted|quotation|presupuesto|presupuestado|precio|price|pricing|coste|costes|cost|costs|importe|tarifa|cotizacion|oferta|offer|charge|cobrar(?:emos|iamos)?|cobramos|estimate|list|lista|amounts? to|asciende)\b/u;

const KINDS: [RegExp, QuoteLine['kind']][] = [
  [/mano de obra|labou?r|tecnico|bench|horas?|hours?/u, 'labour'],
  [/envio|portes|transporte|shipping|freight|courier|delivery|postage/u, 'shipping'],
  [/datos|data|copia/u, 'data'],
  [
    /pantalla|placa|bateria|camara|conector|pieza|carcasa|display|screen|board|battery|camera|part|module|glass|cover|port/u,
    'part',
  ],
];

const lineOf = (description: string, listCents: number, priceCents: number): QuoteLine => ({
  description,
  kind: KINDS.find(([form]) => form.test(folded(description)))?.[1] ?? 'other',
  quantity: 1,
  listCents,
  priceCents,
});

const PLAIN: Record<Language, string> = { es: 'Reparación', en: 'Repair' };
const NAMES_NOTHING = new RegExp(
  `^(?:[-*•·\\s]|el|la|nuestro|our|the|your|su|un|a|quote|quotation|presupuesto|precio|price|coste|cost|importe|oferta|offer|total|de|of|from|is|es|en|reparacion|repair|list|lista|tarifa|${UNIT}|[:=()])*$`,
  'u',
);

/** What a line with a price is for: what stands before the amount. */
function describe(written: string, before: number, language: Language): string {
  const words = written
    .slice(0, before)
    .replace(/^[-*•·\s\d.)]*(?=\p{L})/u, '')
    .replace(/[\s,;:=(–-]+$/u, '')
    .trim();
  const isPlain = words.length < 3 || words.length > 80 || NAMES_NOTHING.test(folded(words)) || /[.!?]\s/u.test(words);
  return isPlain ? PLAIN[language] : words;
}

const HAS_UNIT = new RegExp(UNIT, 'u');

interface Priced {
  line: QuoteLine;
  /** It says of itself that it is a price: two amounts, or one with its unit. */
  isPair: boolean;
}

function pricedIn({ written, folded: text }: Sentence, language: Language): Priced | null {
  for (const { form, list, price } of PAIRS) {
    const found = form.exec(text);
    const [listCents, priceCents] = [centsOf(found?.[list] ?? ''), centsOf(found?.[price] ?? '')];
    if (found && priceCents <= listCents && listCents > 0)
      return {
        line: lineOf(describe(written, found.index, language), listCents, priceCents),
        // Two numbers alone may be anything, unless there is nothing else.
        isPair: HAS_UNIT.test(found[0]) || !/\p{L}/u.test(text),
      };
  }
  const off = PERCENT_OFF.exec(text);
  if (off) {
    const listCents = centsOf(off[1] ?? '');
    const priceCents = Math.round((listCents * (100 - Number(off[2]))) / 100);
    return { line: lineOf(describe(written, off.index, language), listCents, priceCents), isPair: true };
  }
  const one = new RegExp(SURE, 'u').exec(text);
  if (!one) return null;
  const cents = centsOf(one[1] ?? one[2] ?? '');
  return { line: lineOf(describe(written, one.index, language), cents, cents), isPair: false };
}

/**
 * The quote in what was said; null when nobody says that it is one.
 * @param isAsked they filled in the line for it: any amount there is a price
 */
export function quoteIn(sentences: Sentence[], language: Language, isAsked = false): PartnerQuote | null {
  const speaks = isAsked || sentences.some((sentence) => SPEAKS_OF_PRICE.test(sentence.folded));
  const lines = sentences.filter((sentence) => !sentence.folded.includes('?'));
  const priced = lines.flatMap((sentence) => {
    const found = pricedIn(sentence, language) ?? (isAsked ? bare(sentence, language) : null);
    return found && (speaks || found.isPair) ? [{ ...found, isSum: NO_LINE.test(sentence.folded) }] : [];
  });
  const items = priced.filter(({ isSum }) => !isSum);
  const kept = (items.length > 0 ? items : priced.slice(0, 1)).map(({ line }) => line);
  if (kept.length === 0) return null;
  const all = sentences.map((sentence) => sentence.folded).join('\n');
  const currency = CURRENCIES.find(([form]) => form.test(all))?.[1] ?? 'EUR';
  return { currency, lines: kept.slice(0, 40) };
}

/** What was counted is no money: months of cover, days. */
const A_TIME = /^\s?(?:mes(?:es)?|months?|dias?|days?|semanas?|weeks?|anos?|years?|horas?|hours?)\b/u;

function bare({ written, folded: text }: Sentence, language: Language): Priced | null {
  const found = new RegExp(AMOUNT, 'u').exec(text);
  if (!found || A_TIME.test(text.slice(found.index + found[0].length))) return null;
  const cents = centsOf(found[1] ?? '');
  return { line: lineOf(describe(written, found.index, language), cents, cents), isPair: false };
}
