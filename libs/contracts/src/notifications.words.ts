import type { NotificationItem, NotificationValues } from './notifications.js';
import type { Language } from './words.js';

type Words = Record<Language, string>;

/** What is measured, as it stands in a sentence. */
const METRICS: Record<string, Words> = {
  first_useful_action: { es: 'primera ayuda', en: 'first help' },
  next_response: { es: 'respuesta', en: 'answer' },
  next_update: { es: 'novedades prometidas', en: 'promised update' },
  relief: { es: 'volver a tener servicio', en: 'connected again' },
  resolution: { es: 'solución', en: 'solution' },
  silence: { es: 'una palabra nuestra', en: 'a word from us' },
  partner_acknowledge: { es: 'acuse del socio', en: 'partner’s acknowledgement' },
  partner_answer: { es: 'respuesta del socio', en: 'partner’s answer' },
  partner_return: { es: 'devolución del socio', en: 'partner’s return' },
};

const WROTE: Record<string, Words> = {
  store: { es: 'Ha venido a la tienda', en: 'Came to the store' },
  phone: { es: 'Ha llamado', en: 'Called' },
  twitter: { es: 'Ha escrito por X', en: 'Wrote on X' },
  email: { es: 'Ha escrito un correo', en: 'Wrote an email' },
  web: { es: 'Ha escrito desde su página', en: 'Wrote from their page' },
  other: { es: 'Ha escrito en otro sitio', en: 'Wrote elsewhere' },
};

const REASONS: Record<string, Words> = {
  share: { es: 'queda poco tiempo', en: 'little time is left' },
  breach: { es: 'está fuera de plazo', en: 'it is overdue' },
  elapsed: { es: 'lleva demasiado tiempo sin servicio', en: 'they have been without service too long' },
  unacknowledged: { es: 'nadie lo ha acusado', en: 'nobody acknowledged it' },
};

const metricOf = ({ metric = '' }: NotificationValues, language: Language): string =>
  METRICS[metric]?.[language] ?? metric;

/** 23:18, with the day where that is another one than today's; `isDated` says so, for the words before it change. */
function clockOf(at: string | null | undefined, language: Language, zone: Zone): { words: string; isDated: boolean } {
  if (!at) return { words: '', isDated: false };
  const form = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', {
      ...{ timeZone: zone.timeZone, hourCycle: 'h23' as const },
      ...options,
    });
  const day = form({ day: 'numeric', month: 'short' });
  const time = form({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));
  const isDated = day.format(new Date(at)) !== day.format(zone.now);
  return { words: isDated ? `${day.format(new Date(at))}, ${time}` : time, isDated };
}

/** Spanish says "a las 23:18" of today and "el 22 nov, 23:18" of another day. */
const SPANISH = {
  at: (isDated: boolean) => (isDated ? 'el' : 'a las'),
  since: (isDated: boolean) => (isDated ? 'desde el' : 'desde las'),
  before: (isDated: boolean) => (isDated ? 'antes del' : 'antes de las'),
};
const inSpanish = (word: keyof typeof SPANISH, at: string | null | undefined, zone: Zone): string => {
  const { words, isDated } = clockOf(at, 'es', zone);
  return `${SPANISH[word](isDated)} ${words}`;
};

/** By which clock moments are written, and what today is. */
interface Zone {
  timeZone: string;
  now: Date;
}

type Sayable = Pick<NotificationItem, 'kind' | 'values'>;

const es = ({ kind, values }: Sayable, zone: Zone): string => {
  const metric = metricOf(values, 'es');
  const because = REASONS[values.reason ?? '']?.es ?? '';
  const { acknowledgeBy } = values;
  switch (kind) {
    case 'customer_wrote':
      return (WROTE[values.channel ?? ''] ?? WROTE['other'])?.es ?? '';
    case 'due_soon':
      return `Vence ${inSpanish('at', values.dueAt, zone)}: ${metric}`;
    case 'breached':
      return `Fuera de plazo ${inSpanish('since', values.dueAt, zone)}: ${metric}`;
    case 'escalated':
      return `Escalado a ti: ${metric}, ${because}${acknowledgeBy ? `. Acusa recibo ${inSpanish('before', acknowledgeBy, zone)}` : ''}`;
    case 'escalation_told':
      return `Escalado: ${metric}, ${because}`;
    case 'handed_over':
      return `${values.by ?? ''} te lo ha pasado`;
    case 'assigned':
      return `${values.by ?? ''} te lo ha asignado`;
    case 'routed':
      return 'Te ha llegado este caso';
    case 'mentioned':
      return `${values.by ?? ''} te nombra en una nota`;
    case 'send_failed':
      return 'Un mensaje no ha podido salir';
    case 'digest':
      return `Mientras no estabas: ${spanishFigures(values, zone)}`;
  }
};

const en = ({ kind, values }: Sayable, zone: Zone): string => {
  const metric = metricOf(values, 'en');
  const due = clockOf(values.dueAt, 'en', zone);
  const because = REASONS[values.reason ?? '']?.en ?? '';
  const by = clockOf(values.acknowledgeBy, 'en', zone).words;
  switch (kind) {
    case 'customer_wrote':
      return (WROTE[values.channel ?? ''] ?? WROTE['other'])?.en ?? '';
    case 'due_soon':
      return `Due ${due.isDated ? 'on' : 'at'} ${due.words}: ${metric}`;
    case 'breached':
      return `Overdue since ${due.words}: ${metric}`;
    case 'escalated':
      return `Escalated to you: ${metric}, ${because}${by ? `. Acknowledge before ${by}` : ''}`;
    case 'escalation_told':
      return `Escalated: ${metric}, ${because}`;
    case 'handed_over':
      return `${values.by ?? ''} handed it over to you`;
    case 'assigned':
      return `${values.by ?? ''} assigned it to you`;
    case 'routed':
      return 'This case came to you';
    case 'mentioned':
      return `${values.by ?? ''} mentions you in a note`;
    case 'send_failed':
      return 'A message could not be sent';
    case 'digest':
      return `While you were away: ${englishFigures(values, zone)}`;
  }
};

/** Of each figure that is not zero, a phrase. */
const phrases = (figures: [count: number | undefined, words: string][]): string =>
  figures.flatMap(([count, words]) => (count ? [`${count} ${words}`] : [])).join(', ');

const spanishFigures = ({ wrote, due, late, escalated, until }: NotificationValues, zone: Zone): string =>
  phrases([
    [wrote, wrote === 1 ? 'ha escrito' : 'han escrito'],
    [due, `${due === 1 ? 'vence' : 'vencen'} ${inSpanish('before', until, zone)}`],
    [late, 'fuera de plazo'],
    [escalated, escalated === 1 ? 'escalado' : 'escalados'],
  ]);

const englishFigures = ({ wrote, due, late, escalated, until }: NotificationValues, zone: Zone): string =>
  phrases([
    [wrote, 'wrote'],
    [due, `due before ${clockOf(until, 'en', zone).words}`],
    [late, 'overdue'],
    [escalated, 'escalated'],
  ]);

/** One sentence on what somebody is told, without its full stop and without the customer, who stands above it. */
export const notificationSentence = (item: Sayable, language: Language, zone: Zone): string =>
  (language === 'es' ? es : en)(item, zone);

/** How people speak of a customer among each other: the first of their names, or what is known instead. */
export const firstNameOf = (name: string): string => name.trim().split(/\s+/u)[0] ?? '';

/** Around the lines of a mail to one of us. */
export const STAFF_MAIL_WORDS = {
  one: { es: '{name}: {what}', en: '{name}: {what}' },
  several: { es: '{count} novedades de tus casos', en: '{count} updates on your cases' },
  hello: { es: 'Hola, {name}:', en: 'Hello {name},' },
  open: { es: 'Abrir el caso', en: 'Open the case' },
  inbox: { es: 'Abrir la bandeja', en: 'Open the inbox' },
  more: { es: 'y {count} más', en: 'and {count} more' },
  closing: {
    es: 'Este aviso es automático: no lo contestes. Qué te llega por correo lo eliges en tu menú, en «Avisos».',
    en: 'This notification is automatic: do not answer it. What comes by email is chosen in your menu, under “Notifications”.',
  },
} as const satisfies Record<string, Words>;
