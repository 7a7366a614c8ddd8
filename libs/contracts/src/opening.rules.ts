/** When a store is open: several spans a day, and dates that differ. Times are wall-clock minutes of its own zone. */

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** `[from, to)`, as `HH:mm`. */
export interface OpeningSpan {
  from: string;
  to: string;
}

/** An exception replaces the spans of its date; none: closed all day. */
export interface OpeningHours {
  weekly: Partial<Record<Weekday, OpeningSpan[]>>;
  exceptions: { date: string; spans: OpeningSpan[] }[];
}

export interface Opening {
  /** The date at the store, `YYYY-MM-DD`. */
  date: string;
  /** All spans of today, those that are over too. */
  today: OpeningSpan[];
  /** Whether somebody who stands at the door now gets in. */
  open: boolean;
  /** Until when, while it is open. */
  until: string | null;
  /** The next time it opens, while it is closed; null: not within two weeks. */
  next: { date: string; weekday: Weekday; from: string } | null;
}

const LOOK_AHEAD_DAYS = 14;
const DAY_MS = 86_400_000;

/** The wall clock of a zone. */
function wallClock(now: Date, timeZone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return { date: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

/** Dates have weekdays whatever the zone. */
const weekdayOf = (date: string): Weekday => WEEKDAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'sun';
const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The spans of one date, in order. */
export function spansOn(hours: OpeningHours, date: string): OpeningSpan[] {
  const exception = hours.exceptions.find((each) => each.date === date);
  const spans = exception ? exception.spans : (hours.weekly[weekdayOf(date)] ?? []);
  return [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** @param timeZone IANA name of where the store is */
export function openingOf(hours: OpeningHours, timeZone: string, now: Date): Opening {
  const { date, time } = wallClock(now, timeZone);
  const today = spansOn(hours, date);
  const current = today.find(({ from, to }) => from <= time && time < to);
  if (current) return { date, today, open: true, until: current.to, next: null };
  for (let ahead = 0; ahead <= LOOK_AHEAD_DAYS; ahead++) {
    const day = dayAfter(date, ahead);
    const span = spansOn(hours, day).find(({ from }) => ahead > 0 || from > time);
    if (span)
      return { date, today, open: false, until: null, next: { date: day, weekday: weekdayOf(day), from: span.from } };
  }
  return { date, today, open: false, until: null, next: null };
}
