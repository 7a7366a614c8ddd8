import { isFree } from '../../apps/launcher/src/ports.js';

export { isFree };

/**
 * Below what systems hand out by themselves (Linux 32768–60999): a port that is named now and opened seconds later is not taken by
 * somebody's outgoing connection in between. Each worker has a range of its own.
 */
const FIRST = 12_000;
const SPAN = 4000;
const WORKERS = 5;
const mine = FIRST + ((Number(process.env['JEST_WORKER_ID'] ?? '1') - 1) % WORKERS) * SPAN;
const given = new Set<number>();

/** A port nobody listens on, given to nobody else. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < SPAN; tries += 1) {
    const port = mine + Math.floor(Math.random() * SPAN);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${mine} on`);
}
