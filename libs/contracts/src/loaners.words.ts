import type { Language } from './words.js';

/** What is said of loans: in the story of a case, and to customers. Kept as codes and values, read in any language. */

const LOCALES: Record<Language, string> = { es: 'es-ES', en: 'en-GB' };

/** What a fact of the story says of lending. */
export const LOAN_FACTS = [
  'offered',
  'declined',
  'none_available',
  'not_eligible',
  'reserved',
  'released',
  'cancelled',
  'lent',
  'returned',
  'lost',
] as const;
export type LoanFact = (typeof LOAN_FACTS)[number];

/** Of a fact: `name` of the phone, `store`, the local date it is lent or kept until, and why. */
export interface LoanFactValues {
  says: LoanFact;
  name?: string;
  store?: string;
  /** 2026-03-16 */
  until?: string;
  reason?: { es: string; en: string } | string | null;
}

/** 16 de marzo · 16 March: of a date without a time. */
export const dateInWords = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

type Said = Record<'name' | 'store' | 'until' | 'reason', string>;
const FACTS: Record<Language, Record<LoanFact, (said: Said) => string>> = {
  es: {
    offered: () => 'Se le ofreció un móvil de préstamo; falta su respuesta',
    declined: ({ reason }) => `No quiso un móvil de préstamo${reason && `: ${reason}`}`,
    none_available: ({ store }) => `No había móvil de préstamo en ${store}`,
    not_eligible: ({ reason }) => `No se le presta un móvil${reason && `: ${reason}`}`,
    reserved: ({ name, store, until }) => `Se le guarda un ${name} en ${store} hasta el ${until}`,
    released: ({ name, store }) => `No vino a por el ${name} que se le guardaba en ${store}`,
    cancelled: ({ name, store }) => `Ya no se le guarda el ${name} de ${store}`,
    lent: ({ name, until }) => `Se le prestó un ${name} hasta el ${until}`,
    returned: ({ name }) => `Devolvió el ${name} prestado`,
    lost: ({ name }) => `El ${name} prestado se da por perdido`,
  },
  en: {
    offered: () => 'They were offered a loaner and have not said yet',
    declined: ({ reason }) => `They did not want a loaner${reason && `: ${reason}`}`,
    none_available: ({ store }) => `There was no loaner at ${store}`,
    not_eligible: ({ reason }) => `They are lent no phone${reason && `: ${reason}`}`,
    reserved: ({ name, store, until }) => `A ${name} is kept for them at ${store} until ${until}`,
    released: ({ name, store }) => `They did not come for the ${name} kept at ${store}`,
    cancelled: ({ name, store }) => `The ${name} at ${store} is kept for them no longer`,
    lent: ({ name, until }) => `They were lent a ${name} until ${until}`,
    returned: ({ name }) => `They gave back the ${name} they were lent`,
    lost: ({ name }) => `The ${name} they were lent is written off`,
  },
};

const isLoanFact = (says: unknown): says is LoanFact => (LOAN_FACTS as readonly unknown[]).includes(says);

/** The sentence of a fact `loan`. */
export function loanFactText(values: Record<string, unknown>, language: Language): string {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const { says, reason, until } = values;
  if (!isLoanFact(says)) return '';
  const why = typeof reason === 'object' && reason !== null ? (reason as Record<string, unknown>)[language] : reason;
  return FACTS[language][says]({
    name: text(values['name']),
    store: text(values['store']),
    until: typeof until === 'string' ? dateInWords(until, language) : '',
    reason: text(why),
  });
}

/** What a message to a customer is made of. */
export interface LoanLetter {
  /** As they are called. */
  customer: string;
  /** The phone. */
  name: string;
  store: string;
  reference: string;
  timeZone: string;
}

const dayOf = (at: Date, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
    .format(at)
    .replace(',', '');
const timeOf = (at: Date, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );

const firstOf = (customer: string): string => customer.trim().split(/\s+/u)[0] ?? customer;

const both = (say: (language: Language) => string): Record<Language, string> => ({ es: say('es'), en: say('en') });

/** Before what is kept for them is kept no longer. */
export const keepEndsLetter = (letter: LoanLetter, until: Date): Record<Language, string> =>
  both((language) => {
    const { customer, name, store, reference, timeZone } = letter;
    const [day, time] = [dayOf(until, timeZone, language), timeOf(until, timeZone, language)];
    return language === 'es'
      ? `Hola, ${firstOf(customer)}: te guardamos un ${name} de préstamo en ${store} hasta las ${time} del ${day}. Si no puedes venir a tiempo, responde a este mensaje y te lo guardamos más; si no, lo dejamos libre para otra persona. Tu código es ${reference}.`
      : `Hello, ${firstOf(customer)}: we keep a ${name} for you to borrow at ${store} until ${time} on ${day}. If you cannot come in time, answer this message and we keep it longer; otherwise somebody else may have it. Your code is ${reference}.`;
  });

/**
 * What is said of the loaner where the customer is told of their repair: one message for both.
 * @param isBack the repair is there
 */
export const loanSentence = (
  { name, store, timeZone }: Pick<LoanLetter, 'name' | 'store' | 'timeZone'>,
  isBack: boolean,
  due: Date,
): Record<Language, string> =>
  both((language) => {
    const until = dayOf(due, timeZone, language);
    if (language === 'es')
      return isBack
        ? `Tienes hasta el ${until} para traer el ${name} de préstamo a ${store}.`
        : `El ${name} de préstamo es tuyo hasta el ${until}.`;
    return isBack
      ? `You have until ${until} to bring the ${name} we lent you to ${store}.`
      : `The ${name} we lent you is yours until ${until}.`;
  });

/** It was due and the customer could bring it. */
export const overdueLetter = (letter: LoanLetter, due: Date): Record<Language, string> =>
  both((language) => {
    const { customer, name, store, reference, timeZone } = letter;
    const day = dayOf(due, timeZone, language);
    return language === 'es'
      ? `Hola, ${firstOf(customer)}: el ${name} de préstamo tenía que volver el ${day}. ¿Puedes traerlo a ${store}? Si necesitas más días, responde a este mensaje y lo hablamos. Caso ${reference}.`
      : `Hello, ${firstOf(customer)}: the ${name} we lent you was due on ${day}. Could you bring it to ${store}? If you need more days, answer this message and we find a way. Case ${reference}.`;
  });
