import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from './start-error.js';

export interface RunningProcess {
  pid: number;
  command: string;
}

const onLinux = process.platform === 'linux';

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Between listing and reading a process may have ended; that is an answer, not a failure.
    if (codeOf(error) !== '') return undefined;
    throw error;
  }
}

/** Every process of this machine with its command line. */
export function runningProcesses(): RunningProcess[] {
  if (onLinux)
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({
        pid: Number(name),
        command: readProc(`/proc/${name}/cmdline`)?.replaceAll('\0', ' ').trim() ?? '',
      }))
      .filter((entry) => entry.command !== '');
  return execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(.*)$/.exec(line);
      return match?.[1] && match[2] ? [{ pid: Number(match[1]), command: match[2] }] : [];
    });
}

/** When the process began, in the system's own words; undefined when there is none. Tells a reused pid from the old one. */
export function startedAt(pid: number): string | undefined {
  if (onLinux) {
    const stat = readProc(`/proc/${pid}/stat`);
    // The name in parentheses may hold blanks; the 22nd field is the 20th after it. State Z has ended already.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  }
  return runningProcesses().some((entry) => entry.pid === pid)
    ? execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    : undefined;
}

/** Sends a signal; a process that is already gone is fine. Returns whether it was there. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}
