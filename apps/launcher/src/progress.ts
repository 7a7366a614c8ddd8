/** One line on the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** Runs `work` and says how long it took; `title` may look at the result. */
export async function timed<T>(title: string | ((result: T) => string), work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  say(`✓ ${typeof title === 'string' ? title : title(result)} · ${seconds(started)}`);
  return result;
}
