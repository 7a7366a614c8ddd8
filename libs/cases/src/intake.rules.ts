/** What a row of the inbox shows of a message, at most this many characters. */
const PREVIEW_LENGTH = 160;
const PROBLEM_WORDS = 8;
const PROBLEM_LENGTH = 80;

/** Text as PostgreSQL can keep it: no NUL, no half surrogate pairs; nothing else changes. */
export const readable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const cut = (text: string, length: number): string =>
  text.length <= length
    ? text
    : `${text
        .slice(0, length - 1)
        .toWellFormed()
        .trimEnd()}…`;

/** The line under the problem in a row: what was said, or the subject of a mail that says nothing. */
export const previewOf = (text: string, subject: string | null): string =>
  cut(oneLine(text) || oneLine(subject ?? ''), PREVIEW_LENGTH);

/** A first name for the problem, at most eight words: the subject without its Re:, else how the message begins. */
export function problemOf(text: string, subject: string | null): string {
  const title = oneLine(subject ?? '').replace(/^((re|rv|fw|fwd|aw|tr|sv)\s*:\s*)+/iu, '');
  const source = title || (/^.{1,200}?(?=[.!?…](\s|$)|$)/u.exec(oneLine(text))?.[0] ?? oneLine(text).slice(0, 200));
  const words = source.split(' ');
  const short = words.slice(0, PROBLEM_WORDS).join(' ');
  return cut(words.length > PROBLEM_WORDS ? `${short}…` : short, PROBLEM_LENGTH);
}
