import type { ClockLineType, ClockMetric, ClockSide, WaitReason } from '#contracts';
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
  /** A partner was given the work, said that they have it, gave it back; or it came to nothing. `minutes`: as was agreed with them. */
  | {
      kind: 'handed';
      step: 'sent' | 'acknowledged' | 'returned' | 'dropped';
      minutes?: Partial<Record<ClockMetric, number>>;
    }
);

/** Minutes that count between two times, and when so many have passed; see calendar.rules.ts. */
export interface Counting {
  between(from: number, to: number): number;
  after(from: number, minutes: number): number;
}

/** How long each metric may take; what is not in it has no clock. */
export type Targets = Partial<Record<Exclude<ClockMetric, 'next_update'>, { minutes: number; counting: Counting }>>;

export interface Clock {
  metric: ClockMetric;
  side: ClockSide;
  /** The how manieth of its metric and side. */
  round: number;
  startedAt: number;
  startedBy: ClockActor;
  /** Its target; null: it has a fixed time. */
  minutes: number | null;
  /** Minutes that counted before it ran last. */
  counted: number;
  /** Since when it runs; null: it is paused, or over. */
  runsSince: number | null;
  pausedFor: WaitReason | null;
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
  reason: WaitReason | null;
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
}

export const EMPTY_LEDGER: Ledger = { clocks: [], rounds: {}, lacking: false, waitingFor: null, isOver: false };

export const isLive = (clock: Clock): boolean => clock.metAt === null && clock.endedAt === null;

export const runs = (ledger: Ledger, metric: ClockMetric): boolean =>
  ledger.clocks.some((clock) => clock.metric === metric && isLive(clock));
