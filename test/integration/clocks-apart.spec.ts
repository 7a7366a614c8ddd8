import type { EntityManager } from 'typeorm';
import { ImpactService } from '#cases';
import { Breaches, ClockService, EscalationDeeds, EscalationService } from '#sla';
import { aPerson, mail, receive } from '../factories/rooms.js';
import { openMerges, type Merges } from './merge.world.js';

/** A case that is merged and taken apart again has the clocks and escalations of one that never was: nobody hides what is late. */

const MINUTE_MS = 60_000;

let world: Merges;
beforeEach(async () => {
  world = await openMerges();
});
afterEach(() => world?.rooms.close());

const inside = <T>(deed: (tx: EntityManager) => Promise<T>) => world.rooms.database.transaction(deed);
async function sweep(): Promise<void> {
  const { rooms, query } = world;
  const readOn = async () => {
    const ids = (await query('select id from cases order by id')).map(({ id }) => String(id));
    await inside((tx) => rooms.get(ClockService).advance(tx, ids));
  };
  await readOn();
  await inside((tx) => rooms.get(Breaches).mark(tx));
  await inside((tx) => rooms.get(EscalationService).raise(tx));
  await readOn();
  await inside((tx) => rooms.get(EscalationService).climb(tx));
  await readOn();
}
/** Time passes, and the house sweeps each five minutes. */
async function pass(minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 5) {
    world.rooms.clock.advance(Math.min(5, left) * MINUTE_MS);
    await sweep();
  }
}

interface Person {
  caseId: string;
  customerId: string;
  address: string;
}
/** They all write in the same moment. */
async function people(count: number): Promise<Person[]> {
  const addresses = Array.from({ length: count }, () => world.anAddress());
  const occurredAt = world.now();
  const arrivals = await receive(
    world.rooms,
    ...addresses.map((address) => mail(address, { subject: null, occurredAt })),
  );
  await sweep();
  return Promise.all(
    arrivals.map(async ({ caseId }, at) => {
      const { customer_id: customerId } = await world.caseRow(caseId);
      return { caseId, customerId: String(customerId), address: addresses[at] ?? '' };
    }),
  );
}

const seconds = (column: string) => `extract(epoch from k.${column} - (select min(opened_at) from cases))::int / 60`;
/** Clocks as anybody sees them, in minutes since the first case. */
const clocks = ({ caseId }: Person, onlyLive = false) =>
  world.query(
    `select metric, side, round, ${seconds('due_at')} as due, ${seconds('breached_at')} as late, is_told, met_at is not null as met, ended_at is not null as ended,
       paused_for, runs_since is not null as runs, rungs_raised, next_rung, ${seconds('rung_at')} as rung
     from clock k where case_id = $1 and (not $2 or met_at is null and ended_at is null) order by metric, side, round`,
    caseId,
    onlyLive,
  );
const escalations = ({ caseId }: Person) =>
  world.query(
    `select metric, round, rung, reason, ${seconds('due_at')} as due, ${seconds('raised_at')} as raised, ${seconds('acknowledge_by')} as by, told::text,
       acknowledged_at is not null as acknowledged, ended_why, is_shown
     from escalation k where case_id = $1 order by metric, round, rung`,
    caseId,
  );
const ledger = ({ caseId }: Person) =>
  world.one(
    'select next_metric, next_due_at, next_is_late, quiet, is_over, is_answered from case_ledger where case_id = $1',
    caseId,
  );
const all = async (person: Person) => ({
  clocks: await clocks(person),
  escalations: await escalations(person),
  ledger: await ledger(person),
});

it.each([
  ['a minute', 1],
  ['three hours', 180],
])('a late case comes back late after %s, with what was escalated of it, and goes on so', async (_, minutes) => {
  await aPerson(world.rooms, 'supervisor');
  const [late, never, into, control] = await people(4);
  if (!late || !never || !into || !control) throw new Error('nobody wrote');
  await pass(65);
  expect((await escalations(late)).map(({ rung, ended_why }) => [rung, ended_why])).toEqual([
    [0, null],
    [1, null],
  ]);
  const mergeId = await world.merge(into.customerId, late.customerId);
  await sweep();
  expect(new Set((await escalations(late)).map(({ ended_why }) => ended_why))).toEqual(new Set(['dropped']));
  await pass(minutes);
  await world.undo(mergeId);
  await sweep();
  await sweep();
  const shown = await all(late);
  const expected = await all(never);
  // What would have climbed meanwhile climbs now: it was said to nobody before.
  const untimed = (picture: typeof shown) => ({
    ...picture,
    escalations: picture.escalations.map(({ raised: __, due, reason, ...one }) => [
      one,
      reason === 'unacknowledged' || due,
    ]),
  });
  expect(minutes === 1 ? shown : untimed(shown)).toEqual(minutes === 1 ? expected : untimed(expected));
  await pass(60);
  expect(untimed(await all(late))).toEqual(untimed(await all(never)));
  expect(await clocks(into, true)).toEqual(await clocks(control, true));
  expect((await world.eventsOf(late.caseId)).filter((type) => type === 'clock.breached')).toEqual(
    (await world.eventsOf(never.caseId)).filter((type) => type === 'clock.breached'),
  );
});

it('merged and parted before anybody looked, nothing was ever ended', async () => {
  await aPerson(world.rooms, 'supervisor');
  const [late, never, into] = await people(3);
  if (!late || !never || !into) throw new Error('nobody wrote');
  await pass(65);
  for (let again = 0; again < 3; again += 1) await world.undo(await world.merge(into.customerId, late.customerId));
  await sweep();
  expect(await all(late)).toEqual(await all(never));
  expect(await world.eventsOf(late.caseId)).not.toContain('escalation.ended');
});

it('what was acknowledged is so still, and nobody is told again; who had not is', async () => {
  const boss = await aPerson(world.rooms, 'supervisor');
  const [late, into] = await people(2);
  if (!late || !into) throw new Error('nobody wrote');
  await pass(65);
  const [row] = await world.query('select id from escalation where case_id = $1 and is_shown', late.caseId);
  await inside((tx) => world.rooms.get(EscalationDeeds).acknowledge(tx, boss, [String(row?.['id'])]));
  const mergeId = await world.merge(into.customerId, late.customerId);
  await pass(10);
  await world.undo(mergeId);
  await sweep();
  const reopened = await world.query(
    `select data from case_event where case_id = $1 and type = 'escalation.reopened' order by seq`,
    late.caseId,
  );
  expect(reopened.map(({ data }) => data)).toEqual([
    expect.objectContaining({ rung: 0, toldIds: [], accountableId: null }),
    expect.objectContaining({ rung: 1, toldIds: [], accountableId: null }),
  ]);
  expect((await escalations(late)).map(({ acknowledged, ended_why }) => [acknowledged, ended_why])).toEqual([
    [true, null],
    [true, null],
  ]);
});

it('who was answered while the cases were one was answered then', async () => {
  const [asked, into] = await people(2);
  if (!asked || !into) throw new Error('nobody wrote');
  const mergeId = await world.merge(into.customerId, asked.customerId);
  await pass(10);
  const thread = await world.one(
    'select t.id from channel_thread t join contact_point p on p.id = t.contact_point_id where p.value = $1',
    asked.address,
  );
  await world.reply(into.caseId, 'email', String(thread['id']));
  await world.query(`update delivery set state = 'sent', sent_at = $1`, world.rooms.clock.now());
  await pass(100);
  await world.undo(mergeId);
  await sweep();
  const [first] = (await clocks(asked)).filter(({ metric }) => metric === 'first_useful_action');
  expect(first).toMatchObject({ met: true, late: null });
});

it('what the other case took over goes back: its own clocks go on, those it got end, and nobody met them', async () => {
  const [lacking, into, control] = await people(3);
  if (!lacking || !into || !control) throw new Error('nobody wrote');
  const { rooms, agent } = world;
  await inside((tx) => rooms.get(ImpactService).report(tx, agent, lacking.caseId, { kind: 'calls' }));
  await sweep();
  const mergeId = await world.merge(into.customerId, lacking.customerId);
  await pass(10);
  expect((await clocks(into, true)).map(({ metric }) => metric)).toContain('relief');
  await world.undo(mergeId);
  await sweep();
  expect(await clocks(into, true)).toEqual(await clocks(control, true));
  expect((await clocks(into)).filter(({ metric }) => metric === 'relief')).toMatchObject([{ met: false, ended: true }]);
  expect((await clocks(lacking, true)).map(({ metric }) => metric)).toContain('relief');
});
