import type { FormAnswers, HandoffDocument, Language, PartnerTerms } from '#contracts';
import { LABEL, LANGUAGE, MODE, PRIORITY, YES_NO } from './document.words.rules.js';
import { calendarDay } from './share.rules.js';

/** A document as its partner reads it in a text: in their language, by their clock, with the names their form gave to what it asks for. */

export interface DocumentSource {
  document: HandoffDocument;
  form: PartnerTerms['form'];
  language: Language;
  timeZone: string;
}

/** A block of lines; `rows` are `Key: value`. */
export interface Block {
  title?: string;
  rows?: [name: string, value: string][];
  lines?: string[];
}

export const isFull = ({ rows = [], lines = [] }: Block): boolean => rows.length + lines.length > 0;

export const blockText = (block: Block): string =>
  [
    ...(block.title ? [`${block.title.replace(/:$/u, '')}:`] : []),
    ...(block.rows ?? []).map(([name, value]) => `${name}: ${value}`.trimEnd()),
    ...(block.lines ?? []),
  ].join('\n');

const minute = (iso: string): string => iso.replace(/:\d{2}(?:\.\d+)?Z$/u, 'Z');

/** A day by the clock on their wall, as they would write it down: `2026-11-27 18:00`. */
export function wallTime(iso: string | null | undefined, timeZone: string): string {
  if (!iso) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(new Date(minute(iso)));
}

type Label = keyof typeof LABEL;

/**
 * What is told, line by line, and the story below it.
 * @param elsewhere what is told in a place of its own, and not once more
 */
export function documentInWords(source: DocumentSource, elsewhere: readonly Label[] = []): Block[] {
  const { document, language, timeZone } = source;
  const { customer, device } = document;
  const facts: [Label, string | null | undefined][] = [
    ['priority', PRIORITY[document.priority][language]],
    ['mode', MODE[document.mode][language]],
    ['ask', document.ask],
    ['name', customer.name],
    ['phone', customer.phone],
    ['email', customer.email],
    ['language', customer.language && LANGUAGE[customer.language][language]],
    ['model', device.model],
    ['imei', device.imei],
    ['condition', device.condition],
    ['lock', device.lock],
    ['fault', device.fault],
    ['problems', document.problems.join(' · ')],
    ['impacts', document.impacts.join(' · ')],
    ['warranty', document.warranty],
    ['purchase', document.purchase],
    ['consent', document.consent],
  ];
  const told = facts.flatMap(([key, value]): [string, string][] =>
    value && !elsewhere.includes(key) ? [[LABEL[key][language], value]] : [],
  );
  const answers = Object.entries(document.form).map(([key, value]) => answerOf(source, key, value));
  const story = document.story.map(({ at, by, text }) => `- ${wallTime(at, timeZone)} · ${by}: ${text}`);
  return [{ rows: [...told, ...answers] }, { title: LABEL.story[language], lines: story }].filter(isFull);
}

function answerOf(
  { form, language }: DocumentSource,
  key: string,
  value: FormAnswers[string],
): [name: string, value: string] {
  const field = form.find((one) => one.key === key);
  const name = field?.title[language] ?? key;
  if (typeof value === 'boolean') return [name, YES_NO[value ? 'yes' : 'no'][language]];
  const isDay = field?.type === 'date' && !Number.isNaN(Date.parse(`${String(value)}T00:00:00Z`));
  return [name, isDay ? calendarDay(String(value), language) : String(value)];
}
