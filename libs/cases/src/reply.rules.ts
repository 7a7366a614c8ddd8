import type { Language } from '#contracts';
import { withoutTags } from './threading.rules.js';

/** Any number of answer and forward marks in the languages our customers' programs speak. */
const MARKS = /^(?:\s*(?:re|rv|fw|fwd|aw|wg|tr|sv|res|enc|r|ré)\s*(?:\[\d{1,3}\])?\s*[:：])+\s*/iu;

/** A subject as its writer meant it: on one line, without the marks of answering and forwarding and without our tags. */
export const withoutMarks = (subject: string): string => withoutTags(subject).replace(MARKS, '').trim();

/** The word for a case in the subject of a thread that has none. */
const CASE: Record<Language, string> = { es: 'Caso', en: 'Case' };

/**
 * The subject of an answer: one `Re:` before the customer's own words, however often the thread went back and forth;
 * a thread without a subject gets the case's reference, in the customer's language.
 */
export function replySubject(threadSubject: string | null, reference: string, language: Language): string {
  return `Re: ${withoutMarks(threadSubject ?? '') || `${CASE[language]} ${reference}`}`;
}
