import { readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat per second: 100 on every Linux. */
const TICKS = 100;

function stat(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold blanks; fields are counted from behind it.
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

/** utime and stime of the process itself, and those of the children that have ended. */
function ticksOf(pid: number, withEnded: boolean): number {
  try {
    const fields = stat(pid);
    return [11, 12, ...(withEnded ? [13, 14] : [])].reduce((sum, at) => sum + (fields[at] ?? 0), 0);
  } catch (error) {
    // It ended between the listing and the reading: its parent has its ticks from now on.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return 0;
    throw error;
  }
}

/**
 * CPU a server and its children have used since it began, in milliseconds; those that have ended included. Never goes
 * back, so a difference is what was used in between. NaN where there is no /proc.
 */
export function familyCpuMs(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  const ticks = children.reduce((sum, child) => sum + ticksOf(child, false), ticksOf(pid, true));
  return (ticks * 1000) / TICKS;
}
