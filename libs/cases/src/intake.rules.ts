import { withoutMarks } from './reply.rules.js';

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

/** How far into a message its point is looked for. */
const OPENING_LENGTH = 600;

/** The first sentence that says something: greetings are shorter than three words. */
function pointOf(text: string): string {
  const sentences = text
    .slice(0, OPENING_LENGTH)
    .split(/[\r\n]+|(?<=[.!?…:])\s+/u)
    .map(oneLine)
    .filter(Boolean);
  return sentences.find((sentence) => sentence.split(' ').length >= 3) ?? sentences.join(' ');
}

/** A first name for the problem, at most eight words: the subject without its Re:, else the point of the message. */
export function problemOf(text: string, subject: string | null): string {
  const title = withoutMarks(subject ?? '');
  const words = (title || pointOf(text)).replace(/[.,:;…]+$/u, '').split(' ');
  const short = words.slice(0, PROBLEM_WORDS).join(' ');
  return cut(words.length > PROBLEM_WORDS ? `${short}…` : short, PROBLEM_LENGTH);
}
