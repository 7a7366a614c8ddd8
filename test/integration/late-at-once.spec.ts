import type { EntityManager } from 'typeorm';
import { withRetry } from '#platform';
import { Breaches, EscalationService, type Lane } from '#sla';
import { addCases } from '../../apps/launcher/src/demo/bulk.js';
import { aPerson, openRooms, type Rooms } from '../factories/rooms.js';

/** More than two portions, due in the same second, marked and raised side by side. */
const CASES = 1300;

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openRooms();
  await aPerson(rooms);
  await addCases(rooms.database, CASES);
});
afterAll(() => rooms.close());

/** Every first clock is due now, and on the rung that is reached when it is late. */
const allDue = () =>
  rooms.db.query(
    `with ladder as (select v.id from ladder_version v join ladder l on l.id = v.ladder_id where l.queue_id is null),
       moved as (update clock k set due_at = $1, breached_at = null, is_told = false, ladder_version_id = (select id from ladder), rungs_raised = 1, next_rung = 1, rung_at = $1
         where metric = 'first_useful_action' returning case_id)
     update case_ledger l set next_due_at = $1, next_is_late = false from moved m where l.case_id = m.case_id`,
    [rooms.clock.now()],
  );

/** Looks until nobody finds anything more, several at once. @returns how often each found something */
async function sideBySide(look: (tx: EntityManager, lane: Lane) => Promise<boolean>): Promise<number[]> {
  const lane = async (at: number) => {
    let found = 0;
    while (await withRetry(rooms.database, (tx) => look(tx, { at, of: 3 }))) found += 1;
    return found;
  };
  return Promise.all([lane(0), lane(1), lane(2)]);
}

const told = (type: string) =>
  rooms.db.query<{ cases: number; events: number; waiting: number; versions: number }>(
    `select count(distinct e.case_id)::int as cases, count(*)::int as events, count(o.seq)::int as waiting, count(distinct (e.case_id, e.case_version))::int as versions
     from case_event e left join case_outbox o on o.event_id = e.id where e.type = $1`,
    [type],
  );

it('what is late in the same second is told of and escalated once, though several look at once', async () => {
  await allDue();
  const [breaches, escalations] = [rooms.get(Breaches), rooms.get(EscalationService)];

  const marked = await sideBySide(async (tx) => (await breaches.mark(tx)).told > 0);
  // Who looks meanwhile gets others, and waits for nobody.
  expect(marked.filter((portions) => portions > 0).length).toBeGreaterThan(1);
  const once = { cases: CASES, events: CASES, waiting: CASES, versions: CASES };
  expect(await told('clock.breached')).toEqual([once]);
  expect(await rooms.db.query(`select from case_ledger where not next_is_late`)).toEqual([]);

  // The same when each has a share of its own.
  const raised = await sideBySide(async (tx, lane) => (await escalations.raise(tx, lane)).done);
  expect(raised.filter((portions) => portions > 0).length).toBe(3);
  expect(await told('escalation.raised')).toEqual([once]);
  const [left] = await rooms.db.query<{ clocks: number; escalations: number; wrong: number }>(
    `select (select count(*)::int from clock where rung_at <= $1) as clocks, (select count(*)::int from escalation) as escalations,
       (select count(*)::int from cases c where version <> (select max(case_version) from case_event e where e.case_id = c.id)) as wrong`,
    [rooms.clock.now()],
  );
  expect(left).toEqual({ clocks: 0, escalations: CASES, wrong: 0 });
});

it('says when the next one is late, when none is', async () => {
  const at = rooms.clock.now().getTime() + 300;
  await rooms.db.query(
    `update clock set due_at = $1, breached_at = null where (case_id, metric) in (select case_id, metric from clock where metric = 'resolution' limit 1)`,
    [new Date(at)],
  );
  const look = () => rooms.database.transaction((tx) => rooms.get(Breaches).mark(tx));
  expect(await look()).toEqual({ told: 0, more: false, nextIn: 300 });
  rooms.clock.advance(300);
  expect(await look()).toMatchObject({ told: 1, more: false });
});
