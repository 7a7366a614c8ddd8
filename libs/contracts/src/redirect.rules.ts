import type { Bring, StoreWithFacts } from './ownership.js';
import { BRING_WORDS } from './ownership.words.js';
import type { Weekday } from './opening.rules.js';
import type { Language } from './words.js';

/** What a message says that shows somebody the way to a store, and which messages only send them away. */

export type RedirectStore = Pick<
  StoreWithFacts,
  'name' | 'address' | 'city' | 'opening' | 'waiting' | 'loaners' | 'mapUrl'
>;

export interface Redirect {
  store: RedirectStore;
  /** The customer's, as they are called. */
  name: string;
  /** The case code. */
  reference: string;
  bring: readonly Bring[];
}

const WEEKDAY_WORDS: Record<Language, Record<Weekday, string>> = {
  es: {
    mon: 'el lunes',
    tue: 'el martes',
    wed: 'el miércoles',
    thu: 'el jueves',
    fri: 'el viernes',
    sat: 'el sábado',
    sun: 'el domingo',
  },
  en: {
    mon: 'on Monday',
    tue: 'on Tuesday',
    wed: 'on Wednesday',
    thu: 'on Thursday',
    fri: 'on Friday',
    sat: 'on Saturday',
    sun: 'on Sunday',
  },
};

const list = (parts: readonly string[], language: Language): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);

/** "Hoy abre hasta las 20:30", said of the store. */
export function openingText({ opening }: Pick<RedirectStore, 'opening'>, language: Language): string | null {
  if (!opening) return null;
  const { open, until, next, date } = opening;
  if (open) return language === 'es' ? `Hoy está abierta hasta las ${until}.` : `It is open until ${until} today.`;
  if (!next) return language === 'es' ? 'Ahora está cerrada.' : 'It is closed at present.';
  if (next.date === date) return language === 'es' ? `Hoy abre a las ${next.from}.` : `It opens at ${next.from} today.`;
  const day = WEEKDAY_WORDS[language][next.weekday];
  return language === 'es'
    ? `Ahora está cerrada; abre ${day} a las ${next.from}.`
    : `It is closed now and opens ${day} at ${next.from}.`;
}

/** How full the counter is; null: nobody knows, or nobody stands there now. */
export function waitingText(
  { waiting, opening }: Pick<RedirectStore, 'waiting' | 'opening'>,
  language: Language,
): string | null {
  if (waiting === null || !opening?.open) return null;
  if (waiting === 0) return language === 'es' ? 'Ahora no hay cola.' : 'There is no queue right now.';
  if (language === 'es')
    return waiting === 1 ? 'Ahora hay una persona esperando.' : `Ahora hay ${waiting} personas esperando.`;
  return waiting === 1 ? 'One person is waiting right now.' : `${waiting} people are waiting right now.`;
}

const loanerText = ({ loaners }: RedirectStore, language: Language): string | null => {
  if (!loaners) return null;
  return language === 'es' ? 'Tienen móviles de préstamo.' : 'They have loaner phones.';
};

/** The message, in the customer's language; a link to the case follows it. */
export function redirectText({ store, name, reference, bring }: Redirect, language: Language): string {
  const first = name.split(' ')[0] ?? name;
  const facts = [openingText(store, language), waitingText(store, language), loanerText(store, language)].filter(
    Boolean,
  );
  const things = bring.map((each) => BRING_WORDS[language][each]);
  const place = `${store.name}, ${store.address} (${store.city})`;
  const lines =
    language === 'es'
      ? [
          `Hola, ${first}: te esperan en ${place}. Ya saben que vas y tienen tu historia.`,
          facts.join(' '),
          things.length > 0 && `Trae ${list(things, language)}.`,
          `Tu código es ${reference}: enséñalo en el mostrador y no tendrás que explicar nada otra vez.`,
          store.mapUrl && `Cómo llegar: ${store.mapUrl}`,
        ]
      : [
          `Hello, ${first}: they expect you at ${place}. They know that you are coming and have your story.`,
          facts.join(' '),
          things.length > 0 && `Please bring ${list(things, language)}.`,
          `Your code is ${reference}: show it at the counter and you will not have to explain anything again.`,
          store.mapUrl && `How to get there: ${store.mapUrl}`,
        ];
  return lines.filter(Boolean).join('\n');
}

/** What stands below it: the page of the case, which shows the code as a camera reads it. */
export const redirectLink = (url: string, reference: string, language: Language): string =>
  language === 'es'
    ? `Tu caso ${reference} y tu código para el mostrador: ${url}`
    : `Your case ${reference} and your code for the counter: ${url}`;

/** What a redirect lacks to be one a person can follow. */
export type Missing = 'code' | 'hours';

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const PLACE = '(?:tiendas?|establecimientos?|shops?|stores?|branch(?:es)?)';
const GO = [
  'acud(?:e|a|ir|es)|acerc(?:ate|arte|arse|ar)|acerquese|pas(?:ate|arte|ese|arse|a|e|ar) por|dirig(?:ete|irte|irse)|dirijase',
  've|vete|vaya|vayas|ir|visit(?:a|e|ar|es)|llev(?:alo|arlo|a|e|es)|trae(?:lo|rlo)?|traigalo',
  'go|come|head|pop|drop|stop|swing|visit|take it|bring it|walk',
].join('|');
/** "No hace falta que vayas a la tienda" sends nobody there. */
const NEGATION = /\b(?:no|nunca|sin|tampoco|don'?t|do not|needn'?t|not|without|never)\b/u;
const CODE = /\bh-[0-9a-z]{4,8}-[0-9a-z]{2}\b/u;
const HOURS = /\b\d{1,2}[:.h]\d{2}\b|\babiert[ao]s?\b|\babr(?:e|en|imos)\b|\bopens?\b|\bopen\b/u;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

function sendsAway(sentence: string, stores: readonly { name: string; address: string }[]): boolean {
  if (stores.some(({ address }) => address.length > 5 && sentence.includes(fold(address)))) return true;
  const places = [PLACE, ...stores.map(({ name }) => escaped(fold(name)))].join('|');
  const going = new RegExp(`\\b(?:${GO})\\b[^\\n]{0,40}?\\b(?:${places})\\b`, 'u').exec(sentence);
  return going !== null && !NEGATION.test(sentence.slice(0, going.index));
}

/**
 * Whether a reply sends somebody to a store with an address alone: without the code that spares them to explain it all again, or
 * without saying when it is open.
 * @param stores the carrier's, whose names and addresses are known by sight
 * @returns what it lacks; null when it sends nobody away, or says all they need
 */
export function bareRedirect(
  text: string,
  stores: readonly { name: string; address: string }[] = [],
): Missing[] | null {
  const said = fold(text);
  // A dot that ends a sentence stands before a space: "C. Goya, 47." and "20.30" are none.
  const sentences = said.split(/\n+|(?<=[.!?…;])\s+(?=\S{2,})/u);
  if (!sentences.some((sentence) => sendsAway(sentence, stores))) return null;
  const missing: Missing[] = [];
  if (!CODE.test(said)) missing.push('code');
  if (!HOURS.test(said)) missing.push('hours');
  return missing.length > 0 ? missing : null;
}
