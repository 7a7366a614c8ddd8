import { WEEKDAYS, type OpeningHours, type OpeningSpan } from '#contracts';

/**
 * How long it is open by the wall clock, whatever the zone does. A local time is milliseconds since 1970 as the clock on the
 * wall shows them; how much is open before a local time is known by arithmetic alone, never by walking through the days.
 */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** `[from, to)` in milliseconds after midnight. */
type Stretch = readonly [from: number, to: number];
type Day = readonly Stretch[];

export interface Hours {
  /** How long it is open before a local time, counted from the first week of all. */
  openBefore(local: number): number;
  /** The first local time by which it has been open for so long since `openBefore` was 0; `latest` bounds the search. */
  openBy(target: number, earliest: number, latest: number): number;
  /** Whether it is open at a local time, and until when that stays so on this date. */
  stretchAt(local: number): { isOpen: boolean; until: number };
}

const msOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE_MS;
/** Days since 1970 of a `YYYY-MM-DD`. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
export const dateOf = (local: number): string => new Date(local).toISOString().slice(0, 10);
/** 1970 began on a Thursday; Sunday is 0. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** A span that ends no later than it begins ends on the day after. */
const stretchOf = ({ from, to }: OpeningSpan): Stretch => {
  const [begin, end] = [msOf(from), msOf(to)];
  return [begin, end > begin ? end : end + DAY_MS];
};

/** What of the spans that began on a day and the day before lies on it; where two overlap it is open once. */
function dayFrom(own: readonly OpeningSpan[], before: readonly OpeningSpan[]): Day {
  const begun = own.map(stretchOf);
  const left = before.map(stretchOf).map(([from, to]): Stretch => [from - DAY_MS, to - DAY_MS]);
  const cut = [...left, ...begun]
    .map(([from, to]): Stretch => [Math.max(0, from), Math.min(DAY_MS, to)])
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);
  const day: [number, number][] = [];
  for (const [from, to] of cut) {
    const last = day.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else day.push([from, to]);
  }
  return day;
}

const lengthOf = (day: Day): number => day.reduce((sum, [from, to]) => sum + to - from, 0);
const openWithin = (day: Day, time: number): number =>
  day.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, time) - from), 0);

/** How many of `sorted` are less than `value`. */
function countBelow(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The running sum of `values`, from 0. */
const sums = (values: readonly number[]): number[] => {
  const total = [0];
  for (const value of values) total.push((total.at(-1) ?? 0) + value);
  return total;
};

class WeekAndExceptions implements Hours {
  private readonly week: Day[];
  private readonly weekSums: number[];
  private readonly special = new Map<number, Day>();
  private readonly specialDays: number[];
  private readonly specialSums: number[];

  constructor({ weekly, exceptions }: OpeningHours) {
    const spans = WEEKDAYS.map((weekday) => weekly[weekday] ?? []);
    this.week = spans.map((own, weekday) => dayFrom(own, spans[(weekday + 6) % 7] ?? []));
    this.weekSums = sums(this.week.map(lengthOf));
    const replaced = new Map(exceptions.map((each) => [dayOf(each.date), each.spans]));
    const spansOf = (day: number) => replaced.get(day) ?? spans[weekdayOf(day)] ?? [];
    // What began on the day before an exception still ends on it, and what began on it ends on the day after.
    for (const day of [...replaced.keys()].flatMap((each) => [each, each + 1]))
      this.special.set(day, dayFrom(spansOf(day), spansOf(day - 1)));
    this.specialDays = [...this.special.keys()].sort((a, b) => a - b);
    this.specialSums = sums(this.specialDays.map((day) => lengthOf(this.day(day)) - lengthOf(this.usual(day))));
  }

  openBefore(local: number): number {
    const day = Math.floor(local / DAY_MS);
    return this.beforeDay(day) + openWithin(this.day(day), local - day * DAY_MS);
  }

  openBy(target: number, earliest: number, latest: number): number {
    let [low, high] = [Math.floor(earliest / DAY_MS), Math.floor(latest / DAY_MS)];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.beforeDay(middle + 1) >= target) high = middle;
      else low = middle + 1;
    }
    let left = target - this.beforeDay(low);
    for (const [from, to] of this.day(low)) {
      if (left <= to - from) return low * DAY_MS + from + left;
      left -= to - from;
    }
    return latest;
  }

  stretchAt(local: number): { isOpen: boolean; until: number } {
    const day = Math.floor(local / DAY_MS);
    const time = local - day * DAY_MS;
    const next = this.day(day).find(([, to]) => time < to);
    if (!next) return { isOpen: false, until: (day + 1) * DAY_MS };
    const isOpen = next[0] <= time;
    return { isOpen, until: day * DAY_MS + next[isOpen ? 1 : 0] };
  }

  private usual(day: number): Day {
    return this.week[weekdayOf(day)] ?? [];
  }

  private day(day: number): Day {
    return this.special.get(day) ?? this.usual(day);
  }

  private beforeDay(day: number): number {
    const weeks = Math.floor((day + 4) / 7);
    const usual = weeks * (this.weekSums[7] ?? 0) + (this.weekSums[weekdayOf(day)] ?? 0);
    return usual + (this.specialSums[countBelow(this.specialDays, day)] ?? 0);
  }
}

/** @throws nothing: times are taken to be `HH:mm`, dates `YYYY-MM-DD`, as the schemas of contracts demand */
export const hoursOf = (opening: OpeningHours): Hours => new WeekAndExceptions(opening);
