import type {
  ClockLineType,
  ClockMetric,
  ClockSide,
  HandoffState,
  PauseReason,
  TargetCalendar,
  WaitReason,
} from '#contracts';
import type { Climb } from '../ladder/climb.js';

/** What clocks are made from and what they are. All times in milliseconds since the epoch. */

/** Who did what a clock looks at. */
export interface ClockActor {
  kind: 'agent' | 'customer' | 'system';
  id: string | null;
  name: string;
}

/** What happens in a case that its clocks look at, in the order it was recorded. */
export type Moment = { at: number; actor: ClockActor } & (
  | { kind: 'opened' }
  | { kind: 'customer_wrote' }
  /** By one of us. A bare redirect, which only sends away, is not useful. */
  | { kind: 'answered'; useful: boolean }
  | { kind: 'status'; status: 'open' | 'restored' | 'closed' | 'dropped'; waitingFor: WaitReason | null }
  /** It was over since then because it was part of another case, and is a case of its own again. */
  | { kind: 'revived'; since: number; waitingFor: WaitReason | null }
  /** `moved`: what was lacking went to another case, or came from one. */
  | { kind: 'lacks'; lacking: boolean; moved?: true }
  /** The nearest promise to write again; null: there is none any more, `kept`: because we wrote. */
  | { kind: 'update_due'; dueAt: number | null; kept: boolean }
  /** Nobody waits for an answer any more: what they wrote is on another case. */
  | { kind: 'unasked' }
  /** Something was said about work that a partner was given: how it stands since then. `agreed`: when it was sent. */
  | { kind: 'handed'; handoff: string; partner: string; state: HandoffState; agreed: Agreed | null }
  /** It is of another case now, and everything up to `seq` was read here; or it is of this one again. */
  | { kind: 'left'; handoff: string; seq: string }
  | { kind: 'returned'; handoff: string }
  /** All that was said of it elsewhere is read: what was late by then was told where it was. */
  | { kind: 'came'; handoff: string }
);

/** How long a partner may take, as was agreed with them. */
export interface Agreed {
  minutes: Partial<Record<ClockMetric, number>>;
  calendar: TargetCalendar;
}

/** Work a partner was given, as its clocks look at it. */
export interface Handed {
  id: string;
  partner: string;
  state: HandoffState;
  agreed: Agreed | null;
  /** How far was read when it went to another case; null: it is here. */
  left: string | null;
}

/** Minutes that count between two times, and when so many have passed; see calendar.rules.ts. */
export interface Counting {
  between(from: number, to: number): number;
  after(from: number, minutes: number): number;
}

/** How long each metric may take; what is not in it has no clock, unless something else was agreed with a partner. */
export type Targets = Partial<Record<Exclude<ClockMetric, 'next_update'>, { minutes: number; counting: Counting }>> & {
  /** All calendars there are: by which what was agreed counts. */
  calendars?: ReadonlyMap<TargetCalendar, Counting>;
};

export interface Clock {
  metric: ClockMetric;
  side: ClockSide;
  /** The how manieth of its metric and side. */
  round: number;
  startedAt: number;
  startedBy: ClockActor;
  /** Of a partner: what it is about; null: the case waits for them without a handoff. */
  handoff?: { id: string; partner: string } | null;
  /** By what the minutes count that were agreed with a partner; null: it goes by the policy of its case. */
  calendar?: TargetCalendar | null;
  /** Its target; null: it has a fixed time. */
  minutes: number | null;
  /** Minutes that counted before it ran last. */
  counted: number;
  /** Since when it runs; null: it is paused, or over. */
  runsSince: number | null;
  pausedFor: PauseReason | null;
  /** When it will be or was due; null while paused. */
  dueAt: number | null;
  breachedAt: number | null;
  /** The house has been told that it is late. */
  isTold: boolean;
  metAt: number | null;
  /** It went without being met: nobody waits for it any more. */
  endedAt: number | null;
  /** Where it is on its ladder, if somebody watches it. */
  climb?: Climb | null;
}

/** One line of a clock's ledger; `minutes` counted by then. */
export interface LedgerLine {
  metric: ClockMetric;
  side: ClockSide;
  round: number;
  type: ClockLineType;
  at: number;
  actor: ClockActor;
  reason: PauseReason | null;
  minutes: number;
}

/** All that has to be known of a case to go on. */
export interface Ledger {
  /** Those that are live, and of others those that are needed. */
  clocks: Clock[];
  /** How many of each there have been. */
  rounds: Partial<Record<ClockMetric, number>>;
  lacking: boolean;
  waitingFor: WaitReason | null;
  isOver: boolean;
  /** In the order in which they were given. */
  handoffs: Handed[];
}

export const EMPTY_LEDGER: Ledger = {
  ...{ clocks: [], rounds: {}, lacking: false, waitingFor: null, isOver: false },
  handoffs: [],
};

export const isLive = (clock: Clock): boolean => clock.metAt === null && clock.endedAt === null;

/** Of the case itself: those of its handoffs are others. */
export const runs = (ledger: Ledger, metric: ClockMetric): boolean =>
  ledger.clocks.some((clock) => clock.metric === metric && !clock.handoff && isLive(clock));

/** By what a clock counts; null: by nothing, as a promised time does. */
export const countingOf = (
  { metric, calendar }: Pick<Clock, 'metric' | 'calendar'>,
  targets: Targets,
): Counting | null =>
  (calendar ? targets.calendars?.get(calendar) : metric === 'next_update' ? null : targets[metric]?.counting) ?? null;

export const countedBy = (clock: Clock, at: number, targets: Targets): number =>
  clock.runsSince === null
    ? clock.counted
    : clock.counted + (countingOf(clock, targets)?.between(clock.runsSince, at) ?? 0);

/** It counts no more, and stands still for nobody. */
export const stopped = (clock: Clock, at: number, targets: Targets): Clock => ({
  ...clock,
  ...{ counted: countedBy(clock, at, targets), runsSince: null, pausedFor: null },
});
