/** Milliseconds since the epoch. Tests hand in their own. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** ISO 8601 in UTC. */
export const isoTime = (at: number): string => new Date(at).toISOString();
