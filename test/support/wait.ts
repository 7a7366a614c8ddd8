import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface WaitOptions {
  /** Milliseconds; 10 s unless told. */
  timeout?: number;
  every?: number;
}

/**
 * Asks until the answer is truthy, and gives it back. A question that throws has no answer yet.
 * @throws Error with the last answer when the time is over
 */
export async function waitFor<T>(
  question: () => T | Promise<T>,
  { timeout = 10_000, every = 20 }: WaitOptions = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + timeout;
  for (;;) {
    let last: unknown;
    try {
      const answer = await question();
      if (answer) return answer as Exclude<T, false | null | undefined | 0 | ''>;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= deadline)
      throw new Error(`waited ${timeout} ms, the last answer was ${inspect(last, { depth: 4 })}`);
    await sleep(every);
  }
}
