/** The same chances on every machine: a demo is the same story each time it is told. */
export interface Chance {
  /** From 0 to 1, 1 not included. */
  next(): number;
  /** Whether something of this share happens. */
  happens(share: number): boolean;
  /** Between two numbers, more often near the first: most things are quick. */
  early(from: number, to: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** After "mulberry32" by Tommy Ettinger (public domain): 32 bits of state, even enough for a story. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    happens: (share) => next() < share,
    early: (from, to) => from + (to - from) * next() ** 2,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  };
}
