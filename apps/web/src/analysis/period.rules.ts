/** What of the figures is looked at: how many days up to today, or from one date to another; and of what. */

export const USUAL_SPANS = [7, 14, 30] as const;
const DAY_MS = 86_400_000;

export interface AnalysisSearch {
  /** Up to today. */
  days?: number;
  from?: string;
  to?: string;
  channel?: string;
  queue?: string;
}

const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) && !Number.isNaN(Date.parse(value));

/** Reads an address; what makes no sense is left out. */
export function readSearch(search: Record<string, unknown>): AnalysisSearch {
  const { days, from, to, channel, queue } = search;
  const dates = isDate(from) && isDate(to) && from <= to ? { from, to } : {};
  return {
    ...(USUAL_SPANS.some((span) => span === days) && !('from' in dates) ? { days: days as number } : {}),
    ...dates,
    ...(typeof channel === 'string' ? { channel } : {}),
    ...(typeof queue === 'string' ? { queue } : {}),
  };
}

export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** First and last day of what is looked at. */
export const periodOf = ({ from, to, days = USUAL_SPANS[0] }: AnalysisSearch, today: string) =>
  from && to ? { from, to } : { from: daysLater(today, 1 - days), to: today };

/** Every day of a period. */
export const everyDay = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = daysLater(day, 1)) days.push(day);
  return days;
};
