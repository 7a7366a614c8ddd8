import type { Bring, NextAction, NoDueReason, NextActionCode, Why } from './ownership.js';
import type { Language } from './words.js';

/** The words of what happens next, of why somebody has a case, and of what to bring: kept as codes, read in any language. */

type Sentence = (values: Record<string, string>) => string;

/** What is to be done, and in whose words. */
const said = (what: string, words: string | undefined): string => (words ? `${what}: ${words}` : what);

const NEXT_ACTIONS: Record<Language, Record<Exclude<NextActionCode, 'other'>, Sentence>> = {
  es: {
    reply: () => 'Responder',
    await_customer: () => 'Esperar al cliente',
    call_back: () => 'Llamar al cliente',
    send_update: () => 'Escribirle con novedades',
    check_store: ({ storeName }) => (storeName ? `Preguntar en ${storeName}` : 'Preguntar en la tienda'),
    check_partner: ({ partner }) => (partner ? `Preguntar a ${partner}` : 'Preguntar al socio'),
    answer_partner: ({ partner = 'la otra empresa', question }) => said(`Responder a ${partner}`, question),
    after_rejection: ({ partner = 'La otra empresa', step }) => said(`${partner} no lo hace`, step),
    after_partner: ({ partner = 'la otra empresa' }) => `Comprobar lo que ha hecho ${partner}`,
    welcome: ({ storeName }) => (storeName ? `Recibirle en ${storeName}` : 'Recibirle en la tienda'),
    confirm_solved: () => 'Confirmar que todo funciona',
  },
  en: {
    reply: () => 'Reply',
    await_customer: () => 'Wait for the customer',
    call_back: () => 'Call the customer',
    send_update: () => 'Write to them with news',
    check_store: ({ storeName }) => (storeName ? `Check with ${storeName}` : 'Check with the store'),
    check_partner: ({ partner }) => (partner ? `Check with ${partner}` : 'Check with the partner'),
    answer_partner: ({ partner = 'the other company', question }) => said(`Answer ${partner}`, question),
    after_rejection: ({ partner = 'The other company', step }) => said(`${partner} does not do it`, step),
    after_partner: ({ partner = 'the other company' }) => `Check what ${partner} did`,
    welcome: ({ storeName }) => (storeName ? `Welcome them at ${storeName}` : 'Welcome them at the store'),
    confirm_solved: () => 'Make sure that all works',
  },
};

/** Whether these are words of the house: what is older or newer than this program is not. */
export const isNextActionCode = (code: string): code is NextActionCode => code === 'other' || code in NEXT_ACTIONS.es;

/** What happens next, for staff. What a person wrote stays as they wrote it. */
export const nextActionText = (
  { code, values, text }: Pick<NextAction, 'code' | 'values' | 'text'>,
  language: Language,
): string => (code === 'other' ? (text ?? '') : NEXT_ACTIONS[language][code](values));

const FOR_CUSTOMER: Record<Language, Record<NextActionCode, Sentence>> = {
  es: {
    reply: () => 'Te respondemos',
    await_customer: () => 'Esperamos tu respuesta',
    call_back: () => 'Te llamamos',
    send_update: () => 'Te escribimos con novedades',
    check_store: ({ storeName }) => (storeName ? `Lo preguntamos en ${storeName}` : 'Lo preguntamos en la tienda'),
    check_partner: () => 'Lo preguntamos a quien lo repara',
    answer_partner: () => 'Respondemos a quien lo repara',
    after_rejection: () => 'Buscamos otra solución',
    after_partner: () => 'Comprobamos que todo funciona',
    welcome: ({ storeName }) => (storeName ? `Te esperamos en ${storeName}` : 'Te esperamos en la tienda'),
    confirm_solved: () => 'Comprobamos contigo que todo funciona',
    other: () => 'Seguimos con tu caso',
  },
  en: {
    reply: () => 'We answer you',
    await_customer: () => 'We wait for your answer',
    call_back: () => 'We call you',
    send_update: () => 'We write to you with news',
    check_store: ({ storeName }) => (storeName ? `We ask at ${storeName}` : 'We ask at the store'),
    check_partner: () => 'We ask whoever repairs it',
    answer_partner: () => 'We answer whoever repairs it',
    after_rejection: () => 'We look for another way',
    after_partner: () => 'We make sure that all works',
    welcome: ({ storeName }) => (storeName ? `We expect you at ${storeName}` : 'We expect you at the store'),
    confirm_solved: () => 'We make sure with you that all works',
    other: () => 'We go on with your case',
  },
};

/** What happens next, for the customer: what a person of ours wrote for the house is not theirs to read. */
export const nextActionForCustomer = (
  { code, values }: Pick<NextAction, 'code' | 'values'>,
  language: Language,
): string => FOR_CUSTOMER[language][code](values);

export const NO_DUE_WORDS: Record<Language, Record<NoDueReason, string>> = {
  es: { in_turn: 'por orden de llegada', customers_turn: 'le toca al cliente', others_turn: 'depende de otros' },
  en: { in_turn: 'in its turn', customers_turn: 'up to the customer', others_turn: 'up to others' },
};

export const BRING_WORDS: Record<Language, Record<Bring, string>> = {
  es: {
    device: 'el móvil',
    charger: 'el cargador',
    box: 'la caja',
    invoice: 'la factura de compra',
    id_document: 'tu DNI o NIE',
    sim: 'la tarjeta SIM',
    passcode_ready: 'el código de desbloqueo a mano',
    backup_done: 'si puedes, una copia de tus datos hecha',
  },
  en: {
    device: 'your phone',
    charger: 'its charger',
    box: 'the box',
    invoice: 'the invoice',
    id_document: 'an identity document',
    sim: 'the SIM card',
    passcode_ready: 'its passcode at hand',
    backup_done: 'a backup of your data, if you can',
  },
};

const CHANNEL_VERBS: Record<Language, Record<string, string>> = {
  es: { store: 'atendiste en tienda a', phone: 'hablaste por teléfono con', default: 'escribiste a' },
  en: { store: 'helped in the store', phone: 'spoke on the phone with', default: 'wrote to' },
};

/** How long ago, as one says it: today, yesterday, on Tuesday, on 3 March. */
export function dayInWords(moment: Date, now: Date, language: Language, timeZone: string): string {
  const date = (each: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(each);
  const days = Math.round((Date.parse(date(now)) - Date.parse(date(moment))) / 86_400_000);
  if (days <= 0) return language === 'es' ? 'hoy' : 'today';
  if (days === 1) return language === 'es' ? 'ayer' : 'yesterday';
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const parts: Intl.DateTimeFormatOptions = days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  const day = new Intl.DateTimeFormat(locale, { ...parts, timeZone }).format(moment);
  return language === 'es' ? `el ${day}` : `on ${day}`;
}

/** Whom the reason is told to (`you`: the one who has the case), of which customer, and by which clock. */
export interface WhyAbout {
  you: boolean;
  customer: string;
  now: Date;
  timeZone: string;
}

function dealtWith({ values }: Why, { you, customer, now, timeZone }: WhyAbout, language: Language): string {
  const { at, channel } = values;
  const day = typeof at === 'string' ? dayInWords(new Date(at), now, language, timeZone) : '';
  const because = language === 'es' ? 'Porque' : you ? 'Because you' : 'Because they';
  if (!you) return `${because} ${language === 'es' ? 'trató con' : 'dealt with'} ${customer} ${day}`.trim();
  const verb = CHANNEL_VERBS[language][String(channel)] ?? CHANNEL_VERBS[language]['default'] ?? '';
  return `${because} ${verb} ${customer} ${day}`.trim();
}

/** What nobody had who might have taken it. */
const NOBODY: Record<Language, Record<string, string>> = {
  es: {
    shift: 'Nadie está de turno',
    member: 'Nadie de su cola está de turno',
    skill: 'Nadie de turno sabe de lo que pide su cola',
    language: 'Nadie de turno habla su idioma',
    room: 'Nadie de turno tiene sitio',
  },
  en: {
    shift: 'Nobody is on shift',
    member: 'Nobody of its queue is on shift',
    skill: 'Nobody on shift has the skills its queue asks for',
    language: 'Nobody on shift speaks their language',
    room: 'Nobody on shift has room',
  },
};

type WhySentence = (why: Why, about: WhyAbout) => string;
const WHY: Record<Language, Record<Why['code'], WhySentence>> = {
  es: {
    kept: (why, about) => dealtWith(why, about, 'es'),
    last_handler: (why, about) => dealtWith(why, about, 'es'),
    same_store: ({ values }, { customer }) => `Porque ${customer} ha estado en ${values['storeName']}`,
    least_load: ({ values }, { you }) => `Porque ${you ? 'eres' : 'es'} quien menos casos tiene (${values['load']})`,
    nobody: ({ values }) => NOBODY.es[String(values['missing'])] ?? 'Nadie puede llevarlo ahora',
  },
  en: {
    kept: (why, about) => dealtWith(why, about, 'en'),
    last_handler: (why, about) => dealtWith(why, about, 'en'),
    same_store: ({ values }, { customer }) => `Because ${customer} has been to ${values['storeName']}`,
    least_load: ({ values }, { you }) =>
      `Because ${you ? 'you have' : 'they have'} the fewest cases (${values['load']})`,
    nobody: ({ values }) => NOBODY.en[String(values['missing'])] ?? 'Nobody can take it now',
  },
};

/** Why somebody has the case. */
export const whyText = (why: Why, about: WhyAbout, language: Language): string =>
  WHY[language][why.code](why, { ...about, customer: about.customer.split(' ')[0] ?? about.customer });

const keysOf = <Key extends string>(words: Record<Key, string>): readonly Key[] => Object.keys(words) as Key[];
/** Everything that can be brought, and every reason for no due time, in the order they are offered. */
export const THINGS_TO_BRING = keysOf(BRING_WORDS.es);
export const NO_DUE_REASONS = keysOf(NO_DUE_WORDS.es);
