import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startedAt } from './process-table.js';
import { StartError } from './start-error.js';
import { until } from './wait.js';

interface Holder {
  pid: number;
  startedAt: string;
}

/** A launcher whose npm was killed takes a second to notice. */
const NOTICE_MS = 3000;
const GRACE_MS = 11_000;

const lockPath = (home: string) => join(home, 'launcher.json');
const leavingPath = (home: string) => join(home, 'launcher.leaving');

/** The launcher that works with this home now, if any; what a killed one left behind does not count. */
function holder(home: string): Holder | undefined {
  const path = lockPath(home);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  // A launcher killed while writing leaves half a file: nobody holds it.
  if (!text.endsWith('\n')) return undefined;
  const held = JSON.parse(text) as Holder;
  return held.pid !== process.pid && startedAt(held.pid) === held.startedAt ? held : undefined;
}

/** Whether a launcher runs on this home at the moment. */
export const isRunning = (home: string): boolean => holder(home) !== undefined;

/** The home while it is ours. */
export interface HeldHome {
  /** Says that this launcher is stopping, so that the next one waits for it. */
  announceLeaving(): void;
  /** Gives the home free. */
  release(): void;
}

/** Makes this process the only launcher of `home`. One that is on its way out gets the time to finish. */
export async function lockHome(home: string): Promise<HeldHome> {
  await until(() => !isRunning(home) || isLeaving(home), NOTICE_MS);
  await until(() => !isRunning(home) || !isLeaving(home), GRACE_MS);
  const other = holder(home);
  if (other) throw new StartError(`Hilo is already running from ${home} (process ${other.pid}). Stop it first.`);
  rmSync(leavingPath(home), { force: true });
  const mine: Holder = { pid: process.pid, startedAt: startedAt(process.pid) ?? '' };
  writeFileSync(lockPath(home), `${JSON.stringify(mine)}\n`, { mode: 0o600 });
  return {
    announceLeaving: () => writeFileSync(leavingPath(home), String(process.pid)),
    release: () => {
      rmSync(lockPath(home), { force: true });
      rmSync(leavingPath(home), { force: true });
    },
  };
}

function isLeaving(home: string): boolean {
  const path = leavingPath(home);
  return existsSync(path) && Number(readFileSync(path, 'utf8')) === holder(home)?.pid;
}
