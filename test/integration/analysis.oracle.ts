import { Temporal } from 'temporal-polyfill';
import type { AnalysisMetric, Channel, ClockMetric } from '#contracts';
import { isOpen, lastStatus, MINUTE_MS, type PastCase, type PastClock } from './analysis.world.js';

/** What the figures of a house should be, counted from what happened in it and without any SQL. */

/** A row as the product should count it. */
export interface ExpectedRow {
  at: Date;
  of: PastCase;
  value: number;
  channel: Channel | null;
  personId: string | null;
}

const rowOf = (of: PastCase, at: Date, value: number, more: Partial<ExpectedRow> = {}): ExpectedRow => ({
  ...{ at, of, value, channel: of.channel, personId: of.assigneeId },
  ...more,
});
const minutes = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / MINUTE_MS;
const customers = (of: PastCase): PastClock[] => of.clocks.filter(({ side }) => side === 'customer');

const timesOf = (of: PastCase, metric: ClockMetric): ExpectedRow[] =>
  customers(of).flatMap((k) => (k.metric === metric && k.met ? [rowOf(of, k.met, minutes(k.started, k.met))] : []));

const stageOf = (status: string): string => (status === 'waiting' ? 'in_solution' : status);
/** Walks through the statuses and keeps when the stage they are of began. */
function staysIn(of: PastCase, stage: string): ExpectedRow[] {
  const stays: ExpectedRow[] = [];
  let since = of.opened;
  of.statuses.slice(1).forEach(({ at, status }, index) => {
    const from = stageOf(of.statuses[index]?.status ?? '');
    if (from === stageOf(status)) return;
    if (from === stage && status !== 'merged' && status !== 'spam') stays.push(rowOf(of, at, minutes(since, at)));
    since = at;
  });
  return stays;
}

const comesBack = (of: PastCase): Date[] =>
  of.statuses.flatMap(({ at, status }, index) =>
    ['restored', 'closed'].includes(of.statuses[index - 1]?.status ?? '') &&
    ['new', 'understood', 'in_solution', 'waiting'].includes(status)
      ? [at]
      : [],
  );

/** Every message in its order: was something late just then, and is it the first of its day? */
function asks(of: PastCase, now: Date, dayOf: (at: Date) => string): ExpectedRow[] {
  const isLateAt = (at: Date): boolean =>
    of.promises.some((p) => p.kind === 'update' && p.due < at && at <= (p.decided ?? now)) ||
    customers(of).some(
      (k) =>
        (k.metric === 'first_useful_action' || k.metric === 'next_response') &&
        k.breached !== null &&
        k.breached < at &&
        at <= (k.met ?? k.ended ?? now),
    );
  const days = new Set<string>();
  return of.messages
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .filter(({ at, inbound, automatic }) => inbound && !automatic && isLateAt(at))
    .filter(({ at }) => !days.has(dayOf(at)) && days.add(dayOf(at)))
    .map(({ at, channel }) => rowOf(of, at, 1, { channel }));
}

function promisesOf(of: PastCase, now: Date): ExpectedRow[] {
  return of.promises.flatMap((p) => {
    const isKept = p.state === 'kept' && p.decided !== null && p.decided <= p.due;
    const at = p.decided && p.decided < p.due ? p.decided : p.due;
    return p.state === 'withdrawn' || at > now ? [] : [rowOf(of, at, isKept ? 1 : 0, { personId: p.by })];
  });
}

function handlersOf(of: PastCase): number {
  const spoke = of.messages.flatMap(({ authorId, automatic }) => (authorId && !automatic ? [authorId] : []));
  return new Set([...spoke, ...of.assignedTo, ...(of.assigneeId ? [of.assigneeId] : [])]).size;
}

/** In euros, which the limits are in. */
function givenIn(of: PastCase): ExpectedRow[] {
  return of.gifts
    .filter(({ currency, state }) => currency === 'EUR' && state !== 'refused')
    .flatMap(({ kind, at, by, cents, days }) =>
      kind === 'fee_discount'
        ? days.map(({ day, cents: amount }) => rowOf(of, noonOf(day), amount, { personId: by }))
        : [rowOf(of, at, cents, { personId: by })],
    )
    .filter(({ value }) => value > 0);
}
const noonOf = (day: string): Date =>
  new Date(Temporal.PlainDateTime.from(`${day}T12:00`).toZonedDateTime('Europe/Madrid').epochMilliseconds);

/** All rows of a metric there ever were. */
export function expectedRows(
  metric: AnalysisMetric,
  cases: PastCase[],
  now: Date,
  dayOf: (at: Date) => string,
): ExpectedRow[] {
  const count: Record<AnalysisMetric, (of: PastCase) => ExpectedRow[]> = {
    sla_met: (of) =>
      customers(of).flatMap(({ breached, met }) => {
        const at = breached ?? met;
        return at ? [rowOf(of, at, breached ? 0 : 1)] : [];
      }),
    promises_kept: (of) => promisesOf(of, now),
    first_useful_action: (of) => timesOf(of, 'first_useful_action'),
    time_to_relief: (of) => timesOf(of, 'relief'),
    had_to_ask: (of) => asks(of, now, dayOf),
    told_again: (of) => of.again.filter(({ dismissed }) => !dismissed).map(({ at }) => rowOf(of, at, 1)),
    handlers: (of) =>
      lastStatus(of) === 'closed' ? [rowOf(of, of.statuses.at(-1)?.at ?? of.opened, handlersOf(of))] : [],
    reopened: (of) => comesBack(of).map((at) => rowOf(of, at, 1)),
    on_paper_now: (of) => (isOpen(of) && of.lacks.length > 0 && of.trouble === null ? [rowOf(of, of.opened, 1)] : []),
    on_paper: (of) =>
      comesBack(of)
        .filter((at) => !customers(of).some(({ breached }) => breached && breached <= at))
        .map((at) => rowOf(of, at, 1)),
    stage_received: (of) => staysIn(of, 'new'),
    stage_understood: (of) => staysIn(of, 'understood'),
    stage_in_solution: (of) => staysIn(of, 'in_solution'),
    stage_restored: (of) => staysIn(of, 'restored'),
    goodwill: givenIn,
  };
  return cases.filter((of) => lastStatus(of) !== 'spam').flatMap(count[metric]);
}
