import { benefitText, type Condition } from '#contracts';
import type { ReceiptData } from './receipt.data.js';
import { RECEIPT_WORDS, type ReceiptWords } from './receipt.words.js';

/** A heading and the lines under it; `strong`: the line people look for first. */
export interface ReceiptBlock {
  heading: string;
  lines: { text: string; strong?: boolean }[];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `prefix.code` or `code`, in words. */
const wordOf = ({ of }: ReceiptWords, code: string, prefix?: string): string =>
  (prefix === undefined ? of[code] : (of[`${prefix}.${code}`] ?? of[code])) ?? code;

const conditionText = (words: ReceiptWords, condition: Condition): string => {
  const counts = new Map<string, number>();
  for (const { kind } of condition.marks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const said = (['powersOn', 'screen'] as const)
    .filter((field) => condition[field] !== 'unknown')
    .map((field) => wordOf(words, condition[field], field));
  const marks = [...counts].map(([kind, count]) => (count === 1 ? '' : `${String(count)} × `) + wordOf(words, kind));
  const none = marks.length === 0 && condition.note === '' ? [wordOf(words, 'no_marks')] : [];
  return capital([...said, ...marks, ...none, condition.note].filter(Boolean).join(', '));
};

/** "lunes 23 nov, 12:30", by the clock of the store. */
const moment = ({ language, timeZone }: ReceiptData, iso: string): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', {
    ...{
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    },
  }).format(new Date(iso));

/** Whoever works on it: the store that took it in answers for it. */
const takerText = (words: ReceiptWords, { taker, store }: ReceiptData): string => {
  if (!taker) return '';
  const who = taker.partner ?? (taker.by === 'store' ? store.name : words.takenBy[taker.by]);
  return `${words.taker}: ${who}` + (taker.by === 'store' ? '' : ` · ${words.answers(store.name)}`);
};

function device(words: ReceiptWords, data: ReceiptData): ReceiptBlock[] {
  const { device: it } = data;
  if (!it) return [];
  const checks = (['liquid', 'activationLock', 'backUp'] as const)
    .filter((field) => it[field] !== null && it[field] !== 'unknown')
    .map((field) => wordOf(words, it[field] ?? '', field));
  const accessories = it.accessories.map((each) => wordOf(words, each)).join(', ') || words.none;
  return [
    {
      heading: words.device,
      lines: [
        { text: [it.model, it.imei && `${words.imei} ${it.imei.slice(1)}`].filter(Boolean).join(' · '), strong: true },
        { text: it.stays ? words.stays : words.leaves },
        { text: takerText(words, data) },
        ...(it.condition ? [{ text: `${words.condition}: ${conditionText(words, it.condition)}` }] : []),
        ...(it.stays ? [{ text: `${words.accessories}: ${accessories}` }] : []),
        ...(checks.length > 0 ? [{ text: `${words.checks}: ${checks.join(', ')}` }] : []),
        ...(it.photos > 0 ? [{ text: words.photos(it.photos) }] : []),
      ].filter(({ text }) => text !== ''),
    },
  ];
}

function decision(words: ReceiptWords, { decision: it }: ReceiptData): ReceiptBlock[] {
  if (!it) return [];
  return [
    {
      heading: words.decision,
      lines: [
        { text: wordOf(words, it.outcome), strong: true },
        { text: it.plainWords },
        { text: it.clause && `${words.clause}: ${it.clause}` },
        { text: it.nextStep && `${words.next}: ${it.nextStep}` },
      ].filter(({ text }) => text !== ''),
    },
  ];
}

function loan(words: ReceiptWords, data: ReceiptData): ReceiptBlock[] {
  const it = data.loan;
  if (!it) return [];
  return [
    {
      heading: words.loan,
      lines: [
        { text: [it.model, wordOf(words, it.outcome)].filter(Boolean).join(' · '), strong: true },
        ...(it.condition ? [{ text: `${words.condition}: ${conditionText(words, it.condition)}` }] : []),
        ...(it.dueAt ? [{ text: `${words.loanDue} ${moment(data, it.dueAt)}` }] : []),
      ],
    },
  ];
}

function gifts(words: ReceiptWords, { benefits, language }: ReceiptData): ReceiptBlock[] {
  const lines = benefits.map(({ kind, values, waits }) => ({
    text: capital(benefitText(kind, values, language)) + (waits ? ` · ${words.giftWaits}` : ''),
    strong: !waits,
  }));
  return lines.length > 0 ? [{ heading: words.gifts, lines }] : [];
}

function back(words: ReceiptWords, { back: it }: ReceiptData): ReceiptBlock[] {
  if (!it) return [];
  const tried = Object.entries(it.works).map(([kind, works]) => ({
    text: `${wordOf(words, kind)}: ${works ? words.works : words.worksNot}`,
  }));
  const data =
    it.data === null
      ? []
      : [{ text: `${words.data}: ${wordOf(words, it.data === 'none' ? 'not_recovered' : it.data)}` }];
  return tried.length + data.length > 0 ? [{ heading: words.tried, lines: [...tried, ...data] }] : [];
}

function promise(words: ReceiptWords, data: ReceiptData): ReceiptBlock[] {
  const { nextUpdateAt, returnAt } = data.promise;
  const lines = [
    ...(returnAt ? [{ text: `${words.returnBy} ${moment(data, returnAt)}`, strong: true }] : []),
    ...(nextUpdateAt ? [{ text: `${words.nextUpdate} ${moment(data, nextUpdateAt)}`, strong: true }] : []),
  ];
  return lines.length > 0 ? [{ heading: words.promise, lines }] : [];
}

/** What a receipt says, in the order of what matters to who holds it. */
export function receiptBlocks(data: ReceiptData): ReceiptBlock[] {
  const words = RECEIPT_WORDS[data.language];
  const waived = Object.entries(data.waived).map(([gate, why]) => ({
    text: `${capital(wordOf(words, gate, 'waived'))}: ${why}`,
  }));
  return [
    ...(data.said ? [{ heading: words.said, lines: [{ text: data.said }] }] : []),
    ...device(words, data),
    ...back(words, data),
    ...decision(words, data),
    ...loan(words, data),
    ...gifts(words, data),
    ...promise(words, data),
    ...(waived.length > 0 ? [{ heading: words.waived, lines: waived }] : []),
  ];
}

/** The lines of its head. */
export const receiptHead = (data: ReceiptData): { label: string; text: string }[] => {
  const words = RECEIPT_WORDS[data.language];
  return [
    { label: words.case, text: data.reference },
    { label: words.date, text: moment(data, data.at) },
    { label: words.customer, text: data.customer },
    { label: words.servedBy, text: data.by },
  ];
};
