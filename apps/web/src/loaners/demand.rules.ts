import type { UnmetDemand } from '#contracts';

const WEEK_MS = 7 * 86_400_000;

/** What was wanted in each week of a period, also where that was nothing: oldest first, the last one the week of `to`. */
export function weekly(weeks: UnmetDemand['weeks'], to: string, count: number): UnmetDemand['weeks'] {
  const end = new Date(to);
  const monday = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate() - ((end.getUTCDay() + 6) % 7));
  return Array.from({ length: count }, (_, at) => {
    const week = new Date(monday - (count - 1 - at) * WEEK_MS).toISOString().slice(0, 10);
    return { week, count: weeks.find((each) => each.week === week)?.count ?? 0 };
  });
}
