import { HandoffWord, type HandoffWordKind, type TakerWord } from '#contracts';

/** What a person types to say a word: fields by their kind of word, and the word they make. */

interface WordField {
  key: string;
  type: 'text' | 'line' | 'moment' | 'email' | 'number' | 'outcome';
  required?: true;
}

const text: WordField = { key: 'text', type: 'text' };
const needed = (key: string): WordField => ({ key, type: 'text', required: true });
const eta: WordField = { key: 'etaAt', type: 'moment' };

/** Words said by a form of these fields. `quoted` has a form of its own, a file is written where messages are, what is sent is the draft. */
export const WORD_FIELDS: Partial<Record<HandoffWordKind, readonly WordField[]>> = {
  acknowledged: [text],
  accepted: [
    ...[{ key: 'partnerRef', type: 'line' } as const, eta],
    ...[{ key: 'engineer.name', type: 'line' } as const, { key: 'engineer.phone', type: 'line' } as const],
    ...[{ key: 'engineer.email', type: 'email' } as const, text],
  ],
  rejected: [needed('reason'), { key: 'nextStep', type: 'text' }],
  asked: [needed('question')],
  in_progress: [text],
  eta: [
    { ...eta, required: true },
    { key: 'reason', type: 'text' },
  ],
  received: [text],
  dispatched: [{ key: 'carrier', type: 'line' }, { key: 'trackingNumber', type: 'line' }, eta],
  resolved: [
    { key: 'outcome', type: 'outcome', required: true },
    needed('text'),
    { key: 'cover.months', type: 'number' },
    { key: 'cover.what', type: 'line' },
  ],
  info: [needed('text')],
  quote_answered: [text],
  nudged: [text],
  reopened: [needed('reason')],
  cancelled: [needed('reason')],
  recalled: [needed('reason')],
  closed: [text],
  note: [needed('text')],
};

export type Typed = Readonly<Record<string, string>>;

/** Whether all that must be said is typed. */
export const isSaid = (kind: HandoffWordKind, typed: Typed): boolean =>
  (WORD_FIELDS[kind] ?? []).every(({ key, required }) => !required || (typed[key] ?? '').trim() !== '');

/**
 * The word that was typed; what was left out is not said.
 * @param moment a field for moments by the clock of the workspace → an instant
 * @returns null where it makes no sense: a name is missing, a mail address is none
 */
export function wordOf(
  kind: HandoffWordKind,
  typed: Typed,
  moment: (typed: string) => string,
  more: { approved?: boolean } = {},
): HandoffWord | null {
  const made: Record<string, unknown> = { kind, ...more };
  for (const { key, type } of WORD_FIELDS[kind] ?? []) {
    const value = (typed[key] ?? '').trim();
    if (value === '') continue;
    const [outer = key, inner] = key.split('.');
    const read = type === 'moment' ? moment(value) : type === 'number' ? Number(value) : value;
    if (inner === undefined) made[outer] = read;
    else made[outer] = { ...(made[outer] as object | undefined), [inner]: read };
  }
  const word = HandoffWord.safeParse(made);
  return word.success ? word.data : null;
}

interface LineTyped {
  description: string;
  kind: Extract<TakerWord, { kind: 'quoted' }>['quote']['lines'][number]['kind'];
  quantity: string;
  list: string;
  price: string;
}
export interface OfferTyped {
  currency: string;
  lines: readonly LineTyped[];
  agreement: string;
  months: string;
  what: string;
  until: string;
  text: string;
}

/** What was typed as a price of ours; null where an amount is none. @param cents an amount as it was typed, in cents, or null */
export function offerOf(
  typed: OfferTyped,
  cents: (typed: string) => number | null,
  moment: (typed: string) => string,
): HandoffWord | null {
  const lines = typed.lines.map(({ description, kind, quantity, list, price }) => {
    const listCents = cents(list);
    return {
      ...{ description: description.trim(), kind, quantity: Number(quantity) },
      ...{ listCents, priceCents: price.trim() === '' ? listCents : cents(price) },
    };
  });
  const word = HandoffWord.safeParse({
    kind: 'quoted',
    quote: {
      ...{ currency: typed.currency, lines, agreement: typed.agreement.trim() || null },
      cover:
        typed.what.trim() && typed.months.trim() ? { months: Number(typed.months), what: typed.what.trim() } : null,
      validUntil: typed.until ? moment(typed.until) : null,
    },
    text: typed.text.trim() || null,
  });
  return word.success ? word.data : null;
}
