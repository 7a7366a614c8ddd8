import type { ImpactKind, WaitReason } from '#contracts';
import type { ClockActor, Moment } from './clock.rules.js';

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
}

/** How the case stands after these events. */
export interface ReadCase {
  status: string;
  waitReason: WaitReason | null;
  lacks: ImpactKind[];
  nextUpdateDueAt: number | null;
}

export interface Known {
  /** How far was read; '0': nothing yet. */
  seq: string;
  lacks: string[];
}

const OVER = new Set(['closed', 'merged', 'spam']);

/** @returns the moments of these events, in their order, and what the customer lacks after them */
export function momentsOf(known: Known, events: ReadEvent[], now: ReadCase): { moments: Moment[]; lacks: string[] } {
  let lacks = known.lacks;
  const moments: Moment[] = openedUnsaid(known, events);
  for (const event of events) {
    const { at, actor } = event;
    const next = lacksAfter(lacks, event);
    if (next.length > 0 !== lacks.length > 0) moments.push({ at, actor, kind: 'lacks', lacking: next.length > 0 });
    lacks = next;
    moments.push(...saidBy(event));
    if (event.type.startsWith('promise.'))
      moments.push({ at, actor, kind: 'update_due', dueAt: now.nextUpdateDueAt, kept: event.data['state'] === 'kept' });
  }
  const last = events.at(-1);
  return { moments: last ? [...moments, ...caughtUp(last, lacks, now)] : moments, lacks: now.lacks };
}

/** A case that was split off by its problem alone was opened by nobody's message. */
function openedUnsaid({ seq }: Known, events: ReadEvent[]): Moment[] {
  const [first] = events;
  return first && seq === '0' && !events.some(({ type }) => type === 'case.opened')
    ? [{ at: first.at, actor: first.actor, kind: 'opened' }]
    : [];
}

function saidBy(event: ReadEvent): Moment[] {
  const { at, actor, interaction } = event;
  if (event.type === 'case.opened') return [{ at, actor, kind: 'opened' }];
  if (event.type === 'case.status_changed')
    return [statusOf(at, actor, String(event.data['to']), event.data['waitReason'] as WaitReason | null)];
  if (!interaction || interaction.automatic) return [];
  const answered: Moment = { at, actor: interaction.author, kind: 'answered', useful: !interaction.bare };
  const isOurs = interaction.author.kind === 'agent' && interaction.reached;
  if (event.type === 'interaction.sent') return isOurs ? [answered] : [];
  if (event.type !== 'interaction.received') return [];
  // What one of us wrote down, a visit or a call, was said and answered in one.
  const wrote: Moment[] = interaction.direction === 'inbound' ? [{ at, actor, kind: 'customer_wrote' }] : [];
  return isOurs ? [...wrote, answered] : wrote;
}

const statusOf = (at: number, actor: ClockActor, status: string, waitingFor: WaitReason | null): Moment => ({
  at,
  actor,
  kind: 'status',
  status: status === 'restored' || status === 'closed' ? status : OVER.has(status) ? 'dropped' : 'open',
  waitingFor: status === 'waiting' ? waitingFor : null,
});

function lacksAfter(lacks: string[], { type, data }: ReadEvent): string[] {
  if (type === 'impact.reported') return [...new Set([...lacks, ...(data['kinds'] as string[])])];
  if (type !== 'impact.moved') return lacks;
  const others = lacks.filter((kind) => kind !== data['kind']);
  return data['to'] === 'relieved' || data['to'] === 'restored' ? others : [...others, String(data['kind'])];
}

/** What merges and splits bring about without an event of its own: seen from how the case stands. */
function caughtUp(last: ReadEvent, lacks: string[], now: ReadCase): Moment[] {
  const { at, actor } = last;
  const isLacking = now.lacks.length > 0;
  const moments: Moment[] = isLacking === lacks.length > 0 ? [] : [{ at, actor, kind: 'lacks', lacking: isLacking }];
  if (now.status === 'merged') moments.push(statusOf(at, actor, now.status, null));
  return moments;
}
