/** A mail taken apart: what is new, and the history its program carried along. Joined again they are the whole. */
export interface SplitText {
  fresh: string;
  quoted: string;
}

const LONGEST_MARKER = 300;

/** One line that begins the quoted mail. */
const DIVIDERS = [
  /^-{2,}\s*(?:original message|mensaje original|mensagem original|message d'origine|missatge original|ursprüngliche nachricht|forwarded message|mensaje reenviado)\s*-{2,}$/iu,
  /^_{20,}$/u,
];

/** "El lun, 3 nov 2026 a las 10:00, Nexo escribió:" and its sisters; a program may break it over up to three lines. */
const ATTRIBUTIONS = [
  /^on\s.*\swrote:$/iu,
  /^el\s.*\s(?:escribió|va escriure):$/iu,
  /^em\s.*\sescreveu:$/iu,
  /^le\s.*\sa écrit\s?:$/iu,
  /^am\s.*\sschrieb\s?.*:$/iu,
  /^il\s.*\sha scritto:$/iu,
];
const ATTRIBUTION_BEGINS = /^(?:on|el|em|le|am|il)\s/iu;

/** A block of headers as Outlook writes it: From/De/Von, then at least one of Sent/To/Subject right below. */
const BLOCK_BEGINS = /^\*?(?:from|de|von|da)\s?:\*?\s/iu;
const BLOCK_GOES_ON =
  /^\*?(?:sent|enviado(?: el)?|enviada|envoyé|enviat|gesendet|date|fecha|data|datum|to|para|à|an|subject|asunto|assunto|objet|assumpte|betreff)\s?:\*?\s/iu;

function beginsQuote(lines: string[], at: number): boolean {
  const line = lines[at]?.trim() ?? '';
  if (!line || line.length > LONGEST_MARKER) return false;
  if (DIVIDERS.some((divider) => divider.test(line))) return true;
  if (BLOCK_BEGINS.test(line)) return BLOCK_GOES_ON.test(lines[at + 1]?.trim().slice(0, LONGEST_MARKER) ?? '');
  if (!ATTRIBUTION_BEGINS.test(line)) return false;
  let sentence = line;
  for (let more = 0; more < 3 && sentence.length <= LONGEST_MARKER; more += 1) {
    if (ATTRIBUTIONS.some((attribution) => attribution.test(sentence))) return true;
    const next = lines[at + more + 1]?.trim();
    if (!next) return false;
    sentence += ` ${next}`;
  }
  return false;
}

const isQuoted = (line: string): boolean => /^\s{0,3}>/u.test(line);

/** Where the run of quoted lines at the very end begins; the number of lines when there is none. */
function trailingRun(lines: string[]): number {
  let start = lines.length;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (isQuoted(line)) start = at;
    else if (line.trim()) break;
  }
  return start;
}

/**
 * Parts what a person wrote from the mail below it. Answers between the quoted lines leave everything fresh: nothing a
 * person wrote is ever folded away. One pass over the lines.
 */
export function splitQuote(text: string): SplitText {
  const lines = text.split('\n');
  const marker = lines.findIndex((_line, at) => beginsQuote(lines, at));
  const cut = marker >= 0 ? marker : trailingRun(lines);
  const answered = lines
    .slice(cut + 1)
    .some((line, at, rest) => isQuoted(rest[at - 1] ?? '') && line.trim() !== '' && !isQuoted(line));
  if (cut === lines.length || answered) return { fresh: text, quoted: '' };
  const fresh = lines.slice(0, cut).join('\n');
  return fresh.trim() ? { fresh: `${fresh}\n`, quoted: lines.slice(cut).join('\n') } : { fresh: text, quoted: '' };
}
