import { WEEKDAYS, type OpeningSpan } from '#contracts';
import { dueAt, isOpenAt, minutesBetween, nextOpening, type Timetable } from './calendar.rules.js';

const MINUTE = 60_000;

/**
 * What the rules of calendars are measured against, made another way: every minute is shown to the clock on the wall by Intl
 * and looked up in the spans. Slow, plain, and it knows nothing of offsets.
 */

/** A stretch of minutes with what the clock on the wall showed at each. */
interface Wall {
  timeZone: string;
  /** Of the first minute, in milliseconds. */
  from: number;
  minutes: number;
  /** `YYYY-MM-DD` of each. */
  dates: string[];
  /** `HH:mm` of each. */
  times: string[];
}

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

function wallOf(timeZone: string, from: number, days: number): Wall {
  const clock = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
  const wall: Wall = { timeZone, from, minutes: days * 1440, dates: [], times: [] };
  let latest = '';
  for (let minute = 0; minute < wall.minutes; minute += 1) {
    // 31/03/2024, 01:59
    const shown = clock.format(from + minute * MINUTE);
    const date = `${shown.slice(6, 10)}-${shown.slice(3, 5)}-${shown.slice(0, 2)}`;
    if (date !== latest) latest = date;
    wall.dates.push(latest);
    wall.times.push(`${twoDigits[Number(shown.slice(12, 14))]}:${twoDigits[Number(shown.slice(15, 17))]}`);
  }
  return wall;
}

const dayBefore = (date: string): string => {
  const noon = new Date(`${date}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - 1);
  return noon.toISOString().slice(0, 10);
};

/** Whether each minute of the wall lies in a span. */
function openMinutes(timetable: Timetable, wall: Wall): boolean[] {
  const asked = new Map<string, { own: OpeningSpan[]; before: OpeningSpan[] }>();
  const spansOf = (date: string) => {
    const kept = asked.get(date);
    if (kept) return kept;
    const version = timetable.findLast(({ validFrom }, at) => at === 0 || (validFrom ?? '') <= date);
    const on = (day: string) =>
      version?.exceptions.find((each) => each.date === day)?.spans ??
      version?.weekly[WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? 'sun'] ??
      [];
    const found = { own: on(date), before: on(dayBefore(date)) };
    asked.set(date, found);
    return found;
  };
  return wall.times.map((time, minute) => {
    const { own, before } = spansOf(wall.dates[minute] ?? '');
    return (
      own.some(({ from, to }) => from <= time && (time < to || to <= from)) ||
      before.some(({ from, to }) => to <= from && time < to)
    );
  });
}

/** Open minutes in `[from, to)`, numbers of minutes of the wall. */
function countOpen(open: readonly boolean[], from: number, to: number): number {
  let counted = 0;
  for (let minute = from; minute < to; minute += 1) if (open[minute]) counted += 1;
  return counted;
}

/** The minute after the last of `wanted` open ones; null: the wall ends before. */
function minuteDue(open: readonly boolean[], from: number, wanted: number): number | null {
  let left = wanted;
  for (let minute = from; minute < open.length; minute += 1) {
    if (left === 0) return minute;
    if (open[minute]) left -= 1;
  }
  return left === 0 ? open.length : null;
}

/** How many random cases there are, and how many of them share a calendar. */
const CASES = 120_000;
const PER_CALENDAR = 60;

/** Where and when: three weeks around clocks put forward and back, by an hour and by half of one, leap days, and a date that never was. */
const WALLS: [timeZone: string, ...starts: string[]][] = [
  ['Europe/Madrid', '2024-02-18', '2024-03-20', '2026-10-15', '2027-12-20'],
  ['Atlantic/Canary', '2028-02-20', '2028-03-17', '2025-10-16'],
  ['America/Mexico_City', '2022-03-25', '2022-10-20', '2028-02-20', '2026-03-25'],
  ['Asia/Kolkata', '2024-02-18', '2026-10-15'],
  ['Australia/Lord_Howe', '2026-03-26', '2026-09-24', '2028-02-20'],
  ['America/Santiago', '2026-03-26', '2026-08-27'],
  ['Pacific/Apia', '2011-12-20'],
];
const DAYS = 21;

/** The same numbers in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
const roll = dice(20_260_329);

const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Office hours, mornings and afternoons, nights, whole days, and whatever. */
function randomSpan(): OpeningSpan {
  const kind = roll(6);
  if (kind === 0) return { from: '00:00', to: '24:00' };
  if (kind === 1) return { from: timeOf(1200 + roll(240)), to: timeOf(1 + roll(480)) };
  if (kind === 2) return { from: timeOf(roll(240)), to: timeOf(1 + roll(240)) };
  const from = roll(1439);
  return { from: timeOf(from), to: timeOf(from + 1 + roll(1440 - from)) };
}
const randomSpans = (most: number) =>
  Array.from({ length: roll(most + 1) }, randomSpan).filter(({ from, to }) => from !== to);

function randomHours(wall: Wall): Timetable[number] {
  const isClosed = roll(30) === 0;
  const weekly = Object.fromEntries(WEEKDAYS.map((day) => [day, isClosed ? [] : randomSpans(3)]));
  const dates = [...new Set(Array.from({ length: roll(5) }, () => wall.dates[roll(wall.minutes)] ?? ''))];
  const exceptions = isClosed ? [] : dates.map((date) => ({ date, spans: randomSpans(2) }));
  return { timeZone: wall.timeZone, weekly, exceptions };
}

function randomTimetable(wall: Wall): Timetable {
  if (roll(4) > 0) return [randomHours(wall)];
  return [randomHours(wall), { ...randomHours(wall), validFrom: wall.dates[roll(wall.minutes)] ?? '' }];
}

/** What the rules and the counter say of one start, and why they differ. */
function compare(timetable: Timetable, wall: Wall, open: readonly boolean[]): string[] {
  const [a, b] = [roll(wall.minutes), roll(wall.minutes)];
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  const at = (minute: number) => wall.from + minute * MINUTE;
  const counted = countOpen(open, from, to);
  const wanted = roll(counted + 1);
  const dueMinute = minuteDue(open, from, wanted);
  const told = {
    counted: minutesBetween(timetable, at(from), at(to)),
    due: dueAt(timetable, at(from), wanted),
    open: isOpenAt(timetable, at(from)),
    next: nextOpening(timetable, at(from)),
  };
  const nextMinute = open.indexOf(true, from);
  const wrong: string[] = [];
  if (told.counted !== counted) wrong.push(`counted ${told.counted}, not ${counted}`);
  if (told.due !== (dueMinute === null ? null : at(dueMinute))) wrong.push(`${wanted} are due at ${told.due}`);
  if (told.open !== open[from]) wrong.push('open or not');
  if (nextMinute === -1 ? told.next !== null && told.next < at(wall.minutes) : told.next !== at(nextMinute))
    wrong.push(`opens at ${told.next}`);
  return wrong.map(
    (what) => `${wall.timeZone} ${new Date(at(from)).toISOString()} ${what} ${JSON.stringify(timetable)}`,
  );
}

it(`equals a counter of minutes in ${CASES} random cases`, () => {
  const walls = WALLS.flatMap(([timeZone, ...starts]) =>
    starts.map((start) => wallOf(timeZone, Date.parse(`${start}T00:00:00Z`), DAYS)),
  );
  const wrong: string[] = [];
  let compared = 0;
  let closed = 0;
  while (compared < CASES && wrong.length < 5) {
    const wall = walls[(compared / PER_CALENDAR) % walls.length];
    if (!wall) throw new Error('there is a wall for each turn');
    const timetable = randomTimetable(wall);
    const open = openMinutes(timetable, wall);
    if (timetable.every(({ weekly }) => Object.values(weekly).every((spans) => spans.length === 0))) closed += 1;
    for (let turn = 0; turn < PER_CALENDAR; turn += 1, compared += 1) wrong.push(...compare(timetable, wall, open));
  }
  expect(wrong).toEqual([]);
  expect({ compared, someWereClosed: closed > 20 }).toEqual({ compared: CASES, someWereClosed: true });
}, 120_000);
