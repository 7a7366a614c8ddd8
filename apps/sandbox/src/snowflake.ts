import type { Clock } from './clock.js';

const X_EPOCH = 1_288_834_974_657n;
const SEQUENCE_BITS = 22n;
const SEQUENCES = 1n << SEQUENCE_BITS;

/**
 * Ids as X gives them: milliseconds since its own epoch, then a sequence, in 64 bits and therefore above 2^53.
 * Each is larger than the one before even when the clock stands still or goes back.
 */
export class Snowflakes {
  private last = 0n;

  constructor(private readonly now: Clock) {}

  /** The next id, in decimal digits. */
  next(): string {
    const first = (BigInt(this.now()) - X_EPOCH) * SEQUENCES;
    this.last = first > this.last ? first : this.last + 1n;
    return this.last.toString();
  }
}

/** X's name of a conversation between two people: the smaller id, a dash, the larger id. */
export function conversationIdOf(one: string, other: string): string {
  return BigInt(one) < BigInt(other) ? `${one}-${other}` : `${other}-${one}`;
}

export const isSnowflake = (id: string): boolean => /^[0-9]{1,19}$/.test(id);
