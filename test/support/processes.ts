import { runningProcesses } from '../../apps/launcher/src/process-table.js';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function parentOf(pid: number): number | undefined {
  if (process.platform !== 'linux')
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim());
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

export interface ProcessInfo {
  pid: number;
  command: string;
}

/** Everything that runs below a process, without the process itself. */
export function descendants(pid: number): ProcessInfo[] {
  const parents = new Map<number, number>();
  const all = runningProcesses();
  for (const entry of all) {
    try {
      parents.set(entry.pid, parentOf(entry.pid) ?? 0);
    } catch (error) {
      // Ended since it was listed.
      if (!(typeof error === 'object' && error !== null && 'code' in error)) throw error;
    }
  }
  const isBelow = (child: number): boolean => {
    const parent = parents.get(child);
    return parent !== undefined && parent > 1 && (parent === pid || isBelow(parent));
  };
  return all.filter((entry) => isBelow(entry.pid));
}

/** Those of `processes` that still run as what they were. */
export function survivors(processes: ProcessInfo[]): ProcessInfo[] {
  const now = new Map(runningProcesses().map(({ pid, command }) => [pid, command]));
  return processes.filter(({ pid, command }) => now.get(pid) === command);
}
