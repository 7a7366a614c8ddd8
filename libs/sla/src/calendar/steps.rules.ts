import type { CalendarPreview, CalendarStep } from '#contracts';
import { dueAt, stretchAt, type Timetable } from './calendar.rules.js';
import { dateOf, MINUTE_MS } from './hours.rules.js';

/** More are not read by anybody; what comes after them is told in one. */
const MOST_STEPS = 400;

/** A step while it is made. */
interface Stretch {
  kind: 'counted' | 'closed' | 'more';
  from: number;
  to: number;
  offset: number;
}

const utc = (instant: number): string => new Date(instant).toISOString();
const wall = (local: number): string => new Date(local).toISOString().slice(0, 16);

/** From `from` to `due`, one for each time it is open, and one for each time it is not. */
function stretchesBetween(timetable: Timetable, from: number, due: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = from; at < due;) {
    const { isOpen, until, offset } = stretchAt(timetable, at);
    const to = Math.min(until, due);
    const last = stretches.at(-1);
    if (!isOpen && last?.kind === 'closed' && last.offset === offset) last.to = to;
    else if (stretches.length === MOST_STEPS) return [...stretches, { kind: 'more', from: at, to: due, offset }];
    else stretches.push({ kind: isOpen ? 'counted' : 'closed', from: at, to, offset });
    at = to;
  }
  return stretches;
}

/**
 * When `minutes` have counted since `from`, and how they came together.
 * @param from milliseconds since 1970
 * @returns null when so many never come; see dueAt
 */
export function explain(timetable: Timetable, from: number, minutes: number): CalendarPreview | null {
  const due = dueAt(timetable, from, minutes);
  if (due === null) return null;
  const named = new Map(
    timetable.flatMap(({ exceptions }) => exceptions.map(({ date, name }) => [date, name ?? null])),
  );
  const exceptionsIn = (first: string, last: string) =>
    [...named].filter(([date]) => first <= date && date <= last).map(([date, name]) => ({ date, name }));
  const steps: CalendarStep[] = [];
  let total = 0;
  let before: number | undefined;
  for (const { kind, from: begin, to: end, offset } of stretchesBetween(timetable, from, due)) {
    if (before !== undefined && before !== offset) steps.push(clockChange(begin, before, offset, total));
    before = offset;
    const counted = kind === 'counted' ? (end - begin) / MINUTE_MS : kind === 'more' ? minutes - total : 0;
    total += counted;
    steps.push({
      ...{ kind, from: utc(begin), to: utc(end), localFrom: wall(begin + offset), localTo: wall(end + offset) },
      ...{ minutes: counted, total, exceptions: exceptionsIn(dateOf(begin + offset), dateOf(end + offset - 1)) },
    });
  }
  return { dueAt: utc(due), steps };
}

const clockChange = (at: number, before: number, offset: number, total: number): CalendarStep => ({
  ...{ kind: 'clock_change', from: utc(at), to: utc(at), localFrom: wall(at + before), localTo: wall(at + offset) },
  ...{ minutes: (offset - before) / MINUTE_MS, total, exceptions: [] },
});
