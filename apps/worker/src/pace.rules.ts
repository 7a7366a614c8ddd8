/** Under this share of busy time a ring waits for nothing; from the other on it takes a tenth of the time at most. */
const RELAXED = 0.5;
const CROWDED = 0.9;
const LONGEST_MS = 1000;

/**
 * How long no ring goes out after one that took `costMs`. `busy`: the share of the time this process had something to do
 * since the ring before, 0 to 1. Who watches then hears of more at once, and the work they watch goes on.
 */
export function pauseAfter(costMs: number, busy: number): number {
  const crowd = Math.min(1, Math.max(0, (busy - RELAXED) / (CROWDED - RELAXED)));
  return Math.min(LONGEST_MS, costMs * 9 * crowd);
}
