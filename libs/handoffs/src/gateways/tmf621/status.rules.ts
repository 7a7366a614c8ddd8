import { HandoffOutcome, type HandoffSide, type HandoffState, type HandoffWord, type Priority } from '#contracts';
import type { TicketStatus } from './ticket.js';

/** Where a handoff stands, in the words of TMF621, and the other way round. */

const STATUS: Record<HandoffState, TicketStatus> = {
  draft: 'acknowledged',
  sent: 'acknowledged',
  acknowledged: 'acknowledged',
  accepted: 'inProgress',
  info_requested: 'pending',
  in_progress: 'inProgress',
  resolved: 'resolved',
  closed: 'closed',
  rejected: 'rejected',
  expired: 'cancelled',
  cancelled: 'cancelled',
  recalled: 'cancelled',
};

/** A ticket that just came in reads `acknowledged`: the system has it. That somebody does is in its history. */
export const statusOf = (state: HandoffState): TicketStatus => STATUS[state];

/** What is taken back together with what was told. */
export const RECALLED = 'recalled: ';
const ANSWERED = 'answered';

export interface Move {
  status: TicketStatus;
  reason: string | null;
}

/** A word of the log, of either side or of the house's own. */
export type AnyWord = { kind: string } & Partial<Record<string, unknown>>;

/** A text of a word; '' where it has none. */
export const textOf = (word: AnyWord, name: string): string => {
  const value = word[name];
  return typeof value === 'string' ? value : '';
};

const MOVES: Partial<Record<string, (word: AnyWord, isAccepted: boolean) => [TicketStatus, string]>> = {
  acknowledged: (word) => ['acknowledged', textOf(word, 'text')],
  accepted: (word) => ['inProgress', textOf(word, 'text')],
  in_progress: (word) => ['inProgress', textOf(word, 'text')],
  asked: (word) => ['pending', textOf(word, 'question')],
  info: (_word, isAccepted) => [isAccepted ? 'inProgress' : 'acknowledged', ANSWERED],
  reopened: (word) => ['inProgress', textOf(word, 'reason')],
  resolved: (word) => ['resolved', `${textOf(word, 'outcome') || 'other'}: ${textOf(word, 'text')}`],
  rejected: (word) => [
    'rejected',
    [textOf(word, 'reason'), textOf(word, 'nextStep') && `Next step: ${textOf(word, 'nextStep')}`]
      .filter(Boolean)
      .join('\n'),
  ],
  cancelled: (word) => ['cancelled', textOf(word, 'reason')],
  recalled: (word) => ['cancelled', `${RECALLED}${textOf(word, 'reason')}`],
  expired: (word) => ['cancelled', textOf(word, 'text') || 'expired'],
  closed: (word) => ['closed', textOf(word, 'text')],
};

/** What a word makes of a ticket's status; null: nothing. @param isAccepted whether the taker had said that they do it */
export function moveBy(word: AnyWord, isAccepted: boolean): Move | null {
  const move = MOVES[word.kind]?.(word, isAccepted);
  return move ? { status: move[0], reason: move[1] || null } : null;
}

/** Who brings a ticket there, by what. Null: it is not theirs to say, or says nothing new. */
export function wordOf(
  side: HandoffSide,
  { status, reason }: Move,
  at: { state: HandoffState; isAccepted: boolean; told: string | null },
): HandoffWord | null {
  const why = short(reason ?? at.told ?? status, 2000);
  if (side === 'taker') return takersWord(status, why, at.isAccepted, reason);
  if (status === 'closed') return { kind: 'closed', text: reason };
  if (status === 'cancelled')
    return why.startsWith(RECALLED)
      ? { kind: 'recalled', reason: why.slice(RECALLED.length) || status }
      : { kind: 'cancelled', reason: why };
  if (status !== 'inProgress' && status !== 'acknowledged') return null;
  if (at.state === 'info_requested') return { kind: 'info', text: at.told ?? why };
  return at.state === 'resolved' ? { kind: 'reopened', reason: why } : null;
}

function takersWord(status: TicketStatus, why: string, isAccepted: boolean, text: string | null): HandoffWord {
  switch (status) {
    case 'acknowledged':
      return { kind: 'acknowledged', text };
    case 'inProgress':
      return isAccepted ? { kind: 'in_progress', text } : { kind: 'accepted', text: text === 'accepted' ? null : text };
    case 'held':
      return { kind: 'in_progress', text: why };
    case 'pending':
      return { kind: 'asked', question: why };
    case 'resolved':
    case 'closed':
      return { kind: 'resolved', ...outcomeIn(why) };
    case 'rejected':
    case 'cancelled':
      return { kind: 'rejected', ...refusalIn(why) };
  }
}

/** What follows from it for whoever gave it may stand in a line of its own. */
function refusalIn(why: string): { reason: string; nextStep: string | null } {
  const [, reason = '', nextStep = ''] = /^(.+?)\n\s*(?:next step|siguiente paso)\s*:\s*(.+)$/isu.exec(why) ?? [];
  return reason && nextStep
    ? { reason: reason.trim(), nextStep: short(nextStep.trim(), 500) }
    : { reason: why, nextStep: null };
}

/** 'repaired: board replaced' is how we say it; others say it in words. */
function outcomeIn(text: string): { outcome: HandoffOutcome; text: string } {
  const [, word = '', rest = ''] = /^\s*([a-z_]+)\s*:\s*(.*)$/su.exec(text) ?? [];
  const outcome = HandoffOutcome.safeParse(word);
  if (outcome.success) return { outcome: outcome.data, text: rest.trim() || outcome.data };
  const found = OUTCOMES.find(([pattern]) => pattern.test(text));
  return { outcome: found?.[1] ?? 'other', text };
}

const OUTCOMES: [RegExp, HandoffOutcome][] = [
  [/no fault|sin (?:fallo|avería)/iu, 'no_fault'],
  [/unrepairable|beyond repair|irreparable|no (?:se puede reparar|tiene arreglo)/iu, 'unrepairable'],
  [/replace[dm]|sustitu|reemplaz|swapped/iu, 'replaced'],
  [/repair|reparad|fixed|arreglad/iu, 'repaired'],
];

export const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

const SEVERITY: Record<Priority, string> = { low: 'Low', normal: 'Medium', high: 'High', critical: 'Critical' };
export const severityOf = (priority: Priority): string => SEVERITY[priority];

const PRIORITIES: [RegExp, Priority][] = [
  [/^(?:1|critical|urgent|p1|blocker)/iu, 'critical'],
  [/^(?:2|high|major|p2)/iu, 'high'],
  [/^(?:4|5|low|minor|trivial|p4)/iu, 'low'],
];

/** How pressing it is, by the first of their words for it that says so. */
export const priorityIn = (...words: (string | undefined)[]): Priority => {
  for (const word of words) {
    const found = PRIORITIES.find(([pattern]) => word !== undefined && pattern.test(word.trim()));
    if (found) return found[1];
  }
  return 'normal';
};
