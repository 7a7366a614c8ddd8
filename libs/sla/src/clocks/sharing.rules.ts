import type { Clock, LedgerLine } from './clock.rules.js';
import { METRICS } from './metric.rules.js';

/**
 * The clock of the team is that of the customer until it stands still alone. Until then it is no row, and what happens to it
 * no line: of most cases it never is.
 */

const HAVE_TEAM = new Set<string>(METRICS.filter(([, { sides }]) => sides.includes('team')).map(([metric]) => metric));

const keyOf = ({ metric, round }: Pick<Clock, 'metric' | 'round'>): string => `${metric} ${round}`;

/** Only the customer's climbs a ladder. */
const bare = (clock: Clock): string => JSON.stringify({ ...clock, side: null, climb: null });

const sameClock = (one: Clock, other: Clock | undefined): boolean => other !== undefined && bare(one) === bare(other);

const sameLine = (one: LedgerLine, other: LedgerLine): boolean =>
  JSON.stringify({ ...one, side: null }) === JSON.stringify({ ...other, side: null });

function teamOf({ climb: _, ...clock }: Clock): Clock {
  return { ...clock, side: 'team' };
}

/** @returns these clocks, and those of teams that are no rows of their own */
export function withTeams(rows: Clock[]): Clock[] {
  const own = teamsOf(rows);
  return rows.flatMap((clock): Clock[] =>
    clock.side === 'customer' && HAVE_TEAM.has(clock.metric) && !own.has(keyOf(clock))
      ? [clock, teamOf(clock)]
      : [clock],
  );
}

/** Of which clocks the team has a row of its own among these. */
export const teamsOf = (rows: Clock[]): ReadonlySet<string> =>
  new Set(rows.filter(({ side }) => side === 'team').map(keyOf));

/** @returns what of these has to be written: all but the clocks of teams that are the customer's still, and their lines */
export function apart(
  own: ReadonlySet<string>,
  all: Clock[],
  { changed, lines }: { changed: Clock[]; lines: LedgerLine[] },
): { changed: Clock[]; lines: LedgerLine[] } {
  const alone = new Set(own);
  const kept = lines.filter((line) => {
    if (line.side !== 'team' || alone.has(keyOf(line))) return true;
    if (lines.some((other) => other.side === 'customer' && sameLine(other, line))) return false;
    alone.add(keyOf(line));
    return true;
  });
  const twin = (clock: Clock) => all.find((each) => each.side === 'customer' && keyOf(each) === keyOf(clock));
  const isOwn = (clock: Clock) => clock.side !== 'team' || alone.has(keyOf(clock)) || !sameClock(clock, twin(clock));
  return { changed: changed.filter(isOwn), lines: kept };
}
