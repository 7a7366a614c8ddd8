import type { EventData, ImpactKind, WaitReason } from '#contracts';
import type { Agreed, ClockActor, Handed, Moment } from './clock.rules.js';

/** What a case's events say to its clocks. */

/** An event of a case, as far as clocks look; `interaction`: the one it tells of. */
export interface ReadEvent {
  seq: string;
  type: string;
  data: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  at: number;
  actor: ClockActor;
  interaction: {
    author: ClockActor;
    direction: 'inbound' | 'outbound';
    automatic: boolean;
    /** It came to the customer: a call was answered, and it is no public word to write to us elsewhere. */
    reached: boolean;
    /** It sends its reader to a store with an address and no more. */
    bare: boolean;
  } | null;
  /** It says that the case is no part of another any more. */
  back?: Back | null;
}

/** What became of a case while it was part of another, of what is its own again. Times in milliseconds since the epoch. */
export interface Back {
  /** When it became part of the other. */
  since: number;
  /** What was said meanwhile, in its order: the other case tells of it. */
  said: Pick<ReadEvent, 'type' | 'at' | 'actor' | 'interaction'>[];
  /** When what had been lacking was relieved or restored last; null: nothing was. */
  relievedAt: number | null;
  /** A promise to write again was kept. */
  kept: boolean;
}

/** A handoff that is of a case now, with what was said of it while it was of others. */
export interface HandoffHere {
  id: string;
  ended: boolean;
  elsewhere: Pick<ReadEvent, 'seq' | 'type' | 'data' | 'at' | 'actor'>[];
}

/** An open promise to write again. */
export interface Promised {
  id: string;
  dueAt: number;
}

/** What is known of a case from its events. */
export interface Known {
  /** How far was read; '0': nothing yet. */
  seq: string;
  lacks: string[];
  waitingFor: WaitReason | null;
  isOver: boolean;
  promises: Promised[];
  /** What partners were given of it. */
  handoffs: Pick<Handed, 'id' | 'left'>[];
}

/** How the case stands after these events. */
export interface ReadCase {
  status: string;
  waitReason: WaitReason | null;
  lacks: ImpactKind[];
  promises: Promised[];
  /** Whether what was said last waits for an answer; null where nothing came from another case or went to one. */
  awaits: boolean | null;
  /** Its handoffs, likewise. */
  handoffs: HandoffHere[] | null;
}

const OVER = new Set(['closed', 'merged', 'spam']);
/** Entries, problems and promises came from another case or went to one. */
const MOVES = /^(?:case\.(?:merged|unmerged|split_)|customer\.(?:merged|unmerged)|entry\.moved_)/u;

/** Whether what a case holds came in part from elsewhere: how it stands then is not told by its own events alone. */
export const tellsOfMoves = ({ type }: Pick<ReadEvent, 'type'>): boolean => MOVES.test(type);

/** @returns the moments of these events, in their order, and what is known of the case after them */
export function momentsOf(before: Known, events: ReadEvent[], now: ReadCase): { moments: Moment[]; known: Known } {
  const moments: Moment[] = openedUnsaid(before, events);
  let known = before;
  const mover = events.findLast((event) => tellsOfMoves(event) || event.back);
  for (const event of events) {
    const next = after(known, event);
    moments.push(...changes(known, next, event), ...saidBy(event));
    known = next;
    if (event === mover) moments.push(...handoffsMoved(before, known, event, now.handoffs ?? []));
  }
  const last = events.at(-1);
  if (!last) return { moments, known };
  const seen: Known = {
    seq: last.seq,
    lacks: now.lacks,
    waitingFor: waitOf(now.status, now.waitReason),
    isOver: OVER.has(now.status),
    promises: now.promises,
    handoffs: known.handoffs,
  };
  const back = events.findLast((event) => event.back)?.back ?? null;
  return { moments: [...moments, ...caughtUp(known, seen, last, now, back)], known: seen };
}

/** A case that was split off by its problem alone was opened by nobody's message. */
function openedUnsaid({ seq }: Known, events: ReadEvent[]): Moment[] {
  const [first] = events;
  return first && seq === '0' && !events.some(({ type }) => type === 'case.opened')
    ? [{ at: first.at, actor: first.actor, kind: 'opened' }]
    : [];
}

const waitOf = (status: string, reason: WaitReason | null): WaitReason | null => (status === 'waiting' ? reason : null);

function after(known: Known, { seq, type, data }: ReadEvent): Known {
  const status = type === 'case.status_changed' ? String(data['to']) : null;
  return {
    seq,
    lacks: lacksAfter(known.lacks, type, data),
    waitingFor: status === null ? known.waitingFor : waitOf(status, data['waitReason'] as WaitReason | null),
    isOver: status === null ? known.isOver : OVER.has(status),
    promises: promisedAfter(known.promises, type, data),
    handoffs: handoffsAfter(known.handoffs, type, data),
  };
}

function lacksAfter(lacks: string[], type: string, data: ReadEvent['data']): string[] {
  if (type === 'impact.reported') return [...new Set([...lacks, ...(data['kinds'] as string[])])];
  if (type !== 'impact.moved') return lacks;
  const others = lacks.filter((kind) => kind !== data['kind']);
  return data['to'] === 'relieved' || data['to'] === 'restored' ? others : [...others, String(data['kind'])];
}

function promisedAfter(promises: Promised[], type: string, data: ReadEvent['data']): Promised[] {
  const id = String(data['promiseId']);
  const others = promises.filter((promise) => promise.id !== id);
  if (type === 'promise.made' && data['kind'] === 'update')
    return [...others, { id, dueAt: Date.parse(String(data['dueAt'])) }];
  if (type === 'promise.moved')
    return promises.map((promise) => (promise.id === id ? { id, dueAt: Date.parse(String(data['to'])) } : promise));
  return type === 'promise.decided' ? others : promises;
}

const nearest = (promises: Promised[]): number | null =>
  promises.length === 0 ? null : Math.min(...promises.map(({ dueAt }) => dueAt));

/** What is lacking, and what is promised, when that is another than it was. */
function changes(was: Known, is: Known, { at, actor, data }: ReadEvent): Moment[] {
  const moments: Moment[] = [];
  const lacking = is.lacks.length > 0;
  if (lacking !== was.lacks.length > 0) moments.push({ at, actor, kind: 'lacks', lacking });
  const dueAt = nearest(is.promises);
  if (dueAt !== nearest(was.promises))
    moments.push({ at, actor, kind: 'update_due', dueAt, kept: data['state'] === 'kept' });
  return moments;
}

function saidBy(event: ReadEvent): Moment[] {
  const { at, actor, interaction } = event;
  if (event.type === 'case.opened') return [{ at, actor, kind: 'opened' }];
  if (event.back && !OVER.has(String(event.data['to']))) return cameBack(event, event.back);
  if (event.type === 'case.status_changed')
    return [statusOf(at, actor, String(event.data['to']), event.data['waitReason'] as WaitReason | null)];
  if (event.type.startsWith('handoff.')) return handedBy(event);
  if (!interaction || interaction.automatic) return [];
  const answered: Moment = { at, actor: interaction.author, kind: 'answered', useful: !interaction.bare };
  const isOurs = interaction.author.kind === 'agent' && interaction.reached;
  if (event.type === 'interaction.sent') return isOurs ? [answered] : [];
  if (event.type !== 'interaction.received') return [];
  // What one of us wrote down, a visit or a call, was said and answered in one.
  const wrote: Moment[] = interaction.direction === 'inbound' ? [{ at, actor, kind: 'customer_wrote' }] : [];
  return isOurs ? [...wrote, answered] : wrote;
}

/** Of work that we gave: what others give us is a case like any other. */
function handoffOf(type: string, data: ReadEvent['data']): EventData<'handoff.acknowledged'> | null {
  if (!type.startsWith('handoff.') || data['direction'] !== 'out' || !data['state'] || data['state'] === 'draft')
    return null;
  return data as EventData<'handoff.acknowledged'>;
}

function handoffsAfter(known: Known['handoffs'], type: string, data: ReadEvent['data']): Known['handoffs'] {
  const id = handoffOf(type, data)?.handoffId;
  return !id || known.some((one) => one.id === id) ? known : [...known, { id, left: null }];
}

function handedBy({ type, at, actor, data }: Pick<ReadEvent, 'type' | 'at' | 'actor' | 'data'>): Moment[] {
  const said = handoffOf(type, data);
  if (!said) return [];
  const { handoffId: handoff, partnerName: partner, state } = said;
  return [{ at, actor, kind: 'handed', handoff, partner, state, agreed: agreedBy(data) }];
}

function agreedBy(data: ReadEvent['data']): Agreed | null {
  const { targets, calendar } = data as Partial<EventData<'handoff.sent'>>;
  if (!targets) return null;
  const { acknowledgeMinutes, answerMinutes, returnMinutes } = targets;
  return {
    minutes: {
      ...{ partner_acknowledge: acknowledgeMinutes, partner_answer: answerMinutes },
      partner_return: returnMinutes,
    },
    calendar: calendar ?? 'house',
  };
}

/** Which handoffs went to another case, and which came, with what was said of them where they were. */
function handoffsMoved(before: Known, known: Known, { seq, at, actor }: ReadEvent, here: HandoffHere[]): Moment[] {
  const gone = known.handoffs.filter(({ id, left }) => left === null && !here.some((one) => one.id === id));
  const come = here.flatMap(({ id, ended, elsewhere }): Moment[] => {
    const was = known.handoffs.find((one) => one.id === id);
    if (!was && ended) return [];
    const since = BigInt(was ? (was.left ?? before.seq) : 0);
    const said = elsewhere.filter((one) => BigInt(one.seq) > since).flatMap(handedBy);
    if (was && was.left === null) return said;
    const back: Moment[] = was ? [{ at, actor, kind: 'returned', handoff: id }] : [];
    return [...back, ...said, { at, actor, kind: 'came', handoff: id }];
  });
  return [...gone.map(({ id }): Moment => ({ at, actor, kind: 'left', handoff: id, seq })), ...come];
}

/** It goes on as if it had never been part of another: what was said meanwhile was said then. */
const cameBack = ({ at, actor, data }: ReadEvent, { since, said }: Back): Moment[] => [
  {
    at,
    actor,
    kind: 'revived',
    since,
    waitingFor: waitOf(String(data['to']), data['waitReason'] as WaitReason | null),
  },
  ...said.flatMap((one) => saidBy({ seq: '', data: {}, ...one })),
];

const statusOf = (at: number, actor: ClockActor, status: string, waitReason: WaitReason | null): Moment => ({
  at,
  actor,
  kind: 'status',
  status: status === 'restored' || status === 'closed' ? status : OVER.has(status) ? 'dropped' : 'open',
  waitingFor: waitOf(status, waitReason),
});

/** What is lacking no more went elsewhere; of a case that came back it was relieved meanwhile. */
function placed(moment: Moment, back: Back | null): Moment {
  if (moment.kind === 'lacks')
    return back ? { ...moment, at: back.relievedAt ?? moment.at } : { ...moment, moved: true };
  return moment.kind === 'update_due' && back ? { ...moment, kept: back.kept } : moment;
}

/** What merges, splits and moves bring about without an event that says so: seen from how the case stands. */
function caughtUp(known: Known, seen: Known, last: ReadEvent, now: ReadCase, back: Back | null): Moment[] {
  const { at, actor } = last;
  const moments = changes(known, seen, { ...last, data: {} }).map((moment) => placed(moment, back));
  // What was promised before goes on with the clocks: whether it is open still has to be said in any case.
  if (back && !moments.some(({ kind }) => kind === 'update_due'))
    moments.push(placed({ at, actor, kind: 'update_due', dueAt: nearest(seen.promises), kept: false }, back));
  if (seen.isOver !== known.isOver || seen.waitingFor !== known.waitingFor)
    moments.push(statusOf(at, actor, now.status, now.waitReason));
  if (now.awaits !== null && !seen.isOver)
    moments.push(now.awaits ? { at, actor, kind: 'customer_wrote' } : { at, actor, kind: 'unasked' });
  return moments;
}
