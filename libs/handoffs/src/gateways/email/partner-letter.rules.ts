import {
  isAccepted,
  isHandoffEnded,
  type DeskAction,
  type HandoffDirection,
  type HandoffDocument,
  type HandoffState,
  type HandoffWord,
  type Language,
  type PartnerTerms,
} from '#contracts';
import { blockText, documentInWords, isFull, wallTime, type Block } from '../../share/document.text.rules.js';
import { LABEL } from '../../share/document.words.rules.js';
import { KEY_TITLES, type ReplyKey } from './reply.keys.rules.js';
import {
  ABOVE,
  ANSWER,
  BUTTON,
  BUTTONS,
  CONFIDENTIAL,
  FORM,
  FORM_HINT,
  OPENING,
  OUTCOME,
  PAGE,
  TOO_LARGE,
} from './letter.words.rules.js';

/** A word of ours and all that goes with it, of which a mail is made. */
export interface LetterSource {
  word: HandoffWord;
  brand: string;
  byName: string;
  direction: HandoffDirection;
  reference: string;
  state: HandoffState;
  language: Language;
  timeZone: string;
  /** What they may see; null: nothing any more. */
  document: HandoffDocument | null;
  form: PartnerTerms['form'];
  /** Their page; null: there is none any more. */
  page: string | null;
  /** The same page with the form of an action open. */
  pageFor: (action: DeskAction) => string;
  /** Names of files that go along, and of those that were too large. */
  attached: string[];
  tooLarge: string[];
}

export interface PartnerLetterText {
  subject: string;
  text: string;
  html: string;
}

const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/gu, (_all, name: string) => values[name] ?? '');

const money = (cents: number, currency: string): string => `${(cents / 100).toFixed(2)} ${currency}`;

type Rows = Partial<Record<ReplyKey, string | null | undefined>>;

/** The lines of a word that a program can read as well. */
function rowsOf(word: HandoffWord, { language, timeZone }: LetterSource): Rows {
  const answer = ANSWER[word.kind]?.[language];
  switch (word.kind) {
    case 'accepted':
      return {
        answer,
        ref: word.partnerRef,
        engineer:
          word.engineer && [word.engineer.name, word.engineer.phone, word.engineer.email].filter(Boolean).join(', '),
        eta: wallTime(word.etaAt, timeZone),
      };
    case 'rejected':
      return { answer, reason: word.reason, nextStep: word.nextStep };
    case 'asked':
      return { answer, question: word.question };
    case 'eta':
      return { answer, eta: wallTime(word.etaAt, timeZone), reason: word.reason };
    case 'dispatched':
      return { answer, carrier: word.carrier, tracking: word.trackingNumber, eta: wallTime(word.etaAt, timeZone) };
    case 'resolved':
      return { answer, outcome: OUTCOME[word.outcome][language] };
    case 'cancelled':
    case 'reopened':
      return { answer, reason: word.reason };
    case 'recalled':
      return { reason: word.reason };
    default:
      return { answer };
  }
}

function quoteLines(word: HandoffWord, language: Language): string[] {
  if (word.kind !== 'quoted') return [];
  const { currency, lines } = word.quote;
  return [
    `${KEY_TITLES.quote[language]}: ${currency}`,
    ...lines.map((line) => {
      const name = line.quantity > 1 ? `${line.description} × ${line.quantity}` : line.description;
      return `- ${name}: ${money(line.listCents, currency)} → ${money(line.priceCents, currency)}`;
    }),
  ];
}

function openingOf(word: HandoffWord): keyof typeof OPENING | null {
  if (word.kind === 'quote_answered') return word.approved ? 'approved' : 'declined';
  return word.kind in OPENING ? (word.kind as keyof typeof OPENING) : null;
}

/** What is new: stands above the line. */
function newsOf(source: LetterSource): Block[] {
  const { word, language, brand } = source;
  const opening = openingOf(word);
  const rows = Object.entries(rowsOf(word, source)).flatMap(([key, value]): [string, string][] =>
    value ? [[KEY_TITLES[key as ReplyKey][language], value]] : [],
  );
  const text = 'text' in word && word.text ? word.text : null;
  return [
    ...(opening ? [{ lines: [filled(OPENING[opening][language], { brand })] }] : []),
    { rows },
    { lines: quoteLines(word, language) },
    { lines: text ? text.split('\n') : [] },
  ];
}

/** A nudge may go to somebody who hears of nothing after it, and never that it was taken back: it tells nothing but where to read it. */
const TOLD = new Set<HandoffWord['kind']>(['sent', 'reopened']);

/** What they may know of the case, only where it is told anew: nothing but the document. */
function documentBlocks({ word, document, language, timeZone, form }: LetterSource): Block[] {
  return document && TOLD.has(word.kind) ? documentInWords({ document, form, language, timeZone }) : [];
}

function fileBlocks({ attached, tooLarge, language }: LetterSource): Block[] {
  return [
    ...(attached.length > 0 ? [{ title: LABEL.files[language], lines: attached.map((name) => `- ${name}`) }] : []),
    ...(tooLarge.length > 0 ? [{ title: TOO_LARGE[language], lines: tooLarge.map((name) => `- ${name}`) }] : []),
  ];
}

/** What they can do next, as things stand. */
export function actionsOf({
  direction,
  state,
  document,
}: Pick<LetterSource, 'direction' | 'state' | 'document'>): DeskAction[] {
  if (isHandoffEnded(state) || state === 'draft') return [];
  if (direction === 'in') return state === 'info_requested' ? ['info', 'note'] : ['quote_answered', 'note'];
  if (!isAccepted(state)) return ['accepted', 'rejected', 'asked', 'quoted'];
  const withDevice: DeskAction[] = document?.mode === 'advise' ? [] : ['received', 'dispatched'];
  return ['eta', 'quoted', 'asked', ...withDevice, 'resolved'];
}

const FORM_KEYS: Record<'offered' | 'taken', ReplyKey[]> = {
  offered: ['ref', 'engineer', 'eta', 'quote', 'question', 'reason', 'nextStep'],
  taken: ['eta', 'quote', 'question', 'outcome', 'carrier', 'tracking'],
};

/** The lines to be filled in, empty: those of what may come next. */
function formBlock({ direction, state, language }: LetterSource): Block[] {
  if (direction === 'in' || isHandoffEnded(state)) return [];
  const stage = isAccepted(state) ? 'taken' : 'offered';
  const rows = FORM_KEYS[stage].map((key): [string, string] => [KEY_TITLES[key][language], '']);
  return [{ title: FORM[language], rows: [[KEY_TITLES.answer[language], FORM_HINT[stage][language]], ...rows] }];
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/gu, (mark) => ESCAPES[mark] ?? mark);
const GREY = 'color:#666;font-size:85%';
const KEY_STYLE = 'text-align:left;vertical-align:top;padding:2px 12px 2px 0;font-weight:600';
const VALUE_STYLE = 'vertical-align:top;padding:2px 0';
const BUTTON_STYLE =
  'display:inline-block;margin:0 8px 8px 0;padding:9px 16px;border:1px solid #1d4ed8;border-radius:6px;color:#1d4ed8;text-decoration:none;font-weight:600';
/** The one most come for stands out. */
const FIRST_STYLE = `${BUTTON_STYLE};background:#1d4ed8;color:#ffffff`;

function inHtml(block: Block): string {
  const title = block.title ? `<p style="margin:16px 0 4px"><strong>${escaped(block.title)}</strong></p>` : '';
  const rows = (block.rows ?? []).map(
    ([name, value]) =>
      `<tr><th style="${KEY_STYLE}">${escaped(name)}:</th><td style="${VALUE_STYLE}">${escaped(value).replaceAll('\n', '<br>')}</td></tr>`,
  );
  const table = rows.length > 0 ? `<table style="border-collapse:collapse">${rows.join('\n')}</table>` : '';
  const lines = (block.lines ?? []).map(escaped).join('<br>\n');
  return [title, table, lines && `<p style="margin:8px 0">${lines}</p>`].filter(Boolean).join('\n');
}

/** A subject is one line, whatever somebody called their device. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** A word of ours as a mail: what is new, the line, what it is about, buttons, and lines to fill in; the same in text and html. */
export function partnerLetter(source: LetterSource): PartnerLetterText {
  const { language, reference, page, word, byName, brand, document } = source;
  const news = newsOf(source).filter(isFull);
  const about = [
    { rows: [[LABEL.reference[language], reference] as [string, string]] },
    ...documentBlocks(source),
    ...fileBlocks(source),
  ].filter(isFull);
  const buttons = page
    ? actionsOf(source).map((action) => ({ name: BUTTON[action]?.[language] ?? action, url: source.pageFor(action) }))
    : [];
  const links = page ? [...buttons, { name: PAGE[language], url: page }] : [];
  const form = formBlock(source);
  const sign = oneLine([byName, brand].filter(Boolean).join(' · '));
  const model = word.kind === 'nudged' ? null : document?.device.model;
  const subject = oneLine(`${reference} · ${model ?? brand}`).slice(0, 180);
  const linkLines =
    links.length > 0 ? [`${BUTTONS[language]}:\n${links.map(({ name, url }) => `${name} → ${url}`).join('\n')}`] : [];
  return {
    subject: word.kind === 'sent' ? subject : `Re: ${subject}`,
    text: `${[...news.map(blockText), sign, ABOVE[language], ...about.map(blockText), ...linkLines, ...form.map(blockText), CONFIDENTIAL[language]].join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}"><body style="font-family:sans-serif;line-height:1.5;color:#1a1a1a">\n${[
      ...news.map(inHtml),
      `<p>${escaped(sign)}</p>`,
      `<p style="${GREY}">${escaped(ABOVE[language])}</p>`,
      ...about.map(inHtml),
      links.length > 0
        ? `<p style="margin:20px 0 8px">${links.map(({ name, url }, at) => `<a href="${escaped(url)}" style="${at === 0 ? FIRST_STYLE : BUTTON_STYLE}">${escaped(name)}</a>`).join('\n')}</p>`
        : '',
      ...form.map(inHtml),
      `<p style="${GREY}">${escaped(CONFIDENTIAL[language])}</p>`,
    ]
      .filter(Boolean)
      .join('\n')}\n</body></html>\n`,
  };
}
