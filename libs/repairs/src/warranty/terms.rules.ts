import type { ParameterKind, Purchase, TermKind, WarrantyTermView } from '#contracts';
import { addDays, addMonths, daysBetween } from './days.rules.js';

/** A parameter as far as terms need it. */
export interface TermParameter {
  id: string;
  country: string;
  kind: ParameterKind;
  label: string;
  months: number | null;
  validFrom: string;
  validUntil: string | null;
  clause: string;
  source: string;
  url: string | null;
  es: string;
  en: string;
}

/** From the day it was handed over to be put right to the day it was given back; null: it is still there. */
export interface RepairSpan {
  from: string;
  until: string | null;
}

/** A term somebody wrote down. */
export interface StatedTerm {
  id: string;
  kind: Extract<TermKind, 'manufacturer' | 'carrier' | 'insurance'>;
  provider: string;
  number: string | null;
  startsOn: string;
  endsOn: string;
  clause: string | null;
}

const delivered = ({ boughtOn, deliveredOn }: Purchase): string => deliveredOn ?? boughtOn;

/** The parameter of a kind that holds for what was bought in this country on this day. */
export const parameterFor = (
  parameters: readonly TermParameter[],
  kind: ParameterKind,
  { country, boughtOn }: Pick<Purchase, 'country' | 'boughtOn'>,
  label = '',
): TermParameter | null =>
  parameters.find(
    (one) =>
      one.kind === kind &&
      one.country === country &&
      one.label.toLowerCase() === label.toLowerCase() &&
      one.validFrom <= boughtOn &&
      (one.validUntil === null || boughtOn <= one.validUntil),
  ) ?? null;

/**
 * The last day of a term that stands still while the phone is being put right. Repairs that begin when it has run out do not
 * bring it back; two at once stand still once.
 * @param spans in any order
 * @param today until where a repair that is not over counts
 */
export function suspended(
  startsOn: string,
  months: number,
  spans: readonly RepairSpan[],
  today: string,
): { endsOn: string; suspendedDays: number } {
  let endsOn = addMonths(startsOn, months);
  let counted = startsOn;
  let suspendedDays = 0;
  for (const span of [...spans].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const from = span.from > counted ? span.from : counted;
    const until = span.until ?? today;
    if (until <= from) continue;
    if (from > endsOn) break;
    const days = daysBetween(from, until);
    suspendedDays += days;
    endsOn = addDays(endsOn, days);
    counted = until;
  }
  return { endsOn, suspendedDays };
}

const stateOn = (startsOn: string, endsOn: string, today: string): WarrantyTermView['state'] =>
  today < startsOn ? 'to_come' : today > endsOn ? 'over' : 'running';

interface Promised {
  kind: TermKind;
  rule: TermParameter | null;
  months: number | null;
  provider: string | null;
}

/** What the law, the maker and we promise whoever bought it so. */
function promised(purchase: Purchase, brand: string | null, parameters: readonly TermParameter[]): Promised[] {
  const seller = purchase.seller === '' ? null : purchase.seller;
  const agreed = purchase.condition === 'second_hand' ? purchase.agreedMonths : null;
  const term = (kind: TermKind, by: ParameterKind, provider: string | null, label = ''): Promised => {
    const rule = parameterFor(parameters, by, purchase, label);
    const months = rule?.months ?? null;
    const legal = kind === 'legal' || kind === 'presumption';
    return {
      kind,
      rule,
      months: legal && months !== null && agreed !== null ? Math.min(agreed, months) : months,
      provider,
    };
  };
  const terms = [term('legal', 'legal_guarantee', seller), term('presumption', 'presumption', seller)];
  // What a maker promises it promises to whoever bought it new.
  if (purchase.condition === 'new' && brand) terms.push(term('manufacturer', 'manufacturer', brand, brand));
  if (purchase.sellerKind === 'carrier' && brand) terms.push(term('carrier', 'carrier', seller, brand));
  return terms;
}

/**
 * The terms of a phone as they stand today: those of the law, those its maker and we promise, and those somebody wrote down.
 * Only the seller answers by law: where somebody else sold it, it is their term, and it is shown as theirs.
 */
export function termsOf(
  purchase: Purchase | null,
  brand: string | null,
  stated: readonly StatedTerm[],
  parameters: readonly TermParameter[],
  spans: readonly RepairSpan[],
  today: string,
): WarrantyTermView[] {
  const terms: WarrantyTermView[] = stated.map((term) => ({
    ...term,
    suspendedDays: 0,
    state: stateOn(term.startsOn, term.endsOn, today),
    source: null,
    url: null,
  }));
  if (!purchase) return terms;
  const startsOn = delivered(purchase);
  const suspends = parameterFor(parameters, 'repair_suspends', purchase) !== null;
  for (const { kind, rule, months, provider } of promised(purchase, brand, parameters)) {
    if (!rule || months === null) continue;
    const counted = suspends && (kind === 'legal' || kind === 'presumption') ? spans : [];
    const { endsOn, suspendedDays } = suspended(startsOn, months, counted, today);
    const { clause, source, url } = rule;
    const state = stateOn(startsOn, endsOn, today);
    terms.push({ id: null, kind, startsOn, endsOn, suspendedDays, state, provider, number: null, clause, source, url });
  }
  return terms;
}
