import {
  type HandoffDirection,
  type HandoffMode,
  type HandoffState,
  type HandoffWord,
  type Language,
  type PartnerQuote,
} from '#contracts';
import {
  carrierIn,
  contactIn,
  coverIn,
  engineerIn,
  filledOutcome,
  filledRef,
  refIn,
  trackingIn,
} from './reply.details.rules.js';
import { dayIn } from './reply.days.rules.js';
import { advises, asks, outcomeOf, says, slips, speaksOfWhen } from './reply.intents.rules.js';
import type { KeyedReply } from './reply.keys.rules.js';
import { quoteIn } from './reply.prices.rules.js';
import { folded, sentencesOf, within, type Sentence } from './reply.text.rules.js';

/** What was said in a reply, as words of a handoff. */

/** A mail that belongs to a handoff, and where that stands. */
export interface PartnerReply {
  /** What is new in it. */
  fresh: string;
  /** The mail of ours below it. */
  quoted: string | null;
  subject: string | null;
  direction: HandoffDirection;
  state: HandoffState;
  mode: HandoffMode;
  language: Language;
  timeZone: string;
  at: Date;
  /** Nobody wrote it: it says nothing but what stands in it. */
  isAutomatic?: boolean;
}

export const MAX = { text: 5000, reason: 2000, short: 500 };

/** Everything one looks at while deciding. */
export interface Heard {
  reply: PartnerReply;
  keys: KeyedReply['keys'];
  sentences: Sentence[];
  /** All of it, for people. */
  text: string;
}

/** A value that was filled in, as a sentence. */
const asSentences = (value: string | undefined): Sentence[] => (value === undefined ? [] : sentencesOf(value));

type Said = Parameters<typeof says>[0] | 'asked' | 'eta';

/** What somebody filled in as their answer. */
const ANSWERS: [Said, RegExp][] = [
  ['rejected', /^(?:no\b|rechaz|reject|declin|deneg|denied|refus)/u],
  ['accepted', /^(?:yes\b|si\b|acept|accept|ok\b|approved?|aprobad|admitid)/u],
  ['asked', /^(?:pregunt|ask|question|info|need|consulta|falta)/u],
  [
    'resolved',
    /^(?:reparad|repaired|resuel|resolv|termina|finish|done|replaced|sustitu|sin averia|no fault|irrepar|unrepair)/u,
  ],
  ['in_progress', /^(?:en (?:curso|reparacion|proceso)|in progress|working|under repair|started)/u],
  ['received', /^(?:recibid|received|arrived|llegad)/u],
  ['dispatched', /^(?:envia|shipped|dispatch|devuelt|returned|sent back|expedid)/u],
  ['acknowledged', /^(?:acuse|ack|noted|enterad|visto|seen)/u],
  ['eta', /^(?:nueva fecha|new date|delay|retras|eta\b)/u],
  ['cancelled', /^(?:cancel|anula|retira|withdraw)/u],
  ['closed', /^(?:cerra|close)/u],
  ['reopened', /^(?:reab|reopen)/u],
];

export const answerIn = ({ keys }: Pick<Heard, 'keys'>): Said | undefined =>
  ANSWERS.find(([, form]) => form.test(folded(keys.answer ?? '').trim()))?.[0];

/** What was said at all: by the line for it where that is filled in, else by what the sentences say. */
function intentsOf({ keys, sentences }: Heard, of: readonly Said[]): Set<Said> {
  const found = new Set<Said>();
  const answered = answerIn({ keys });
  if (answered) found.add(answered);
  for (const sentence of sentences)
    for (const intent of of) if (intent !== 'asked' && intent !== 'eta' && says(intent, sentence)) found.add(intent);
  if (answered === 'accepted') found.delete('rejected');
  if (answered === 'rejected') found.delete('accepted');
  return found;
}

const TAKER = ['accepted', 'rejected', 'received', 'in_progress', 'dispatched', 'acknowledged'] as const;
const GIVER = ['cancelled', 'closed', 'reopened', 'approved', 'declined'] as const;

const etaOf = ({ keys, sentences, reply }: Heard): string | null => {
  if (keys.eta !== undefined) {
    const filled = dayIn(folded(keys.eta), reply.at, reply.timeZone);
    if (filled) return filled;
  }
  const clauses = sentences.flatMap(({ written, folded: said }) =>
    said.split(/[,;]\s/u).map((part) => ({ written, folded: part })),
  );
  const when = [...clauses, ...sentences].filter(speaksOfWhen);
  for (const sentence of [...when.filter(slips), ...when]) {
    const day = dayIn(newDayOf(sentence.folded), reply.at, reply.timeZone);
    if (day) return day;
  }
  return null;
};

/** Of "to 27/11 instead of 25/11" the first day, of "from 25/11 to 27/11" the second. */
const newDayOf = (text: string): string =>
  text
    .replace(/\b(?:instead of|en (?:lugar|vez) de)\b.*$/u, '')
    .replace(/\b(?:del?|from)\b.{3,25}?\b(?=(?:al?|to|hasta el)\b)/u, '');

const quoteOf = ({ keys, sentences, reply }: Heard): PartnerQuote | null => {
  const quote =
    keys.quote === undefined
      ? quoteIn(sentences, reply.language)
      : quoteIn(asSentences(keys.quote), reply.language, true);
  if (!quote) return null;
  const until = sentences.find(({ folded: text }) =>
    /\b(?:valid[oa]? (?:hasta|until|through|for)|validez|valid(?:ity)?)\b/u.test(text),
  );
  const cover = coverIn(sentences);
  return {
    ...quote,
    ...(until && {
      validUntil: dayIn(until.folded.replace(/\bvalid\w*(?: durante| de| for)?\b/u, 'in'), reply.at, reply.timeZone),
    }),
    ...(cover && { cover }),
  };
};

const questionOf = ({ keys, sentences }: Heard): string | null => {
  const asked = sentences
    .filter(asks)
    .map(({ written }) => written)
    .join(' ');
  return keys.question ?? (asked || null);
};

function accepted(all: Heard): HandoffWord {
  const { keys, reply, sentences, text } = all;
  return {
    kind: 'accepted',
    text,
    partnerRef: keys.ref ? filledRef(keys.ref) : refOf(all),
    engineer: keys.engineer ? contactIn(keys.engineer) : engineerIn(sentences),
    etaAt: etaOf({ ...all, reply }),
  };
}

const refOf = ({ sentences, reply }: Heard): string | null =>
  refIn(sentences.map(({ written }) => written).join('\n')) ??
  (/\brma\b/iu.test(reply.subject ?? '') ? refIn(reply.subject ?? '') : null);

const NEXT_STEP =
  /^(?:(?:por favor|please)\b|(?:you|they|customer)\b.{0,20}\b(?:can|may|should|must|need)\b|(?:pued|deb)(?:e|en|eis|es)\b|(?:el|la) (?:cliente|tienda) (?:puede|debe)|dirij\w+|contact\w*|envien|diganle)/u;

function rejected({ keys, sentences, text }: Heard): HandoffWord {
  const next = keys.nextStep ?? sentences.find(({ folded: said }) => NEXT_STEP.test(said))?.written;
  return {
    kind: 'rejected',
    reason: within(keys.reason ?? text, MAX.reason),
    ...(next && { nextStep: within(next, MAX.short) }),
  };
}

function dispatched(all: Heard): HandoffWord {
  const { keys, sentences } = all;
  const spoken = sentences.map(({ written }) => written).join('\n');
  const carrier = keys.carrier?.slice(0, 80) ?? carrierIn(spoken);
  const trackingNumber = keys.tracking?.slice(0, 80) ?? trackingIn(spoken, carrier);
  return { kind: 'dispatched', carrier, trackingNumber, etaAt: etaOf(all) };
}

function resolved(all: Heard): HandoffWord | null {
  const { keys, sentences, text, reply } = all;
  const cover = coverIn(sentences);
  const answered =
    /^(?:reparad|repaired|resuel|resolv|termina|finish|done|replac|sustitu|sin averia|no fault|irrepar|unrepair)/u.test(
      folded(keys.answer ?? ''),
    );
  const spoken = sentences.map(outcomeOf).find((outcome) => outcome !== null) ?? null;
  const advised = reply.mode === 'advise' && sentences.some(advises) ? 'advised' : null;
  const filled = keys.outcome ?? (answered ? keys.answer : undefined);
  const outcome = filled === undefined ? (spoken ?? advised) : filledOutcome(filled);
  return outcome && { kind: 'resolved', outcome, text, ...(cover && { cover }) };
}

/** What names its own day, or needs none any more. */
const HAS_DAY = new Set<HandoffWord['kind']>(['accepted', 'dispatched', 'resolved']);

/** What whoever took the work says: first whether they do it, then what they did, then what they want to know. */
export function takerWords(all: Heard): HandoffWord[] {
  const found = intentsOf(all, TAKER);
  // Yes and no in one mail: a person reads it.
  if (found.has('accepted') && found.has('rejected')) return [];
  if (found.has('rejected')) return [rejected(all)];
  const words = [...taken(all, found), ...did(all, found)];
  const day = words.some(({ kind }) => HAS_DAY.has(kind)) ? null : etaOf(all);
  if (day) words.push({ kind: 'eta', etaAt: day, reason: within(all.keys.reason ?? all.text, MAX.short) });
  const question = questionOf(all);
  if (question) words.push({ kind: 'asked', question: within(question, MAX.reason) });
  return words;
}

/** Whether they do it, and where it stands with them. */
function taken(all: Heard, found: ReadonlySet<Said>): HandoffWord[] {
  const words: HandoffWord[] = [];
  if (found.has('accepted') || (!resolved(all) && isAcceptance(all))) words.push(accepted(all));
  if (found.has('received')) words.push({ kind: 'received', text: all.text });
  return words;
}

/** What they did with it. */
function did(all: Heard, found: ReadonlySet<Said>): HandoffWord[] {
  const done = resolved(all);
  const quote = done ? null : quoteOf(all);
  return [
    ...(found.has('in_progress') && !done ? [{ kind: 'in_progress' as const, text: all.text }] : []),
    ...(quote ? [{ kind: 'quoted' as const, quote, text: all.text }] : []),
    ...(done ? [done] : []),
    ...(found.has('dispatched') ? [dispatched(all)] : []),
  ];
}

/** A number of theirs for it, filled in or named as an RMA, is a yes. */
function isAcceptance({ keys, sentences, reply }: Heard): boolean {
  if (reply.state !== 'sent' && reply.state !== 'acknowledged') return false;
  const waits = sentences.some(({ folded: text }) =>
    /\b(?:pendiente|pending|no (?:podemos|tenemos)|need|necesit|falta|before|antes)\w*/u.test(text),
  );
  if (keys.ref !== undefined) return !waits && keys.question === undefined;
  return sentences.some(
    ({ written, folded: text }) =>
      /\brma\b/u.test(text) && !/\?|\b(?:no|not|sin|without)\b/u.test(text) && refIn(written) !== null,
  );
}

/** What whoever gave it says. */
export function giverWords(all: Heard): HandoffWord[] {
  const found = intentsOf(all, GIVER);
  const reason = within(all.keys.reason ?? all.text, MAX.reason);
  if (found.has('cancelled')) return [{ kind: 'cancelled', reason }];
  if (found.has('reopened')) return [{ kind: 'reopened', reason }];
  if (found.has('closed')) return [{ kind: 'closed', text: all.text }];
  if (found.has('approved') !== found.has('declined'))
    return [{ kind: 'quote_answered', approved: found.has('approved'), text: all.text }];
  return all.reply.state === 'info_requested' ? [{ kind: 'info', text: all.text }] : [];
}
