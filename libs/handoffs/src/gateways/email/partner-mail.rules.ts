import { HandoffWord } from '#contracts';
import { ABOVE_LINE } from './letter.words.rules.js';
import { keysIn, type KeyedReply } from './reply.keys.rules.js';
import { MOST, pointsBelow, saidIn, sentencesOf, unquoted, within } from './reply.text.rules.js';
import { answerIn, giverWords, MAX, takerWords, type Heard, type PartnerReply } from './reply.words.rules.js';

export type { PartnerReply } from './reply.words.rules.js';

/** What it says, in order, and whoever is named as doing the work. Never empty, unless the mail is. */
export interface UnderstoodReply {
  words: HandoffWord[];
}

function heard(reply: PartnerReply): Heard {
  const { above, below } = partsOf(reply);
  const form = above.trim() === '' || pointsBelow(above) ? keysIn(below) : null;
  const said = keysIn(above.trim() === '' ? '' : saidIn(above));
  const filled = linesOf(form?.keys ?? {});
  return {
    reply,
    keys: { ...form?.keys, ...said.keys },
    sentences: sentencesOf([said.keys.text, said.rest].filter(Boolean).join('\n')),
    text: within([saidIn(above), filled].filter(Boolean).join('\n\n').trim(), MAX.text),
  };
}

/** What stands above the line of ours that says so, or above the mail of ours, and what below. */
function partsOf({ fresh: all, quoted }: PartnerReply): { above: string; below: string } {
  const fresh = all.slice(0, MOST);
  const line = ABOVE_LINE.exec(fresh);
  const above = line ? fresh.slice(0, line.index) : fresh;
  const isAllQuoted = above.split('\n').every((one) => !one.trim() || one.trimStart().startsWith('>'));
  const below = [
    isAllQuoted ? above : '',
    line ? fresh.slice(line.index + line[0].length) : '',
    quoted?.slice(0, MOST) ?? '',
  ].join('\n');
  return { above: isAllQuoted ? '' : above, below: unquoted(below) };
}

const linesOf = (keys: KeyedReply['keys']): string =>
  Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');

/** Kinds that have room for all that was written. */
const HAS_TEXT = new Set<HandoffWord['kind']>([
  'accepted',
  'in_progress',
  'quoted',
  'received',
  'resolved',
  'acknowledged',
  'note',
  'info',
  'closed',
  'quote_answered',
]);

/** Whether nothing of what was written is left out of these words. */
function tellAll(words: HandoffWord[], { text, sentences }: Heard): boolean {
  if (words.some(({ kind }) => HAS_TEXT.has(kind))) return true;
  if (sentences.length === 0) return true;
  return words.some((word) => [reasonIn(word), questionIn(word)].includes(text));
}
const reasonIn = (word: HandoffWord): string | null => ('reason' in word ? (word.reason ?? null) : null);
const questionIn = (word: HandoffWord): string | null => (word.kind === 'asked' ? word.question : null);

/**
 * What a mail of a partner says. Rather a note than a guess: whatever is not said plainly is only kept, and who answers at all has seen
 * what we sent. Nothing that was written is lost: the first word with room for it carries all of it, and only once.
 */
export function understand(reply: PartnerReply): UnderstoodReply {
  const all = heard(reply);
  if (!all.text) return { words: [] };
  if (reply.isAutomatic) return { words: [{ kind: 'note', text: all.text }] };
  const understood = (reply.direction === 'out' ? takerWords(all) : giverWords(all)).filter(
    (word) => HandoffWord.safeParse(word).success,
  );
  const isFirst = reply.direction === 'out' && (reply.state === 'sent' || answerIn(all) === 'acknowledged');
  const plain: HandoffWord = { kind: isFirst ? 'acknowledged' : 'note', text: all.text };
  const words = understood.length > 0 && tellAll(understood, all) ? understood : [plain, ...understood];
  return { words: toldOnce(words) };
}

/** The same text stands on one word only. */
function toldOnce(words: HandoffWord[]): HandoffWord[] {
  const carrier = words.findIndex(({ kind }) => HAS_TEXT.has(kind));
  return words.map((word, at) => {
    const bare = at > carrier && HAS_TEXT.has(word.kind) ? HandoffWord.safeParse({ ...word, text: undefined }) : null;
    return bare?.data ?? word;
  });
}
