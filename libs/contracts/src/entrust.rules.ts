import type { IntakeValues } from './counter.js';
import { FAULT_WORDS } from './devices.words.js';
import type { PartnerKind } from './handoffs.words.js';
import type { PartnerTerms } from './partners.js';
import type { Language } from './words.js';

/** To whom a phone that stays at a counter is handed over, and who may be asked. */

/** Whoever carries phones does not work on them. */
export const worksOnPhones = (kind: PartnerKind): boolean => kind !== 'courier';

const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** Whether what was agreed is about this phone. @param model its brand first; what nobody named may be any */
export const coversModel = ({ brands }: Pick<PartnerTerms, 'brands'>, model: string): boolean => {
  const named = bare(model);
  return (
    brands.length === 0 ||
    named === '' ||
    brands.map(bare).some((brand) => named === brand || named.startsWith(`${brand} `))
  );
};

/** The company an intake hands the phone to when it is finished; null: none, or not yet. */
export const entrustedTo = (values: IntakeValues): string | null =>
  values['device.stays'] === 'here' && values['take.by'] === 'partner' ? (values['take.partnerId'] ?? null) : null;

const ASKS: Record<Language, Record<'repair' | 'quote', string>> = {
  es: { repair: 'Reparar en garantía', quote: 'Decirnos qué tiene y cuánto costaría repararlo, sin borrar nada' },
  en: {
    repair: 'Repair under warranty',
    quote: 'Tell us what is wrong and what repairing it would cost; wipe nothing',
  },
};

/** What one would ask of them, by what was decided. @param language theirs */
export const proposedAsk = (values: IntakeValues, language: Language): string => {
  const { 'decide.outcome': outcome, 'device.fault': fault } = values;
  const ask = ASKS[language][outcome === 'covered' || outcome === 'goodwill' ? 'repair' : 'quote'];
  return fault === undefined || fault === 'other' ? `${ask}.` : `${ask}: ${FAULT_WORDS[fault][language]}.`;
};

/** What is asked of them: as somebody wrote it, or else as one would ask by what is decided now. @param language theirs */
export const askOf = (values: IntakeValues, language: Language): string =>
  values['take.ask']?.trim() || proposedAsk(values, language);
