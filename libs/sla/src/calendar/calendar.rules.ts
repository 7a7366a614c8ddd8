import type { OpeningHours } from '#contracts';
import { hoursOf, MINUTE_MS, type Hours } from './hours.rules.js';
import { dateBegins, HORIZON, zonePeriodAt } from './zone.rules.js';

/**
 * Minutes that count. A minute counts when the clock on the wall shows a minute that lies in a span: the hour that autumn
 * repeats counts twice, the hour that spring skips not at all. An exception replaces the spans that begin on its date; a span
 * over midnight belongs to the date it begins on. All instants are milliseconds since 1970 UTC.
 */

/** One version of a calendar: when it is open by the clocks of a zone. */
export interface CalendarHours extends OpeningHours {
  exceptions: { date: string; spans: OpeningHours['exceptions'][number]['spans']; name?: string | null }[];
  /** IANA. */
  timeZone: string;
  /** The date there from which on it holds, `YYYY-MM-DD`; the first version holds before its date too. */
  validFrom?: string | null;
}

/** The versions of a calendar, oldest first. At any instant the last one whose date has begun decides. */
export type Timetable = readonly CalendarHours[];

/** A stretch of time in which one version and one offset hold. */
interface Piece {
  to: number;
  offset: number;
  hours: Hours;
}

interface Version {
  from: number;
  timeZone: string;
  hours: Hours;
}

const compiled = new WeakMap<Timetable, Version[]>();

/** A timetable is worked out once; whoever changes one makes another. */
function versionsOf(timetable: Timetable): Version[] {
  const before = compiled.get(timetable);
  if (before) return before;
  const versions = timetable.map(({ timeZone, validFrom, ...opening }, index) => ({
    from: index === 0 || !validFrom ? -Infinity : dateBegins(timeZone, validFrom),
    timeZone,
    hours: hoursOf(opening),
  }));
  compiled.set(timetable, versions);
  return versions;
}

function pieceAt(timetable: Timetable, instant: number): Piece {
  const versions = versionsOf(timetable);
  const at = versions.findLastIndex(({ from }) => from <= instant);
  const version = versions[at];
  if (!version) throw new Error('a calendar has at least one version');
  const { to, offset } = zonePeriodAt(version.timeZone, instant);
  return { to: Math.min(to, versions[at + 1]?.from ?? HORIZON), offset, hours: version.hours };
}

/** How long it is open in `[from, to)`, in milliseconds; 0 when they are the wrong way round. */
export function openBetween(timetable: Timetable, from: number, to: number): number {
  const end = Math.min(to, HORIZON);
  let open = 0;
  for (let at = from; at < end;) {
    const piece = pieceAt(timetable, at);
    const until = Math.min(piece.to, end);
    open += piece.hours.openBefore(until + piece.offset) - piece.hours.openBefore(at + piece.offset);
    at = until;
  }
  return open;
}

/** When it has been open for so long since `from`; null: not before the year 2200, mostly because it never opens. */
export function openFor(timetable: Timetable, from: number, duration: number): number | null {
  if (duration <= 0) return from;
  let left = duration;
  for (let at = from; at < HORIZON;) {
    const { to, offset, hours } = pieceAt(timetable, at);
    const before = hours.openBefore(at + offset);
    const open = hours.openBefore(to + offset) - before;
    if (open >= left) return hours.openBy(before + left, at + offset, to + offset) - offset;
    left -= open;
    at = to;
  }
  return null;
}

/**
 * The minutes that count between two instants; part of a minute is part of a minute.
 * @returns 0 when they are the wrong way round
 */
export const minutesBetween = (timetable: Timetable, from: number, to: number): number =>
  openBetween(timetable, from, to) / MINUTE_MS;

/**
 * The first instant by which `minutes` have counted since `from`: the end of the last of them, also when it closes just then.
 * None: `from` itself, open or not.
 * @returns null when so many do not come before the year 2200, mostly because it never opens
 */
export const dueAt = (timetable: Timetable, from: number, minutes: number): number | null =>
  openFor(timetable, from, Math.round(minutes * MINUTE_MS));

export const isOpenAt = (timetable: Timetable, instant: number): boolean =>
  openBetween(timetable, instant, instant + 1) > 0;

/** The first instant from `from` on at which it is open, `from` itself perhaps; null: it never opens any more. */
export function nextOpening(timetable: Timetable, from: number): number | null {
  const first = openFor(timetable, from, 1);
  return first === null ? null : first - 1;
}

/** Whether it ever opens after `from`. */
export const everOpens = (timetable: Timetable, from: number): boolean => openFor(timetable, from, 1) !== null;

export interface StretchOfTime {
  isOpen: boolean;
  /** Until when it stays so at least: the next change, or midnight, or when the clocks are put forward or back. */
  until: number;
  /** By which the wall clock differs from UTC. */
  offset: number;
}

/** What holds at an instant, and how long without a look at the next date. */
export function stretchAt(timetable: Timetable, instant: number): StretchOfTime {
  const { to, offset, hours } = pieceAt(timetable, instant);
  const { isOpen, until } = hours.stretchAt(instant + offset);
  return { isOpen, until: Math.min(until - offset, to), offset };
}
