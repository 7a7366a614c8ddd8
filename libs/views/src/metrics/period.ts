import type { EntityManager } from 'typeorm';
import { daysOf, type AnalysisPeriod } from '#contracts';

/** Days of a period as they stand on the calendar of the workspace, and when they begin there. */
export interface Span {
  period: AnalysisPeriod;
  timeZone: string;
  now: Date;
  /** The first moment of `period.before.from`, of `period.from`, and of the day after `period.to`. */
  before: Date;
  from: Date;
  until: Date;
}

const DAY_MS = 86_400_000;
/** Without a beginning a period is a week. */
const USUAL_DAYS = 7;

const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const formats = new Map<string, Intl.DateTimeFormat>();
/** The day at that moment in this zone, 2026-11-16. */
export function dayAt(timeZone: string, at: Date): string {
  // The locale only decides the form: ISO 8601.
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
  formats.set(timeZone, format);
  return format.format(at);
}

/** Midnights come from the database, which also says on which day a row is: a day of 23 or 25 hours is one to both. */
export async function spanOf(
  tx: EntityManager,
  asked: { from?: string | undefined; to?: string | undefined },
  timeZone: string,
  now: Date,
): Promise<Span> {
  const to = asked.to ?? daysLater(asked.from ?? dayAt(timeZone, now), asked.from ? USUAL_DAYS - 1 : 0);
  const from = asked.from ?? daysLater(to, 1 - USUAL_DAYS);
  const before = { from: daysLater(from, -daysOf(from, to)), to: daysLater(from, -1) };
  const rows: { before: Date; from: Date; until: Date }[] = await tx.query(
    `select ($1::date)::timestamp at time zone $4 as before, ($2::date)::timestamp at time zone $4 as "from", ($3::date + 1)::timestamp at time zone $4 as until`,
    [before.from, from, to, timeZone],
  );
  const [edges] = rows;
  if (!edges) throw new Error('no midnights');
  return { period: { from, to, before }, timeZone, now, ...edges };
}
