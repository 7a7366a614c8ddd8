/** How a share of clocks that were met is read. */

/** A little below the target asks for a look, far below for more than that. */
const FAR_BELOW = 0.07;

export const lookOf = (share: number, target: number): 'due' | 'breached' | undefined => {
  if (share >= target) return undefined;
  return share > target - FAR_BELOW ? 'due' : 'breached';
};

const DAYS = 7;
const DAY_MS = 86_400_000;

/** @returns the seven dates that end with this one, the oldest first */
export const lastDays = (to: string): string[] =>
  Array.from({ length: DAYS }, (_, at) =>
    new Date(Date.parse(to) - (DAYS - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  );
