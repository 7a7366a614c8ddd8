/** Seconds until the next try, by how many there were: quick at first, hours at the end. */
const STEPS = [5, 30, 120, 600, 1800, 3600, 7200, 14_400];

/** After a day of trying a message has failed (RFC 5321 §4.5.4.1 gives up after days; customers do not wait that long). */
const LONGEST_MS = 24 * 3_600_000;

/** When to try again, or null when it has been tried long enough. */
export function nextTry(now: Date, firstDueAt: Date, attempts: number, notBefore?: Date): Date | null {
  if (now.getTime() - firstDueAt.getTime() >= LONGEST_MS) return null;
  const step = STEPS[Math.min(attempts, STEPS.length) - 1] ?? 5;
  return new Date(Math.max(now.getTime() + step * 1000, notBefore?.getTime() ?? 0));
}
