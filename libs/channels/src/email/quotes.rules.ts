/** A mail taken apart: what is new, and the history its program carried along. Joined again they are the whole. */
export interface SplitText {
  fresh: string;
  quoted: string;
}

const LONGEST_MARKER = 300;
/** Lines an attribution may be broken over. */
const MAX_BROKEN = 4;

/** One line that begins the quoted mail: Outlook on the desktop, Samsung. */
const DIVIDER =
  /^-{2,}\s*(?:original (?:message|appointment)|mensaje original|mensagem original|message (?:d.origine|original)|missatge original|ursprüngliche nachricht|messaggio originale|oorspronkelijk bericht)\s*-{2,}$/iu;
/** The rule Outlook on the web draws; only with a block of headers below it, people draw rules too. */
const RULE = /^_{10,}$/u;

/** A mail sent on is somebody else's words, and those its sender wants read. */
const FORWARDED =
  /^(?:-{2,}\s*(?:forwarded message|mensaje reenviado|mensagem encaminhada|mensagem reencaminhada|message transféré|weitergeleitete nachricht|missatge reenviat|messaggio inoltrato)\s*-{2,}|(?:begin forwarded message|inicio del mensaje reenviado|início da mensagem reencaminhada|début du message (?:réexpédié|transféré)|anfang der weitergeleiteten nachricht|inici del missatge reenviat)\s?:)$/iu;
const FORWARDING_SUBJECT = /^\s*(?:fwd?|rv|wg|tr|enc|i|doorst)\s*:/iu;

/** "El lun, 3 nov 2026 a las 10:00, Nexo escribió:" and its sisters; a program may break it over several lines. */
const ATTRIBUTIONS = [
  /^on\s.*\swrote\s?:$/iu,
  /^el\s.*\s(?:escribió|va escriure|ha escrit)\s?:$/iu,
  /^missatge de\s.*\sdel dia\s.*:$/iu,
  /^(?:em|a|no dia|às|aos?)\s.*\sescreveu\s?:$/iu,
  /^le\s.*\sa écrit\s?:$/iu,
  /^am\s.*\sschrieb\s?.*:$/iu,
  /^am\s.*\shat\s.*\sgeschrieben\s?:$/iu,
  /^il\s.*\sha scritto\s?:$/iu,
  /^op\s.*\sschreef\s?.*:$/iu,
];
const ATTRIBUTION_BEGINS = /^(?:on|el|missatge de|em|a|no dia|às|aos?|le|am|il|op)\s/iu;
/** A day, a time or an address: without one of them it is a sentence like another. */
const DATED = /\d{4}|\d{1,2}[:.h/-]\d{1,2}|[^\s@]@[^\s@]/u;

/** A block of headers as Outlook writes it: From/De/Von, then at least one of Sent/To/Subject right below. */
const BLOCK_BEGINS = /^\*?(?:from|de|von|da|van)\s?:\s?\*?\s?\S/iu;
const BLOCK_GOES_ON =
  /^\*?(?:sent|enviado(?: el| em)?|enviada(?: em)?|envoyé|enviat(?: el)?|gesendet|date|fecha|data|datum|to|para|per a|à|an|cc|subject|asunto|assunto|objet|assumpte|tema|betreff)\s?:\s?\*?\s?\S/iu;

const isBlock = (lines: string[], at: number): boolean =>
  BLOCK_BEGINS.test(lineAt(lines, at)) &&
  [at + 1, at + 2].some((below) => BLOCK_GOES_ON.test(lineAt(lines, below).slice(0, LONGEST_MARKER)));

const lineAt = (lines: string[], at: number): string => lines[at]?.trim() ?? '';

function isAttribution(lines: string[], at: number): boolean {
  let sentence = lineAt(lines, at);
  if (!ATTRIBUTION_BEGINS.test(sentence)) return false;
  for (let more = 1; more <= MAX_BROKEN && sentence.length <= LONGEST_MARKER; more += 1) {
    if (sentence.endsWith(':') && DATED.test(sentence) && ATTRIBUTIONS.some((form) => form.test(sentence))) return true;
    const next = lineAt(lines, at + more);
    if (!next) return false;
    sentence += ` ${next}`;
  }
  return false;
}

function beginsQuote(lines: string[], at: number): boolean {
  const line = lineAt(lines, at);
  if (!line || line.length > LONGEST_MARKER) return false;
  if (line.startsWith('-')) return DIVIDER.test(line);
  if (line.startsWith('_')) return RULE.test(line) && (isBlock(lines, at + 1) || isBlock(lines, at + 2));
  return isBlock(lines, at) || isAttribution(lines, at);
}

const isQuoted = (line: string): boolean => /^\s{0,3}>/u.test(line);

/** Where the run of quoted lines at the very end begins, with the line above it that says whose they are. */
function trailingRun(lines: string[]): number {
  let start = lines.length;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    if (isQuoted(line)) start = at;
    else if (line.trim()) break;
  }
  const above = lineAt(lines, start - 1);
  const says = above.endsWith(':') && above.length <= LONGEST_MARKER && DATED.test(above);
  return says && start < lines.length ? start - 1 : start;
}

/** Where the history begins; the number of lines when there is none. */
function cutOf(lines: string[]): number {
  for (let at = 0; at < lines.length; at += 1) {
    if (FORWARDED.test(lineAt(lines, at).slice(0, LONGEST_MARKER))) return lines.length;
    if (beginsQuote(lines, at)) return at;
  }
  return trailingRun(lines);
}

/**
 * Parts what a person wrote from the mail below it. Answers between the quoted lines, and mails sent on, leave everything
 * fresh: nothing a person wrote or wanted read is ever folded away. One pass over the lines.
 */
export function splitQuote(text: string, subject: string | null = null): SplitText {
  const whole = { fresh: text, quoted: '' };
  if (FORWARDING_SUBJECT.test(subject ?? '')) return whole;
  const lines = text.split('\n');
  const cut = cutOf(lines);
  const answered = lines
    .slice(cut + 1)
    .some((line, at, rest) => isQuoted(rest[at - 1] ?? '') && line.trim() !== '' && !isQuoted(line));
  if (cut === lines.length || answered) return whole;
  const fresh = lines.slice(0, cut).join('\n');
  return fresh.trim() ? { fresh: `${fresh}\n`, quoted: lines.slice(cut).join('\n') } : whole;
}
