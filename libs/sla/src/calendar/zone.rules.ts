import { Temporal } from 'temporal-polyfill';

/** A time during which the clocks of a zone differ from UTC by the same; instants in milliseconds since 1970. */
export interface ZonePeriod {
  from: number;
  /** When they are put forward or back; `HORIZON`: not any more. */
  to: number;
  /** What is added to UTC, in milliseconds. */
  offset: number;
}

/** Beyond it nothing is reckoned: nobody knows what the clocks will be by then. */
export const HORIZON = Date.UTC(2200, 0, 1);

/** There are some six hundred zones; whoever spells one in ever new ways fills no memory. */
const MOST_KNOWN = 1_000;
const known = new Map<string, ZonePeriod[]>();

/** The changes of a zone are looked up once and kept; they grow as far as they are asked for. */
function periodFrom(timeZone: string, from: number): ZonePeriod {
  const at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  const next = at.getTimeZoneTransition('next')?.epochMilliseconds ?? HORIZON;
  return { from, to: Math.min(next, HORIZON), offset: at.offsetNanoseconds / 1e6 };
}

/**
 * The period an instant lies in. What was before 1970 counts as its first.
 * @param timeZone an IANA name that exists
 */
export function zonePeriodAt(timeZone: string, instant: number): ZonePeriod {
  if (known.size > MOST_KNOWN) known.clear();
  const periods = known.get(timeZone) ?? [periodFrom(timeZone, 0)];
  known.set(timeZone, periods);
  for (let last = periods.at(-1); last && last.to <= instant && last.to < HORIZON; last = periods.at(-1))
    periods.push(periodFrom(timeZone, last.to));
  let [low, high] = [0, periods.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((periods[middle]?.from ?? Infinity) <= instant) low = middle;
    else high = middle - 1;
  }
  const found = periods[low];
  if (!found) throw new Error(`no period of ${timeZone} at ${instant}`);
  return found;
}

/** The first instant of a date somewhere. @param date `YYYY-MM-DD` */
export const dateBegins = (timeZone: string, date: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
