import {
  canMoveHandoff,
  isHandoffEnded,
  type Contact,
  type GiverWord,
  type HandoffOutcome,
  type HandoffSide,
  type HandoffState,
  type HandoffWord,
  type HandoffWordKind,
  type TakerWord,
} from '#contracts';

/**
 * What a word makes of a handoff. Words of another company may come twice, late, and in any order; whichever way they come, the
 * same words end in the same standing: of those that say where it stands the one that was said last counts, by the clock of
 * whoever said it, and so of those that name a day. What was accepted stays accepted, whatever is said afterwards.
 */

/** What of a handoff words change. Times in milliseconds since the epoch, by the clock of whoever said it. */
export interface Standing {
  state: HandoffState;
  /** When the taker last said so, of each that they may say anew. */
  heard: Partial<Record<Register, Stamp>>;
  etaAt: string | null;
  isAcknowledged: boolean;
  isAccepted: boolean;
  isResolved: boolean;
  partnerRef: string | null;
  engineer: Contact | null;
  outcome: HandoffOutcome | null;
  question: string | null;
}

/** What the taker may say anew: what was said last of each counts. */
export type Register = 'state' | 'eta' | 'partnerRef' | 'engineer';

export interface Stamp {
  at: number;
  ref: string;
}

export interface Said {
  side: HandoffSide;
  word: HandoffWord;
  stamp: Stamp;
}

export type Because = 'ended' | 'overtaken' | 'forbidden';

/** What there is to tell the rest of the house of. */
export type Happened =
  | Exclude<HandoffWordKind, 'info' | 'eta' | 'in_progress' | 'note' | 'file' | 'quote_answered' | 'nudged'>
  | 'answered'
  | 'eta_moved'
  | 'progressed'
  | 'noted';

export type Folded =
  | { applied: true; standing: Standing; happened: Happened[] }
  | { applied: false; because: Because; standing: Standing };

const TAKER_KINDS: ReadonlySet<string> = new Set<TakerWord['kind']>([
  ...([
    'acknowledged',
    'accepted',
    'rejected',
    'asked',
    'in_progress',
    'eta',
    'quoted',
    'received',
    'dispatched',
  ] as const),
  'resolved',
]);
const GIVER_KINDS: ReadonlySet<string> = new Set<GiverWord['kind']>([
  ...(['sent', 'info', 'quote_answered', 'nudged', 'reopened', 'cancelled', 'recalled', 'closed'] as const),
]);

/** Whether a word is for this side to say. */
export const isWordOf = ({ kind }: HandoffWord, side: HandoffSide): boolean =>
  !(side === 'taker' ? GIVER_KINDS : TAKER_KINDS).has(kind);

const isLater = (a: Stamp, b: Stamp | undefined): boolean => !b || a.at > b.at || (a.at === b.at && a.ref > b.ref);

/** What a word makes of a handoff. @param said a word of its side (`isWordOf`) */
export function fold(standing: Standing, said: Said): Folded {
  const isTakenBack = said.side === 'giver' && said.word.kind === 'recalled';
  if (isHandoffEnded(standing.state) && !isTakenBack) return { applied: false, because: 'ended', standing };
  return said.side === 'taker' ? foldTaker(standing, said) : foldGiver(standing, said.word);
}

const TOLD_BY_STATE: Partial<Record<HandoffWordKind, HandoffState>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  asked: 'info_requested',
  in_progress: 'in_progress',
  resolved: 'resolved',
};

function foldTaker(before: Standing, { word, stamp }: Said): Folded {
  if (before.state === 'draft') return { applied: false, because: 'forbidden', standing: before };
  // Whatever they say, they have it.
  const standing: Standing = { ...before, ...lasting(before, word), heard: { ...before.heard }, isAcknowledged: true };
  if (before.state === 'sent') standing.state = 'acknowledged';
  const happened: Happened[] = before.isAcknowledged ? [] : ['acknowledged'];
  const isNew = (register: Register, value: unknown): boolean => {
    if (value === null || value === undefined || !isLater(stamp, standing.heard[register])) return false;
    standing.heard[register] = stamp;
    return true;
  };
  const taught = word.kind === 'accepted' && learn(standing, word, isNew);
  const day = dayIn(word);
  const named = isNew('eta', day);
  if (named) standing.etaAt = day;
  if (standing.etaAt !== before.etaAt) happened.push('eta_moved');
  const to = TOLD_BY_STATE[word.kind];
  const counts = to === undefined ? word.kind !== 'eta' || named : isNew('state', to);
  if (to !== undefined && counts) Object.assign(standing, { state: to, ...momentary(word) });
  happened.push(...(counts ? toldOf(before, word) : lateToldOf(before, word)));
  // What came too late to say where it stands may still say something for good.
  return counts || taught || happened.length > 0
    ? { applied: true, standing, happened }
    : { applied: false, because: 'overtaken', standing };
}

/** The day a word names. */
const dayIn = (word: HandoffWord): string | null =>
  (word.kind === 'eta' || word.kind === 'accepted') && word.etaAt ? new Date(word.etaAt).toISOString() : null;

/** Their number and who of them has it. @returns whether either is new */
function learn(
  standing: Standing,
  { partnerRef, engineer }: Extract<HandoffWord, { kind: 'accepted' }>,
  isNew: (register: Register, value: unknown) => boolean,
): boolean {
  const [number, person] = [isNew('partnerRef', partnerRef), isNew('engineer', engineer)];
  if (number) standing.partnerRef = partnerRef ?? null;
  if (person) standing.engineer = engineer ?? null;
  return number || person;
}

/** What holds from the first time it is said. */
function lasting(standing: Standing, { kind }: HandoffWord): Partial<Standing> {
  const isAccepted = standing.isAccepted || kind === 'accepted' || kind === 'in_progress' || kind === 'resolved';
  return { isAccepted, isResolved: standing.isResolved || kind === 'resolved' };
}

/** What holds as long as nothing later is said. */
function momentary(word: HandoffWord): Partial<Standing> {
  return {
    question: word.kind === 'asked' ? word.question : null,
    outcome: word.kind === 'resolved' ? word.outcome : null,
  };
}

/** Work that goes on is accepted, whether they said so or not. */
function toldOf(before: Standing, word: HandoffWord): Happened[] {
  const first: Happened[] = word.kind === 'in_progress' && !before.isAccepted ? ['accepted'] : [];
  const told = HAPPENED[word.kind];
  return told ? [...first, told] : first;
}

/** That they do it is told once, also when they have said something else since. */
const lateToldOf = ({ isAccepted }: Standing, { kind }: HandoffWord): Happened[] =>
  !isAccepted && (kind === 'accepted' || kind === 'in_progress') ? ['accepted'] : [];

const HAPPENED: Partial<Record<HandoffWordKind, Happened>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  asked: 'asked',
  in_progress: 'progressed',
  quoted: 'quoted',
  received: 'received',
  dispatched: 'dispatched',
  resolved: 'resolved',
  note: 'noted',
  file: 'noted',
};

function foldGiver(before: Standing, word: HandoffWord): Folded {
  const moved = (to: HandoffState, told: Happened, change: Partial<Standing> = {}): Folded =>
    canMoveHandoff(before.state, to, 'giver')
      ? { applied: true, standing: { ...before, ...change, state: to }, happened: [told] }
      : { applied: false, because: 'forbidden', standing: before };
  switch (word.kind) {
    case 'sent':
      return moved('sent', 'sent');
    case 'info':
      return before.state === 'info_requested'
        ? moved(before.isAccepted ? 'accepted' : 'acknowledged', 'answered', { question: null })
        : { applied: true, standing: before, happened: ['noted'] };
    case 'reopened':
      return moved('in_progress', 'reopened', { outcome: null });
    case 'cancelled':
    case 'recalled':
    case 'closed':
      return moved(word.kind, word.kind);
    default:
      return { applied: true, standing: before, happened: word.kind === 'nudged' ? [] : ['noted'] };
  }
}
