/**
 * A week of a case by a second reckoning, which walks it minute by minute and knows neither events nor rows: a clock is a count
 * that stands still or not, a rung a count it has reached. It goes by the policy and the ladder the house begins with.
 */

export interface Deed {
  /** Minutes since the week began. */
  at: number;
  does: 'answer' | 'wait' | 'resume' | 'restore';
}

export interface Life {
  openedAt: number;
  lacks: boolean;
  deeds: Deed[];
  /** Somebody acknowledges at once what is late. */
  isHeard: boolean;
}

/** A rung that was raised: of which clock, when it was reached, when it was said. */
export interface Raised {
  metric: string;
  round: number;
  rung: number;
  reason: string;
  reached: number;
  said: number;
}

interface Count {
  metric: string;
  round: number;
  startedAt: number;
  counted: number;
  target: number;
  isSteady: boolean;
  /** When each rung was reached; by rung. */
  reached: Map<number, number>;
  raised: Set<number>;
  /** The rung that has to be acknowledged by then. */
  unheard: { rung: number; by: number } | null;
}

const TARGETS = { first_useful_action: 60, silence: 1440, relief: 1440, resolution: 7200 };
type Metric = keyof typeof TARGETS;

/** What a rung waits for, by metric; the third is reached by nobody acknowledging the second. */
function rungsOf({ metric, counted, target, startedAt }: Count, minute: number): number[] {
  const late = counted >= target;
  if (metric === 'silence') return late ? [3] : [];
  const elapsed = minute - startedAt;
  const days = metric === 'relief' ? [1440, 2880, 4320].flatMap((least, at) => (elapsed >= least ? [4 + at] : [])) : [];
  return [...(counted >= 0.75 * target ? [0] : []), ...(late ? [1] : []), ...days];
}

const REASONS = ['share', 'breach', 'unacknowledged', 'breach', 'elapsed', 'elapsed', 'elapsed'];

/** @param looks the minutes at which somebody looked, in order */
export function raisedIn(life: Life, looks: readonly number[]): Raised[] {
  let isWaiting = false;
  let lacking = life.lacks;
  const rounds = new Map<string, number>();
  let counts: Count[] = [];
  const raised: Raised[] = [];
  const begin = (metric: Metric, startedAt: number) => {
    const round = (rounds.get(metric) ?? 0) + 1;
    rounds.set(metric, round);
    const clock = { metric, round, startedAt, counted: 0, target: TARGETS[metric], isSteady: metric === 'silence' };
    counts.push({ ...clock, reached: new Map(), raised: new Set(), unheard: null });
  };
  const over = (metric: Metric) => (counts = counts.filter((count) => count.metric !== metric));
  const does: Record<Deed['does'], (at: number) => void> = {
    answer: (at) => {
      over('first_useful_action');
      over('silence');
      if (lacking) begin('silence', at);
    },
    wait: () => (isWaiting = true),
    resume: () => (isWaiting = false),
    restore: () => {
      lacking = false;
      over('relief');
      over('silence');
    },
  };
  const look = (now: number) => {
    for (const count of counts) {
      const due = [...count.reached].filter(([rung]) => !count.raised.has(rung));
      for (const [rung, reached] of due.toSorted((a, b) => a[1] - b[1] || a[0] - b[0])) {
        count.raised.add(rung);
        if (rung === 1 && !life.isHeard) count.unheard = { rung, by: now + 15 };
        raised.push(said(count, rung, reached, now));
      }
      const { unheard } = count;
      if (!unheard || unheard.by > now) continue;
      count.unheard = null;
      raised.push(said(count, 2, unheard.by, now));
    }
  };
  const last = looks.at(-1) ?? 0;
  for (let minute = life.openedAt; minute <= last; minute += 1) {
    if (minute === life.openedAt)
      for (const metric of ['first_useful_action', 'resolution', ...(lacking ? ['silence', 'relief'] : [])] as Metric[])
        begin(metric, minute);
    else for (const count of counts) if (!isWaiting || count.isSteady) count.counted += 1;
    for (const count of counts)
      for (const rung of rungsOf(count, minute)) if (!count.reached.has(rung)) count.reached.set(rung, minute);
    for (const deed of life.deeds) if (deed.at === minute) does[deed.does](minute);
    if (looks.includes(minute)) look(minute);
  }
  return raised;
}

const said = ({ metric, round }: Count, rung: number, reached: number, now: number): Raised => ({
  ...{ metric, round, rung, reached, said: now },
  reason: REASONS[rung] ?? '',
});
