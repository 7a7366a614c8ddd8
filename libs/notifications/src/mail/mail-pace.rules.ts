/** Several together: one mail to one person in so long. */
export const PACE_MS = 10 * 60_000;

/** Seconds until the next try, by how many there were. */
const STEPS = [5, 30, 120, 600, 1800, 3600];

/** News of a day ago is none. */
const LONGEST_MS = 24 * 3_600_000;

/** When to try a mail again, or null when it has been tried long enough. */
export function nextTry(now: Date, createdAt: Date, attempts: number): Date | null {
  if (now.getTime() - createdAt.getTime() >= LONGEST_MS) return null;
  const step = STEPS[Math.min(Math.max(attempts, 1), STEPS.length) - 1] ?? 5;
  return new Date(now.getTime() + step * 1000);
}
