/** The text of a reply, made ready to be understood: what its writer said, sentence by sentence. */

/** Longest text that is looked at; all of it is kept. */
export const MOST = 20_000;
/** Of one sentence so much is looked at. */
const LONGEST_SENTENCE = 600;
/** Programs break lines about here: what goes on below such a line is the same sentence. */
const BROKEN_AT = 50;

/** Letters without accents and capitals: people leave them out, and so does what looks for words. */
export const folded = (text: string): string =>
  text
    .replace(/\bsí(?!\p{L})/giu, 'yes')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘`´]/gu, "'")
    .toLowerCase()
    .replace(/^\s*si\s*(?=[,.!]|$)/u, 'yes');

/** Where a signature begins: nothing below it was said to us. */
const SIGNATURE =
  /^(?:-- ?|—|_{3,}|(?:sent from|get outlook|enviado desde|enviado con|obtener outlook|descarga outlook) .*)$/iu;
const CLOSING =
  /^(?:(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|atentamente|(?:muchas )?gracias(?: y saludos)?|quedo a (?:su|tu|vuestra) disposici[oó]n|(?:with )?(?:best|kind|warm|many)(?: regards| wishes| thanks)?|regards|thanks(?: (?:and|&) regards)?|thank you|cheers|sincerely|yours (?:sincerely|faithfully))\s*[,.!]?$/iu;
const GREETING =
  /^(?:hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|buenas|estimad[oa]s?|apreciad[oa]s?|hello|hi|hey|dear|good (?:morning|afternoon|evening))(?:[ ,]+[^,.!?:]{0,40})?[,.!:]?$/iu;

/** What was said: without the greeting above it and the signature below. Of a mail that is nothing else, everything. */
export function saidIn(text: string): string {
  const lines = text.slice(0, MOST).replaceAll('\r', '').split('\n');
  const signature = lines.findIndex((line, at) => SIGNATURE.test(line.trimEnd()) && at > 0);
  const above = signature < 0 ? lines : lines.slice(0, signature);
  const begins = above.findIndex((line) => line.trim() !== '' && !GREETING.test(line.trim()));
  const closing = above.findIndex((line, at) => begins >= 0 && at > begins && CLOSING.test(line.trim()));
  const said = (closing < 0 ? above : above.slice(0, closing)).filter((line) => !GREETING.test(line.trim()));
  return said.join('\n').trim() || text.slice(0, MOST).trim();
}

const BEGINS_ANEW = /^\s*(?:[-*•·>]|\d{1,2}[.)]\s|[\p{L} ./º°]{2,40}:)/u;

/** Lines a program broke are one again. */
function unbroken(text: string): string[] {
  const lines: string[] = [];
  let last = '';
  for (const line of text.split('\n')) {
    const goesOn = last.length >= BROKEN_AT && !/[.:;!?…]\s*$/u.test(last) && line.trim() && !BEGINS_ANEW.test(line);
    if (goesOn) lines.push(`${(lines.pop() ?? '').trimEnd()} ${line.trim()}`);
    else lines.push(line.trim());
    last = line;
  }
  return lines.filter(Boolean);
}

/** Ends of sentences that are none: titles and numbers. */
const SHORT = /(?:^|\s)(?:sra?|dra?|ing|mr|mrs|ms|no|nº|ref|tel|aprox|approx|vd|uds?)\.$/iu;

/** A sentence or a line, as it was written and folded. */
export interface Sentence {
  written: string;
  folded: string;
}

export function sentencesOf(text: string): Sentence[] {
  const sentences = unbroken(text).flatMap((line) => {
    const parts: string[] = [];
    for (const part of line.split(/(?<=[.!?…])\s+(?=[\p{Lu}¿¡\d])/u)) {
      const before = parts.at(-1);
      if (before !== undefined && SHORT.test(before)) parts[parts.length - 1] = `${before} ${part}`;
      else parts.push(part);
    }
    return parts;
  });
  return sentences
    .map((sentence) => sentence.trim().slice(0, LONGEST_SENTENCE))
    .filter(Boolean)
    .map((written) => ({ written, folded: folded(written) }));
}

/** At most so long, cut at a word. */
export function within(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const end = cut.lastIndexOf(' ');
  return `${(end > most / 2 ? cut.slice(0, end) : cut).toWellFormed()}…`;
}

/**
 * A mail that answers below or between the lines of ours: the lines of ours, their quotation marks taken away. Only the lines that were
 * filled in tell anything, by their keys.
 */
export const unquoted = (quoted: string): string =>
  quoted
    .split('\n')
    .map((line) => line.replace(/^\s{0,3}>\s?/u, ''))
    .filter((line) => !line.startsWith('>'))
    .join('\n');

const SEE_BELOW =
  /\b(?:below|abajo|debajo|in ?line|entre lineas|filled in|filled out|rellenad[oa]s?|cumplimentad[oa]s?|(?:the|your|el|su|vuestro) form(?:ulario)?)\b/u;

/** Whether what stands above the quoted mail only points to what stands in it. */
export const pointsBelow = (fresh: string): boolean => {
  const said = folded(saidIn(fresh));
  return said.length < 160 && SEE_BELOW.test(said);
};
