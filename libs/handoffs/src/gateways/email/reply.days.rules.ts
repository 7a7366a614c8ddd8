import { Temporal } from 'temporal-polyfill';

/** When somebody says that something will be: days as people write them, in Spanish and English. */

/** A day without a time of day ends with working hours. */
const END_OF_DAY = { hour: 18 };
/** A day that passed by less was meant as it stands: it is no day to come. */
const LOOKS_BACK_DAYS = 120;

const MONTHS = new Map(
  [
    ['ene', 'jan'],
    ['feb', 'feb'],
    ['mar', 'mar'],
    ['abr', 'apr'],
    ['may', 'may'],
    ['jun', 'jun'],
    ['jul', 'jul'],
    ['ago', 'aug'],
    ['sep', 'sep'],
    ['oct', 'oct'],
    ['nov', 'nov'],
    ['dic', 'dec'],
  ].flatMap((names, at) => [...new Set(names), ...(at === 8 ? ['set'] : [])].map((name) => [name, at + 1] as const)),
);
const MONTH =
  '(ene(?:ro)?|feb(?:rero|ruary)?|mar(?:zo|ch)?|abr(?:il)?|mayo?|jun(?:io|e)?|jul(?:io|y)?|ago(?:sto)?|se[pt](?:t|iembre|tiembre|tember)?|oct(?:ubre|ober)?|nov(?:iembre|ember)?|dic(?:iembre)?|jan(?:uary)?|apr(?:il)?|aug(?:ust)?|dec(?:ember)?)';
const WEEKDAYS = [
  ['lunes', 'monday', 'mon'],
  ['martes', 'tuesday', 'tue', 'tues'],
  ['miercoles', 'wednesday', 'wed'],
  ['jueves', 'thursday', 'thu', 'thurs'],
  ['viernes', 'friday', 'fri'],
  ['sabado', 'saturday', 'sat'],
  ['domingo', 'sunday', 'sun'],
];
const WEEKDAY = `(${WEEKDAYS.flat()
  .toSorted((a, b) => b.length - a.length)
  .join('|')})`;

/** What a reading of days looks at: text without accents and capitals, and the day it was written on where it was written. */
interface Looked {
  text: string;
  today: Temporal.PlainDate;
}

type Reading = [form: RegExp, day: (found: RegExpExecArray, today: Temporal.PlainDate) => Temporal.PlainDate | null];

/** Null where there is no such day. */
function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const last = Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
  return day <= last ? Temporal.PlainDate.from({ year, month, day }) : null;
}

/** Of a day without its year: the one to come, unless it has just passed. */
function nearest(today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | null {
  const thisYear = dayOf(today.year, month, day);
  if (!thisYear) return dayOf(today.year + 1, month, day);
  const ago = thisYear.until(today, { largestUnit: 'days' }).days;
  return ago > LOOKS_BACK_DAYS ? dayOf(today.year + 1, month, day) : thisYear;
}

function written(today: Temporal.PlainDate, day: number, month: number, year: string | undefined) {
  if (year === undefined) return nearest(today, month, day);
  return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
}

const monthOf = (name: string): number => MONTHS.get(name.slice(0, 3)) ?? 0;

/** Days of the week without the weekend. */
function workingDays(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let [day, left] = [from, Math.min(count, 400)];
  while (left > 0) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day;
}

const friday = (today: Temporal.PlainDate, weeks: number): Temporal.PlainDate =>
  today.add({ days: 5 - today.dayOfWeek + 7 * weeks + (weeks === 0 && today.dayOfWeek > 5 ? 7 : 0) });

const COUNTS: Record<string, number> = {
  un: 1,
  una: 1,
  one: 1,
  a: 1,
  dos: 2,
  two: 2,
  tres: 3,
  three: 3,
  cuatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  siete: 7,
  seven: 7,
  diez: 10,
  ten: 10,
}; // prettier keeps one a line
const COUNT = `(?:(?:\\d{1,3}|${Object.keys(COUNTS).join('|')})\\s?(?:-|a|to|o|or)\\s?)?(\\d{1,3}|${Object.keys(COUNTS).join('|')})`;
const countOf = (word: string): number => COUNTS[word] ?? Number(word);

const READINGS: Reading[] = [
  [/\b(\d{4})-(\d{2})-(\d{2})(?!\d)/u, (f) => dayOf(Number(f[1]), Number(f[2]), Number(f[3]))],
  // The day first, as all around us write it; the other way round where it can be nothing else.
  [
    /(?<![\d.,/-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/-])(?!,\d)(?!\s?(?:€|eur|%))/u,
    ([, first, mark, second, year], today) => {
      if (mark !== '/' && year === undefined) return null;
      const [day, month] = Number(second) > 12 ? [Number(second), Number(first)] : [Number(first), Number(second)];
      return written(today, day, month, year);
    },
  ],
  [
    new RegExp(
      `\\b(\\d{1,2})(?:st|nd|rd|th|º)?\\s?(?:de |of |-)?\\s?${MONTH}\\b\\.?(?:,?\\s(?:de |del )?(\\d{4}))?`,
      'u',
    ),
    (f, today) => written(today, Number(f[1]), monthOf(f[2] ?? ''), f[3]),
  ],
  [
    new RegExp(`\\b${MONTH}\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s(\\d{4}))?`, 'u'),
    (f, today) => written(today, Number(f[2]), monthOf(f[1] ?? ''), f[3]),
  ],
  [/\b(?:pasado manana|day after tomorrow)\b/u, (_f, today) => today.add({ days: 2 })],
  [/(?<!(?:por|de|en) la |esta |ayer )\bmanana\b|\btomorrow\b/u, (_f, today) => today.add({ days: 1 })],
  [/\b(?:hoy(?: mismo)?|today)\b/u, (_f, today) => today],
  [
    new RegExp(`\\b${COUNT}\\s(?:dias? (?:laborables?|habiles)|(?:working|business) days?)\\b`, 'u'),
    (f, today) => workingDays(today, countOf(f[1] ?? '')),
  ],
  [
    new RegExp(
      `\\b(?:en|dentro de|unos|in|within|another|otros|plazo de|takes?)\\s(?:about |unos |unas )?${COUNT}\\s(?:dias?|days?)\\b`,
      'u',
    ),
    (f, today) => today.add({ days: countOf(f[1] ?? '') }),
  ],
  [
    new RegExp(
      `\\b(?:en|dentro de|in|within|another|otras?|plazo de|takes?)\\s(?:about |unas )?${COUNT}\\s(?:semanas?|weeks?)\\b`,
      'u',
    ),
    (f, today) => today.add({ weeks: countOf(f[1] ?? '') }),
  ],
  [/\b(\d{2})\s?(?:horas|hours|h)\b/u, (f, today) => today.add({ days: Math.ceil(Number(f[1]) / 24) })],
  [new RegExp(`\\b${WEEKDAY}\\b`, 'u'), (f, today) => weekday(today, f[1] ?? '')],
  [
    /\b(?:(?:a )?final(?:es)? de (?:la |esta )?semana|(?:by |at )?(?:the )?end of (?:the |this )?week)\b/u,
    (_f, today) => friday(today, 0),
  ],
  [/\b(?:(?:la )?(?:semana que viene|proxima semana)|next week)\b/u, (_f, today) => friday(today, 1)],
];

function weekday(today: Temporal.PlainDate, name: string): Temporal.PlainDate {
  const wanted = WEEKDAYS.findIndex((names) => names.includes(name)) + 1;
  return today.add({ days: ((wanted - today.dayOfWeek + 6) % 7) + 1 });
}

const TIME = /(?<![\d:])(\d{1,2}):(\d{2})(?!:)\s?(?:h\b|(am|pm)\b)?/u;

function timeIn(text: string): Temporal.PlainTime | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const hour = (Number(found[1]) % (found[3] ? 12 : 24)) + (found[3] === 'pm' ? 12 : 0);
  const minute = Number(found[2]);
  return minute < 60 ? Temporal.PlainTime.from({ hour, minute }) : null;
}

function firstDay({ text, today }: Looked): Temporal.PlainDate | null {
  for (const [form, day] of READINGS) {
    const found = form.exec(text);
    const named = found && day(found, today);
    if (named) return named;
  }
  return null;
}

/**
 * The day a sentence names, as an instant; its end of working hours where it names no time.
 * @param text without accents and capitals (`folded`)
 * @returns null when it names none, or one that has passed
 */
export function dayIn(text: string, at: Date, timeZone: string): string | null {
  const now = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const day = firstDay({ text, today: now.toPlainDate() });
  if (!day || Temporal.PlainDate.compare(day, now.toPlainDate()) < 0 || day.year > now.year + 5) return null;
  const time = timeIn(text) ?? Temporal.PlainTime.from(END_OF_DAY);
  return new Date(day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds).toISOString();
}
