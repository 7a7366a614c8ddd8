import type { ClockMetric, Policy, PolicyTargets, TargetCalendar } from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { PolicyReader, PolicyReapplies, PolicyService } from '#sla';
import { aPerson } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

export const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

export interface PolicyWorld extends StoryWorld {
  supervisor: Principal;
  /** As the house comes: one policy for all. */
  general: () => Promise<Policy>;
  policies: () => Promise<Policy[]>;
  put: (policy: Policy, change: Partial<Pick<Policy, 'name' | 'conditions' | 'targets'>>) => Promise<Policy>;
  start: (policy: Policy) => Promise<string>;
  /** As the worker looks, until there is nothing more. */
  work: () => Promise<void>;
}

export async function openPolicies(): Promise<PolicyWorld> {
  const story = await openStory();
  const { rooms } = story;
  const { database } = rooms;
  const supervisor = await aPerson(rooms, 'supervisor');
  const policies = async () => (await rooms.get(PolicyReader).list(database.manager, { limit: 200 })).items;
  return {
    ...story,
    supervisor,
    policies,
    general: async () => {
      const found = (await policies()).find(({ name }) => name === 'General');
      if (!found) throw new Error('the house has no policy');
      return found;
    },
    put: ({ id, name, conditions, targets, version }, change) =>
      database.transaction(async (tx) => {
        await rooms.get(PolicyService).change(tx, supervisor, id, { name, conditions, targets, version, ...change });
        return rooms.get(PolicyReader).find(tx, id);
      }),
    start: ({ id, version }) =>
      database.transaction((tx) => rooms.get(PolicyReapplies).start(tx, supervisor, id, { preview: false, version })),
    work: async () => {
      while (await rooms.get(PolicyReapplies).takeSome());
    },
  };
}

/** Counts minutes one by one, as a clock on the wall shows them: which are open is looked up for every single one. */
export class MinuteCounter {
  private readonly passed = new Map<TargetCalendar, Float64Array>();
  private readonly from: number;

  /** @param isOpen by the clock on the wall, minutes of the day, Sunday is 0 */
  constructor(
    private readonly now: number,
    timeZone: string,
    isOpen: (weekday: number, minute: number) => boolean,
    days: { back: number; ahead: number },
  ) {
    this.from = now - days.back * DAY_MS;
    const minutes = (days.back + days.ahead) * 1440;
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    const [house, always] = [new Float64Array(minutes + 1), new Float64Array(minutes + 1)];
    for (let at = 0; at < minutes; at += 1) {
      const shown = new Date(`${wall.format(this.from + at * MINUTE_MS).replace(' ', 'T')}Z`);
      const open = isOpen(shown.getUTCDay(), shown.getUTCHours() * 60 + shown.getUTCMinutes());
      house[at + 1] = (house[at] ?? 0) + (open ? 1 : 0);
      always[at + 1] = at + 1;
    }
    this.passed.set('house', house).set('always', always);
  }

  /** Until now. */
  since(calendar: TargetCalendar, from: number): number {
    return this.at(calendar, this.now) - this.at(calendar, from);
  }

  after(calendar: TargetCalendar, from: number, minutes: number): number {
    const sought = this.at(calendar, from) + minutes;
    for (let at = (from - this.from) / MINUTE_MS; ; at += 1)
      if (this.at(calendar, this.from + at * MINUTE_MS) >= sought) return this.from + at * MINUTE_MS;
  }

  private at(calendar: TargetCalendar, time: number): number {
    const passed = this.passed.get(calendar)?.[(time - this.from) / MINUTE_MS];
    if (passed === undefined) throw new Error('too far to be counted');
    return passed;
  }
}

/** A running clock of a made-up case. */
export interface FleetClock {
  caseId: string;
  metric: Exclude<ClockMetric, 'next_update'>;
  startedAt: number;
  minutes: number;
  counted: number;
  runsSince: number | null;
  dueAt: number | null;
  breachedAt: number | null;
}

/** Cases whose clocks run by a version: begun at some time, some stand still, some are late, of some nobody has seen that yet. */
export function makeFleet(cases: number, targets: PolicyTargets, now: number, counter: MinuteCounter): FleetClock[] {
  let seed = 20261118;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  return Array.from({ length: cases }, () => newId()).flatMap((caseId) => {
    const isPaused = random() < 0.25;
    return Object.entries(targets).map(([metric, { minutes, calendar }]): FleetClock => {
      const runsSince = now - Math.floor(random() * 3000) * MINUTE_MS;
      const counted = Math.floor(random() * random() * minutes * 1.3);
      const due = counted >= minutes ? runsSince : counter.after(calendar, runsSince, minutes - counted);
      const isSeen = counted >= minutes || (due <= now && (isPaused || random() < 0.8));
      const stopped = isPaused ? counted + counter.since(calendar, runsSince) : counted;
      return {
        ...{ caseId, metric: metric as FleetClock['metric'], startedAt: runsSince - 60 * MINUTE_MS, minutes },
        counted: stopped,
        runsSince: isPaused ? null : runsSince,
        dueAt: isPaused && !isSeen ? null : due,
        breachedAt: isSeen ? due : null,
      };
    });
  });
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Writes them down as if they had run for days. */
export async function writeFleet({ rooms }: StoryWorld, fleet: FleetClock[], versionId: string): Promise<void> {
  const rows = fleet.map((clock) => ({
    ...clock,
    startedAt: iso(clock.startedAt),
    runsSince: iso(clock.runsSince),
    dueAt: iso(clock.dueAt),
    breachedAt: iso(clock.breachedAt),
  }));
  await rooms.db.query(
    `with made as (select "caseId" as id, bool_or("runsSince" is null) as paused from jsonb_to_recordset($1::jsonb) as k ("caseId" uuid, "runsSince" timestamptz) group by 1),
       people as (insert into customer (id, display_name, created_at) select id, 'Flota', now() from made),
       opened as (insert into cases (id, reference, customer_id, status, wait_reason, queue_id, next_action, customer_name, last_interaction_at, opened_at, lacks)
         select id, 'fleet ' || id, id, case when paused then 'waiting' else 'in_solution' end, case when paused then 'customer' end,
           (select id from queue where is_default limit 1), 'reply', 'Flota', now(), now(), '{calls}' from made)
     insert into case_ledger (case_id, seq, policy_version_id, calendar_revision, lacks, waiting_for, rounds)
     select id, coalesce((select max(seq) from case_event), -1), $2, (select max(revision) from calendar), '{calls}', case when paused then 'customer' end, $3 from made`,
    [JSON.stringify(rows), versionId, Object.fromEntries(fleet.map(({ metric }) => [metric, 1]))],
  );
  await rooms.db.query(
    `insert into clock (case_id, metric, side, round, started_at, started_kind, started_name, minutes, counted, runs_since, paused_for, due_at, breached_at, is_told)
     select k."caseId", k.metric, 'customer', 1, k."startedAt", 'customer', 'Flota', k.minutes, k.counted, k."runsSince", case when k."runsSince" is null then 'customer' end,
       k."dueAt", k."breachedAt", k."breachedAt" is not null
     from jsonb_to_recordset($1::jsonb) as k ("caseId" uuid, metric text, "startedAt" timestamptz, minutes int, counted float8, "runsSince" timestamptz,
       "dueAt" timestamptz, "breachedAt" timestamptz)`,
    [JSON.stringify(rows)],
  );
}
