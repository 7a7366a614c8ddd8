import { Temporal } from 'temporal-polyfill';
import type { LoanFault, LoanRung, LoanState } from '#contracts';

/** When a loaner is due, whose turn it is when it is late, and what is done about that. */

const zoned = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);

/** The same time of day so many days later, by the clock on the wall of a store. */
export const daysLater = (at: Date, days: number, timeZone: string): Date =>
  new Date(zoned(at, timeZone).add({ days }).epochMilliseconds);

/** 2026-03-16: the date it is then, where the store is. */
export const localDate = (at: Date, timeZone: string): string => zoned(at, timeZone).toPlainDate().toString();

export interface DueTerms {
  /** After the repair is back. */
  graceDays: number;
  /** Where there is no repair. */
  plainDays: number;
  timeZone: string;
}

export interface DueFacts {
  startedAt: Date;
  repairId: string | null;
  /** What was promised of the repair last. */
  promisedAt: Date | null;
  repairBackAt: Date | null;
  /** What somebody agreed with the customer. */
  extendedTo: Date | null;
}

/**
 * Due some days after the repair is back; until then, after it is promised to be. Without a repair, or while nothing is promised
 * of it, so many days after it was lent. Never before what was agreed with the customer.
 */
export function dueOf(facts: DueFacts, { graceDays, plainDays, timeZone }: DueTerms): Date {
  const follows = facts.repairId === null ? null : (facts.repairBackAt ?? facts.promisedAt);
  const due = follows ? daysLater(follows, graceDays, timeZone) : daysLater(facts.startedAt, plainDays, timeZone);
  return facts.extendedTo && facts.extendedTo > due ? facts.extendedTo : due;
}

/** What its due time follows. */
export const followsOf = ({
  repairId,
  promisedAt,
  repairBackAt,
}: Pick<DueFacts, 'repairId' | 'promisedAt' | 'repairBackAt'>) =>
  repairId !== null && (promisedAt ?? repairBackAt) !== null ? ('repair' as const) : ('days' as const);

interface Late {
  state: LoanState;
  dueAt: Date | null;
  repairId: string | null;
  repairBackAt: Date | null;
}

/** Whether their own phone is still away: they have nothing to give ours back for. */
const isAway = ({ repairId, repairBackAt }: Pick<Late, 'repairId' | 'repairBackAt'>): boolean =>
  repairId !== null && repairBackAt === null;

/** Whose turn it is. Null: it is not late. */
export function faultOf(loan: Late, now: Date): LoanFault | null {
  if (loan.state !== 'active' || loan.dueAt === null || now <= loan.dueAt) return null;
  return isAway(loan) ? 'ours' : 'customer';
}

/** Hours after it was due at which each step is taken. */
export type LadderHours = Record<LoanRung, number>;
const RUNGS: readonly LoanRung[] = ['reminder', 'call', 'supervisor'];
const HOUR_MS = 3_600_000;

/**
 * The step that is taken next, and when. One after the other, with the time between them kept: whoever was never reminded, because
 * nobody looked, is reminded first.
 * @param taken those taken of this due time, and the last of them when
 * @returns null: none is left, or the customer has nothing to do
 */
export function nextRung(
  loan: Late,
  hours: LadderHours,
  taken: { rungs: readonly LoanRung[]; lastAt: Date | null },
): { rung: LoanRung; at: Date } | null {
  if (loan.state !== 'active' || loan.dueAt === null || isAway(loan)) return null;
  const rung = RUNGS.find((each) => !taken.rungs.includes(each));
  if (!rung) return null;
  const after = loan.dueAt.getTime() + hours[rung] * HOUR_MS;
  const before = RUNGS[RUNGS.indexOf(rung) - 1];
  const spaced = before && taken.lastAt ? taken.lastAt.getTime() + (hours[rung] - hours[before]) * HOUR_MS : after;
  return { rung, at: new Date(Math.max(after, spaced)) };
}

/**
 * When somebody for whom a phone is kept is told, and when it is given up: never without the time between having passed since.
 * @param warnedAt null: they have not been told
 */
export function keepLook(
  keepUntil: Date,
  warnMinutes: number,
  warnedAt: Date | null,
): { do: 'warn' | 'release'; at: Date } {
  const before = warnMinutes * 60_000;
  if (!warnedAt) return { do: 'warn', at: new Date(keepUntil.getTime() - before) };
  return { do: 'release', at: new Date(Math.max(keepUntil.getTime(), warnedAt.getTime() + before)) };
}
