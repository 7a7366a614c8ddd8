import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runningProcesses, signal } from '../process-table.js';
import { StartError } from '../start-error.js';
import { until } from '../wait.js';

/** Fast stop, then without a checkpoint, then not at all: how long each may take. */
const ESCALATION: [NodeJS.Signals, number][] = [
  ['SIGINT', 8000],
  ['SIGQUIT', 3000],
  ['SIGKILL', 3000],
];

/** The processes of the server that bears `clusterName`: PostgreSQL shows it in every one of its titles. */
export const serverProcesses = (clusterName: string): number[] =>
  runningProcesses()
    .filter(({ command }) => /^(\S*\/)?postgres[:\s]/.test(command) && command.includes(clusterName))
    .map(({ pid }) => pid);

function recordedPid(lockFile: string): number | undefined {
  if (!existsSync(lockFile)) return undefined;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/**
 * Ends what an earlier run left behind when it was killed: a server that still runs on this folder, or a postmaster.pid
 * whose number meanwhile belongs to somebody else (PostgreSQL would take that one for a running server).
 * @returns whether a server had to be stopped
 */
export async function clearLeftBehind(folder: string, clusterName: string): Promise<boolean> {
  const lockFile = join(folder, 'postmaster.pid');
  const postmaster = recordedPid(lockFile);
  const found = serverProcesses(clusterName).length > 0;
  for (const [name, patienceMs] of ESCALATION) {
    const pids = serverProcesses(clusterName);
    if (pids.length === 0) break;
    const main = pids.filter((pid) => pid === postmaster);
    for (const pid of main.length > 0 ? main : pids) signal(pid, name);
    await until(() => serverProcesses(clusterName).length === 0, patienceMs);
  }
  const stubborn = serverProcesses(clusterName);
  if (stubborn.length > 0)
    throw new StartError(`An earlier database server does not end (processes ${stubborn.join(', ')}).`);
  const foreign = postmaster !== undefined && runningProcesses().some(({ pid }) => pid === postmaster);
  if (foreign) rmSync(lockFile, { force: true });
  return found;
}
