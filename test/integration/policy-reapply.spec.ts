import type { CalendarWeek, Policy, PolicyTargets } from '#contracts';
import { DomainError } from '#platform';
import { Breaches, ClockService, PolicyReapplies, ReapplyReader } from '#sla';
import {
  makeFleet,
  MinuteCounter,
  openPolicies,
  writeFleet,
  type FleetClock,
  type PolicyWorld,
} from './policy.world.js';

const NOW = '2026-11-18T10:23:00Z';
const now = Date.parse(NOW);
const SPANS = [
  { from: '09:00', to: '14:00' },
  { from: '16:00', to: '20:00' },
];
const WEEK: CalendarWeek = { mon: SPANS, tue: SPANS, wed: SPANS, thu: SPANS, fri: SPANS };
const isOpen = (weekday: number, minute: number) =>
  weekday >= 1 && weekday <= 5 && ((minute >= 540 && minute < 840) || (minute >= 960 && minute < 1200));

const BEFORE: PolicyTargets = {
  first_useful_action: { minutes: 240, calendar: 'house' },
  next_response: { minutes: 600, calendar: 'always' },
  relief: { minutes: 1440, calendar: 'always' },
  resolution: { minutes: 1500, calendar: 'house' },
};
/** One is longer, one shorter, one goes by another calendar, one is not named any more. */
const AFTER: PolicyTargets = {
  first_useful_action: { minutes: 400, calendar: 'house' },
  next_response: { minutes: 300, calendar: 'always' },
  relief: { minutes: 900, calendar: 'house' },
};

interface Row extends Omit<FleetClock, 'startedAt'> {
  pausedFor: string | null;
  endedAt: number | null;
  isTold: boolean;
  lines: string[];
}

const counter = new MinuteCounter(now, 'Europe/Madrid', isOpen, { back: 8, ahead: 30 });
let world: PolicyWorld;
beforeEach(async () => {
  world = await openPolicies();
  world.rooms.clock.set(NOW);
  await world.rooms.db.query('update calendar_version set weekly = $1, time_zone = $2', [WEEK, 'Europe/Madrid']);
  await world.rooms.db.query(`update calendar set revision = nextval('calendar_revision')`);
}, 60_000);
afterEach(() => world?.rooms.close());

const reapplies = () => world.rooms.get(PolicyReapplies);
const run = (id: string) => world.rooms.get(ReapplyReader).find(world.rooms.database.manager, id, 'es');
const readOn = (ids: string[]) =>
  world.rooms.database.transaction((tx) => world.rooms.get(ClockService).advance(tx, ids));
const casesOf = (fleet: FleetClock[]) => [...new Set(fleet.map(({ caseId }) => caseId))];

/** The policy of the house with cases that run by it, and its next version. */
async function edited(cases: number): Promise<{ policy: Policy; fleet: FleetClock[] }> {
  const first = await world.put(await world.general(), { targets: BEFORE });
  const [version] = await world.rooms.db.query<{ id: string }>(
    'select id from sla_policy_version where policy_id = $1 order by version desc limit 1',
    [first.id],
  );
  const fleet = makeFleet(cases, BEFORE, now, counter);
  await writeFleet(world, fleet, version?.id ?? '');
  return { policy: await world.put(first, { targets: AFTER }), fleet };
}

const MS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const rows = (): Promise<Row[]> =>
  world.rooms.db.query<Row & Record<string, unknown>>(
    `select k.case_id as "caseId", k.metric, k.minutes, k.counted, ${MS('k.runs_since')} as "runsSince", k.paused_for as "pausedFor", ${MS('k.due_at')} as "dueAt",
       ${MS('k.breached_at')} as "breachedAt", ${MS('k.ended_at')} as "endedAt", k.is_told as "isTold",
       (select coalesce(array_agg(n.type || ' ' || n.actor_name || ' ' || n.minutes order by n.id), '{}') from clock_line n where n.case_id = k.case_id and n.metric = k.metric and n.side = k.side) as lines
     from clock k where k.side = 'customer'`,
  );

const wasLate = ({ dueAt, breachedAt }: FleetClock) => breachedAt !== null || (dueAt !== null && dueAt <= now);
const countedBy = ({ metric, counted, runsSince }: FleetClock) =>
  counted + (runsSince === null ? 0 : counter.since(BEFORE[metric]?.calendar ?? 'always', runsSince));

/** What has to come of a clock, worked out by counting minutes; `told`: when it is said to be late. */
function expected(clock: FleetClock, by: string): Row & { told: number[] } {
  const { caseId, metric } = clock;
  const target = AFTER[metric];
  const [before, counted] = [wasLate(clock), countedBy(clock)];
  const unseen = before && clock.breachedAt === null;
  const late = target !== undefined && counted >= target.minutes;
  const breachedAt = late ? (before ? clock.dueAt : now) : target ? null : before ? clock.dueAt : null;
  const running = clock.runsSince !== null && target !== undefined;
  const due = () => (running && target ? counter.after(target.calendar, now, target.minutes - counted) : null);
  const lines = [
    ...(unseen ? [`breached Hilo ${Math.max(clock.counted, clock.minutes)}`] : []),
    `${target ? 'reapplied' : 'ended'} ${by} ${counted}`,
    ...(late && !before ? [`breached Hilo ${counted}`] : []),
  ];
  return {
    ...{ caseId, metric, minutes: target?.minutes ?? clock.minutes, counted, runsSince: running ? now : null },
    pausedFor: clock.runsSince === null && target ? 'customer' : null,
    ...{ dueAt: late ? breachedAt : target ? due() : clock.dueAt, breachedAt, endedAt: target ? null : now },
    isTold: breachedAt !== null || (before && target !== undefined),
    lines,
    told: [...(unseen ? [clock.dueAt ?? 0] : []), ...(late && !before ? [now] : [])],
  };
}

/** As a person does who is told that the case has changed. */
const untilDone = (deed: () => Promise<unknown>): Promise<unknown> =>
  deed().catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'case.version_conflict') return untilDone(deed);
    throw error;
  });

const inOrder = <T extends { caseId: string; metric: string }>(all: T[]): T[] =>
  all.toSorted((a, b) => `${a.caseId} ${a.metric}`.localeCompare(`${b.caseId} ${b.metric}`));

it('a policy edited under ten thousand running clocks: what counted is kept, every due time is right, nothing is lost', async () => {
  const { policy, fleet } = await edited(2500);
  const by = world.supervisor.displayName;
  const preview = await world.rooms.get(ReapplyReader).preview(world.rooms.database.manager, policy.id, policy.version);
  const id = await world.start(policy);
  const began = performance.now();
  // Two workers share the run.
  await Promise.all([world.work(), world.work()]);
  await world.work();
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`${fleet.length} clocks of ${preview.cases} cases in ${seconds.toFixed(2)} s\n`);
  expect(await run(id)).toMatchObject({
    state: 'done',
    total: 2500,
    done: 2500,
    changed: 2500,
    failed: 0,
    failures: [],
  });

  const wanted = inOrder(fleet.map((clock) => expected(clock, by)));
  const told = wanted.flatMap(({ caseId, metric, told: times }) =>
    times.map((at) => `${caseId} ${metric} ${new Date(at).toISOString()}`),
  );
  expect(inOrder(await rows())).toEqual(wanted.map(({ told: _, ...row }) => row));
  const events = await world.rooms.db.query<{
    type: string;
    caseId: string;
    metric: string;
    due: string;
    count: number;
  }>(
    `select type, case_id as "caseId", data ->> 'metric' as metric, data ->> 'dueAt' as due, count(*)::int as count from case_event group by 1, 2, 3, 4`,
  );
  expect(events.every(({ count }) => count === 1)).toBe(true);
  const breaches = events.filter(({ type }) => type === 'clock.breached');
  expect(breaches.map(({ caseId, metric, due }) => `${caseId} ${metric} ${due}`).toSorted()).toEqual(told.toSorted());
  expect(
    events
      .filter(({ type }) => type === 'policy.reapplied')
      .map(({ caseId }) => caseId)
      .toSorted(),
  ).toEqual(casesOf(fleet).toSorted());
  // It was said before what would be.
  const given = fleet.filter(({ metric }) => AFTER[metric]);
  const late = (clock: FleetClock) => countedBy(clock) >= (AFTER[clock.metric]?.minutes ?? Infinity);
  expect(preview).toEqual({
    ...{ version: policy.version, cases: 2500, clocks: given.length, begin: 0, end: fleet.length - given.length },
    becomeLate: given.filter((clock) => late(clock) && !wasLate(clock)).length,
    stopBeingLate: given.filter((clock) => !late(clock) && wasLate(clock)).length,
  });
  expect(preview.becomeLate).toBeGreaterThan(100);
  expect(preview.stopBeingLate).toBeGreaterThan(100);
  // Again there is nobody left to whom it could be given, and the sweep finds nothing late that it has not told.
  expect(await run(await world.start(policy))).toMatchObject({ state: 'done', total: 0 });
  await world.rooms.database.transaction((tx) => world.rooms.get(Breaches).mark(tx));
  expect(await world.rooms.db.query(`select from case_event where type = 'clock.breached'`)).toHaveLength(told.length);
}, 60_000);

it('a worker that dies in the middle leaves nothing half done; who comes next goes on', async () => {
  const { policy, fleet } = await edited(700);
  const id = await world.start(policy);
  const { database } = world.rooms;
  await database.transaction((tx) => reapplies().takeNext(tx));
  expect(await run(id)).toMatchObject({ state: 'running', done: 300, changed: 300 });
  const before = inOrder(await rows());
  await expect(
    database.transaction(async (tx) => {
      await reapplies().takeNext(tx);
      throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  expect(inOrder(await rows())).toEqual(before);
  expect(await run(id)).toMatchObject({ state: 'running', done: 300 });
  await expect(world.start(policy)).rejects.toMatchObject({ code: 'policy.reapply_running' });
  await world.work();
  expect(await run(id)).toMatchObject({ state: 'done', done: 700, changed: 700 });
  const wanted = inOrder(fleet.map((clock) => expected(clock, world.supervisor.displayName)));
  expect(inOrder(await rows())).toEqual(wanted.map(({ told: _, ...row }) => row));
}, 60_000);

it('cases change while it runs: they are waited for, and neither what happened nor what counted is lost', async () => {
  const { policy, fleet } = await edited(600);
  const running = fleet.filter(({ metric, runsSince }) => metric === 'first_useful_action' && runsSince !== null);
  const touched = running.slice(0, 40).map(({ caseId }) => caseId);
  const [held = ''] = touched;
  const id = await world.start(policy);
  // One is in somebody's hands the whole time.
  const hold = world.rooms.database.createQueryRunner();
  await hold.connect();
  await hold.startTransaction();
  await hold.query('select from cases where id = $1 for update', [held]);
  const others = touched.slice(1);
  const write = async () => {
    for (const caseId of others) {
      await untilDone(() => world.patch(caseId, { status: 'waiting', waitReason: 'customer' }));
      await readOn([caseId]);
    }
  };
  await Promise.all([write(), world.work(), world.work()]);
  await world.work();
  expect(await run(id)).toMatchObject({ state: 'running', done: 599 });
  await hold.rollbackTransaction();
  await hold.release();
  await world.work();
  expect(await run(id)).toMatchObject({ state: 'done', done: 600, changed: 600 });
  await readOn(casesOf(fleet));
  const after = new Map((await rows()).map((row) => [`${row.caseId} ${row.metric}`, row]));
  for (const clock of fleet.filter(({ caseId }) => others.includes(caseId))) {
    const row = after.get(`${clock.caseId} ${clock.metric}`);
    const { counted, minutes, endedAt, breachedAt, told } = expected(clock, '');
    expect(row).toMatchObject({ counted, minutes, endedAt, breachedAt, runsSince: null });
    const types = row?.lines.map((line) => line.split(' ')[0]);
    const wanted = AFTER[clock.metric] ? ['paused', 'reapplied'] : ['ended'];
    expect(
      types?.filter((type) => type !== 'breached' && (type !== 'paused' || AFTER[clock.metric])).toSorted(),
    ).toEqual(wanted);
    expect(types?.filter((type) => type === 'breached')).toHaveLength(told.length);
  }
  const untouched = new Set(casesOf(fleet).filter((caseId) => !others.includes(caseId)));
  const wanted = fleet
    .filter(({ caseId }) => untouched.has(caseId))
    .map((clock) => expected(clock, world.supervisor.displayName));
  for (const { told: _, ...row } of wanted) expect(after.get(`${row.caseId} ${row.metric}`)).toEqual(row);
}, 60_000);

it('one that cannot be changed holds up no other, and says why', async () => {
  const { policy, fleet } = await edited(50);
  const [bad = '', stuck = '', over = ''] = casesOf(fleet);
  const { db } = world.rooms;
  await db.query(
    `create function refuse_clock() returns trigger language plpgsql as $$ begin if new.case_id = '${bad}' then raise exception 'broken on purpose'; end if; return new; end $$`,
  );
  await db.query('create trigger refuse before update on clock for each row execute function refuse_clock()');
  const id = await world.start(policy);
  await db.query(`update case_ledger set stuck = 'cannot be read', seq = -1 where case_id = $1`, [stuck]);
  await db.query(`update case_ledger set is_over = true where case_id = $1`, [over]);
  await world.work();
  const after = await run(id);
  expect(after).toMatchObject({ state: 'done', total: 50, done: 50, changed: 47, failed: 2 });
  expect(after.failures.map(({ caseId, code }) => [caseId, code]).toSorted()).toEqual(
    [
      [bad, 'policy.case_unwritten'],
      [stuck, 'policy.clocks_unreadable'],
    ].toSorted(),
  );
  expect(after.failures[0]?.message).toMatch(/^(El caso|Lo ocurrido)/u);
  const left = await db.query<{ id: string }>(
    'select case_id as id from case_ledger l join sla_policy_version v on v.id = l.policy_version_id where v.version < $1',
    [policy.version],
  );
  expect(left.map(({ id: caseId }) => caseId).toSorted()).toEqual([bad, stuck, over].toSorted());
  await db.query('drop trigger refuse on clock');
}, 60_000);

it('a statement that takes too long is halved; one case that takes too long alone is to blame', async () => {
  const { policy, fleet } = await edited(40);
  const [slow = ''] = casesOf(fleet);
  const { db } = world.rooms;
  await db.query(
    `create function take_long() returns trigger language plpgsql as $$ begin if new.case_id = '${slow}' then raise exception using errcode = '57014', message = 'too long on purpose'; end if; return new; end $$`,
  );
  await db.query('create trigger too_long before update on clock for each row execute function take_long()');
  const id = await world.start(policy);
  await world.work();
  await db.query('drop trigger too_long on clock');
  expect(await run(id)).toMatchObject({ state: 'done', total: 40, done: 40, changed: 39, failed: 1 });
}, 60_000);
