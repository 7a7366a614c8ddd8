import { firstNameOf, notificationSentence, STAFF_MAIL_WORDS, type Language, type NotificationItem } from '#contracts';

/** What is told of one case, newest first; without one: of none in particular. */
export interface ToldOfCase {
  case: { reference: string; customerName: string } | null;
  items: Pick<NotificationItem, 'kind' | 'values'>[];
}

export interface StaffLetter {
  subject: string;
  text: string;
  html: string;
}

interface Around {
  /** Whose mail it is. */
  displayName: string;
  language: Language;
  baseUrl: string;
  timeZone: string;
  now: Date;
}

/** Cases one mail names, and lines of each. The list in the product has the rest. */
const MOST_CASES = 20;
const MOST_LINES = 5;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/gu, (mark) => ESCAPES[mark] ?? mark);

const filled = (words: Record<Language, string>, language: Language, values: Record<string, string | number>): string =>
  words[language].replace(/\{(\w+)\}/gu, (_whole, name: string) => String(values[name] ?? ''));

/** A subject is one line, whatever somebody calls themselves. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const NAME = /^[\p{L}\p{M}'’·.-]{1,40}$/u;
/** What ends in it is made a link by programs for mail: `soporte.test`. */
const ADDRESS = /\.\p{L}{2,}/u;

/** Customers call themselves what they like: what could be a link in a mail of ours is no first name. */
function saidName(name: string): string | null {
  const first = firstNameOf(name);
  return NAME.test(first) && !ADDRESS.test(first) ? first : null;
}

interface Paragraph {
  title: string | null;
  lines: string[];
  url: string;
  link: string;
}

/** First name and reference say whose it is; nothing the customer wrote leaves by mail. */
function paragraphOf(told: ToldOfCase, around: Around): Paragraph {
  const { language, baseUrl } = around;
  const lines = told.items.slice(0, MOST_LINES).map((item) => oneLine(notificationSentence(item, language, around)));
  const left = told.items.length - lines.length;
  return {
    title: told.case && [saidName(told.case.customerName), told.case.reference].filter(Boolean).join(' · '),
    lines: left > 0 ? [...lines, filled(STAFF_MAIL_WORDS.more, language, { count: left })] : lines,
    url: told.case ? `${baseUrl}/cases/${told.case.reference}` : `${baseUrl}/inbox?view=mine`,
    link: STAFF_MAIL_WORDS[told.case ? 'open' : 'inbox'][language],
  };
}

function subjectOf(told: ToldOfCase[], around: Around): string {
  const [first] = told;
  const count = told.reduce((sum, { items }) => sum + items.length, 0);
  const [item] = first?.items ?? [];
  if (count !== 1 || !first || !item) return filled(STAFF_MAIL_WORDS.several, around.language, { count });
  const what = notificationSentence(item, around.language, around);
  return first.case
    ? filled(STAFF_MAIL_WORDS.one, around.language, {
        name: saidName(first.case.customerName) ?? first.case.reference,
        what,
      })
    : what;
}

const inText = ({ title, lines, url }: Paragraph): string =>
  [...(title ? [title] : []), ...lines.map((line) => `- ${line}`), url].join('\n');

const inHtml = ({ title, lines, url, link }: Paragraph): string =>
  `${title ? `<p style="margin:24px 0 0"><strong>${escaped(title)}</strong></p>\n` : ''}<ul style="margin:4px 0">\n${lines
    .map((line) => `<li>${escaped(line)}</li>`)
    .join('\n')}\n</ul>\n<p style="margin:0"><a href="${escaped(url)}">${escaped(link)}</a></p>`;

/** A mail to one of us on what they are told, the same in text and html. */
export function staffLetter(told: ToldOfCase[], around: Around): StaffLetter {
  const { language } = around;
  const paragraphs = told.slice(0, MOST_CASES).map((each) => paragraphOf(each, around));
  const left = told.length - paragraphs.length;
  const more = left > 0 ? [filled(STAFF_MAIL_WORDS.more, language, { count: left })] : [];
  const hello = filled(STAFF_MAIL_WORDS.hello, language, { name: firstNameOf(around.displayName) });
  const closing = STAFF_MAIL_WORDS.closing[language];
  return {
    subject: oneLine(subjectOf(told, around)).slice(0, 200),
    text: `${[hello, ...paragraphs.map(inText), ...more, `-- \n${closing}`].join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}"><body style="font-family:sans-serif;line-height:1.5">\n${[
      `<p>${escaped(hello)}</p>`,
      ...paragraphs.map(inHtml),
      ...more.map((line) => `<p>${escaped(line)}</p>`),
      `<p style="margin-top:32px;color:#666;font-size:85%">${escaped(closing)}</p>`,
    ].join('\n')}\n</body></html>\n`,
  };
}
