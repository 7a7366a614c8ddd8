import type { NotificationItem, NotificationKind, NotificationValues } from './notifications.js';
import type { Language } from './words.js';

type Words = Record<Language, string>;

/** What is measured, as it stands in a sentence. */
const METRICS: Record<string, Words> = {
  first_useful_action: { es: 'primera ayuda', en: 'first help' },
  next_response: { es: 'respuesta', en: 'answer' },
  next_update: { es: 'novedades prometidas', en: 'promised update' },
  relief: { es: 'volver a estar conectado', en: 'connected again' },
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

const PARTNER = { es: 'del socio', en: 'partner’s' };
const metricOf = ({ metric = '', partner }: NotificationValues, language: Language): string => {
  const words = METRICS[metric]?.[language] ?? metric;
  return partner
    ? words.replace(PARTNER[language], () => (language === 'es' ? `de ${partner}` : `${partner}’s`))
    : words;
};

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

/** A sentence for each kind. */
type Sentences = Record<NotificationKind, (values: NotificationValues, zone: Zone) => string>;

const wrote = ({ channel = '' }: NotificationValues, language: Language): string =>
  (WROTE[channel] ?? WROTE['other'])?.[language] ?? '';

const because = ({ reason = '' }: NotificationValues, language: Language): string => REASONS[reason]?.[language] ?? '';

const ES: Sentences = {
  customer_wrote: (values) => wrote(values, 'es'),
  due_soon: (values, zone) => `Vence ${inSpanish('at', values.dueAt, zone)}: ${metricOf(values, 'es')}`,
  breached: (values, zone) => `Fuera de plazo ${inSpanish('since', values.dueAt, zone)}: ${metricOf(values, 'es')}`,
  escalated: (values, zone) => {
    const by = values.acknowledgeBy ? `. Acusa recibo ${inSpanish('before', values.acknowledgeBy, zone)}` : '';
    return `Escalado a ti: ${metricOf(values, 'es')}, ${because(values, 'es')}${by}`;
  },
  escalation_told: (values) => `Escalado: ${metricOf(values, 'es')}, ${because(values, 'es')}`,
  handed_over: ({ by = '', store }) => (store ? `${by} lo ha pasado a ${store}` : `${by} te lo ha pasado`),
  assigned: ({ by = '' }) => `${by} te lo ha asignado`,
  routed: () => 'Te ha llegado este caso',
  mentioned: ({ by = '' }) => `${by} te nombra en una nota`,
  send_failed: () => 'Un mensaje no ha podido salir',
  benefit_asked: ({ by = '', gift }) => `${by} pide permiso para dar: ${gift?.es ?? ''}`,
  benefit_decided: ({ by = '', gift, refused }) => `${by} ${refused ? 'rechaza' : 'aprueba'}: ${gift?.es ?? ''}`,
  loan_overdue: ({ loaner = '', dueAt }, zone) => `Sin devolver ${inSpanish('since', dueAt, zone)}: ${loaner}`,
  device_lost: ({ device = '', store }) => `Se ha perdido en el camino${store ? ` (${store})` : ''}: ${device}`,
  opinion_asked: ({ by = '' }) => `${by} pide una segunda opinión sobre la garantía`,
  opinion_given: ({ by = '', verdict }) =>
    `${by} ${verdict === 'overturned' ? 'decide otra cosa' : 'confirma la decisión'}: la segunda opinión que pediste`,
  untold: () => 'No hay forma de escribirle: hay que llamar y contárselo',
  digest: (values, zone) => `Mientras no estabas: ${spanishFigures(values, zone)}`,
};

const EN: Sentences = {
  customer_wrote: (values) => wrote(values, 'en'),
  due_soon: (values, zone) => {
    const { words, isDated } = clockOf(values.dueAt, 'en', zone);
    return `Due ${isDated ? 'on' : 'at'} ${words}: ${metricOf(values, 'en')}`;
  },
  breached: (values, zone) => `Overdue since ${clockOf(values.dueAt, 'en', zone).words}: ${metricOf(values, 'en')}`,
  escalated: (values, zone) => {
    const by = values.acknowledgeBy ? `. Acknowledge before ${clockOf(values.acknowledgeBy, 'en', zone).words}` : '';
    return `Escalated to you: ${metricOf(values, 'en')}, ${because(values, 'en')}${by}`;
  },
  escalation_told: (values) => `Escalated: ${metricOf(values, 'en')}, ${because(values, 'en')}`,
  handed_over: ({ by = '', store }) => `${by} handed it over to ${store ?? 'you'}`,
  assigned: ({ by = '' }) => `${by} assigned it to you`,
  routed: () => 'This case came to you',
  mentioned: ({ by = '' }) => `${by} mentions you in a note`,
  send_failed: () => 'A message could not be sent',
  benefit_asked: ({ by = '', gift }) => `${by} asks whether they may give: ${gift?.en ?? ''}`,
  benefit_decided: ({ by = '', gift, refused }) => `${by} ${refused ? 'refuses' : 'approves'}: ${gift?.en ?? ''}`,
  loan_overdue: ({ loaner = '', dueAt }, zone) =>
    `Not brought back since ${clockOf(dueAt, 'en', zone).words}: ${loaner}`,
  device_lost: ({ device = '', store }) => `Lost on its way${store ? ` (${store})` : ''}: ${device}`,
  opinion_asked: ({ by = '' }) => `${by} asks for a second opinion on the warranty`,
  opinion_given: ({ by = '', verdict }) =>
    `${by} ${verdict === 'overturned' ? 'decides otherwise' : 'confirms the decision'}: the second opinion you asked for`,
  untold: () => 'There is no way to write to them: call them and tell them',
  digest: (values, zone) => `While you were away: ${englishFigures(values, zone)}`,
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
  (language === 'es' ? ES : EN)[item.kind](item.values, zone);

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
