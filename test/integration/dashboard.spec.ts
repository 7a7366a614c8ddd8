import { jest } from '@jest/globals';
import { DashboardTile, type DashboardRow } from '#contracts';
import { Doors } from '#cases';
import { WallLinkService } from '#identity';
import { DashboardCounters } from '#sla';
import { DashboardPanelsView, DashboardView, HealthView, WallView } from '#views';
import { aPerson, aStore, mail, openRooms, receive, type Rooms } from '../factories/rooms.js';
import { WallDoor } from '../../apps/api/src/http/wall-door.js';
import { waitFor } from '../support/wait.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOBODY = new Map<string, 'viewing'>();

let rooms: Rooms;
let queues: string[];
beforeAll(async () => {
  rooms = await openRooms();
  for (const name of ['Averías', 'Facturas'])
    await rooms.db.query('insert into queue (id, name) values (gen_random_uuid(), $1)', [name]);
  queues = (await rooms.db.query<{ id: string }>('select id from queue order by name')).map(({ id }) => id);
});
afterAll(() => rooms?.close());

const view = () => rooms.get(DashboardView);
const counters = () => rooms.get(DashboardCounters);

/** A case as its clocks left it. */
interface Ledger {
  lacks: string[];
  without_service: boolean;
  is_answered: boolean;
  next_due_at: Date | null;
  next_is_late: boolean;
  update_late: boolean;
  quiet: boolean;
  is_over: boolean;
  queue_id: string | null;
  assignee_id: string | null;
}

const CALM: Ledger = {
  ...{ lacks: [], without_service: false, is_answered: false, next_due_at: null, next_is_late: false },
  ...{ update_late: false, quiet: false, is_over: false, queue_id: null, assignee_id: null },
};

let serial = 0;
async function aCase(ledger: Partial<Ledger> = {}, displayName = `Persona ${(serial += 1)}`): Promise<string> {
  const [arrival] = await receive(
    rooms,
    mail(`p${(serial += 1)}@correo.test`, { displayName, lacks: ledger.without_service ? ['calls'] : [] }),
  );
  const caseId = arrival?.caseId ?? '';
  await put(caseId, ledger);
  return caseId;
}

async function put(caseId: string, ledger: Partial<Ledger>): Promise<void> {
  await rooms.db.query('insert into case_ledger (case_id) values ($1) on conflict do nothing', [caseId]);
  const row = { ...CALM, ...ledger };
  const columns = Object.keys(row);
  await rooms.db.query(
    `update case_ledger l set ${columns.map((column) => `${column} = w.${column}`).join(', ')} from jsonb_populate_record(null::case_ledger, $2) w where l.case_id = $1`,
    [caseId, JSON.stringify(row)],
  );
  await rooms.db.query(`update cases set queue_id = coalesce($2, queue_id) where id = $1`, [caseId, row.queue_id]);
}

const figures = async (queueId: string | null = null): Promise<Record<string, number>> =>
  Object.fromEntries((await view().tiles(queueId)).tiles.map(({ tile, count }) => [tile, count]));

async function all(tile: DashboardTile, queueId?: string, limit = 2): Promise<DashboardRow[]> {
  const rows: DashboardRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await view().rows({ tile, queueId, cursor, limit });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

const at = (minutes: number): Date => new Date(rooms.clock.now().getTime() + minutes * MINUTE_MS);

it('every figure opens exactly its rows, the worst first, of all queues and of one', async () => {
  const [first, second] = queues;
  const cases = {
    paper: await aCase(
      { lacks: ['photos'], without_service: true, is_answered: true, next_due_at: at(300) },
      'Lucía Gil',
    ),
    worse: await aCase({
      lacks: ['calls'],
      without_service: true,
      next_is_late: true,
      next_due_at: at(-90),
      queue_id: first,
    }),
    late: await aCase({ next_is_late: true, next_due_at: at(-10), queue_id: second ?? null }),
    loaner: await aCase({ without_service: true, is_answered: true, next_due_at: at(29) }),
    nearing: await aCase({ is_answered: true, next_due_at: at(30) }),
    later: await aCase({ is_answered: true, next_due_at: at(31) }),
    over: await aCase({
      lacks: ['calls'],
      without_service: true,
      next_is_late: true,
      next_due_at: at(-5),
      is_over: true,
    }),
  };
  const told = await figures();
  expect(told).toEqual({
    ...{ paper: 1, without_service: 3, without_loaner: 2, breached: 2, at_risk: 2 },
    ...{ update_late: 0, handovers: 0, escalations: 0 },
  });
  for (const tile of DashboardTile.options) expect([tile, (await all(tile)).length]).toEqual([tile, told[tile]]);
  const ids = async (tile: DashboardTile, queue?: string) => (await all(tile, queue)).map((row) => row.case.id);
  expect(await ids('paper')).toEqual([cases.paper]);
  expect(await ids('breached')).toEqual([cases.worse, cases.late]);
  expect(await ids('at_risk')).toEqual([cases.loaner, cases.nearing]);
  expect(await ids('breached', second)).toEqual([cases.late]);
  expect(await figures(first)).toMatchObject({ breached: 1, without_service: 1, at_risk: 0 });
  const { tiles, nextChangeAt } = await view().tiles(null);
  expect(tiles[0]).toMatchObject({ tile: 'paper', first: [{ customer: 'Lucía Gil', lacks: ['photos'] }] });
  // A minute from now the next one is within half an hour.
  expect(nextChangeAt).toBe(at(1).toISOString());
  rooms.clock.advance(MINUTE_MS);
  expect(await ids('at_risk')).toEqual([cases.loaner, cases.nearing, cases.later]);
  expect((await counters().recount()).wrong).toEqual([]);
});

it('hand-overs nobody acknowledged stand under their figure with whom they were handed to', async () => {
  const [from, to] = [await aPerson(rooms), await aPerson(rooms)];
  const caseId = await aCase();
  await rooms.db.query(
    `insert into handover (id, case_id, from_agent, to_agent, by_id, by_name, reason, at) values (gen_random_uuid(), $1, $2, $3, $2, 'x', 'Turno', $4)`,
    [caseId, from.id, to.id, at(-60)],
  );
  expect(await figures()).toMatchObject({ handovers: 1 });
  expect(await all('handovers')).toMatchObject([{ who: to.displayName, case: { id: caseId } }]);
  await rooms.db.query('update handover set acknowledged_at = at, acknowledged_by = to_agent');
  expect(await figures()).toMatchObject({ handovers: 0 });
});

describe('the kept figures', () => {
  const BOOLEANS = ['without_service', 'is_answered', 'next_is_late', 'update_late', 'quiet', 'is_over'] as const;

  /** The same numbers each run. */
  function dice(seed: number): (sides: number) => number {
    let state = seed;
    return (sides) => (state = (state * 48_271) % 2_147_483_647) % sides;
  }

  it('agree with all rows at every moment, whoever writes at the same time and whenever they are added up', async () => {
    const cases: string[] = [];
    // What is late was due.
    for (let n = 0; n < 24; n += 1) cases.push(await aCase({ next_due_at: at(-5) }));
    const writer = async (seed: number, mine: string[]) => {
      const roll = dice(seed);
      for (let deed = 0; deed < 40; deed += 1) {
        const caseId = mine[roll(mine.length)] ?? '';
        const flags = Object.fromEntries(BOOLEANS.map((name) => [name, roll(2) === 1]));
        const queue = [null, ...queues][roll(queues.length + 1)] ?? null;
        await rooms.db.query(
          `update case_ledger set (${BOOLEANS.join(', ')}) = row (${BOOLEANS.map((name) => String(flags[name])).join(', ')}),
             lacks = $2, queue_id = $3, assignee_id = $4 where case_id = any($1)`,
          [roll(4) === 0 ? mine : [caseId], roll(2) ? ['calls'] : [], queue, roll(2) ? caseId : null],
        );
        if (deed % 5 === 0) await counters().fold();
        if (deed % 8 === 0) expect((await counters().recount()).wrong).toEqual([]);
      }
    };
    await Promise.all([0, 1, 2, 3].map((n) => writer(7919 * (n + 1), cases.slice(n * 6, n * 6 + 6))));
    expect((await counters().recount()).wrong).toEqual([]);
    while (await counters().fold());
    const [left] = await rooms.db.query<{ n: number }>('select count(*)::int as n from dashboard_delta');
    expect(left?.n).toBe(0);
    expect((await counters().recount()).wrong).toEqual([]);
    const told = await figures();
    for (const tile of ['paper', 'without_service', 'without_loaner', 'breached'] as const)
      expect([tile, (await all(tile, undefined, 200)).length]).toEqual([tile, told[tile]]);
  });

  it('take nothing along from what was rolled back', async () => {
    const caseId = await aCase();
    const before = await figures();
    await rooms.database
      .transaction(async (tx) => {
        await tx.query('update case_ledger set next_is_late = true where case_id = $1', [caseId]);
        throw new Error('never mind');
      })
      .catch((error: Error) => expect(error.message).toBe('never mind'));
    expect(await figures()).toEqual(before);
  });

  it('are mended once, though two count them anew at once', async () => {
    await rooms.db.query(`insert into dashboard_delta (tile, queue_id, delta) values ('breached', $1, 7)`, [queues[0]]);
    await rooms.db.query(`
      create function stop_before_mending() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(4242); return new; end $$;
      create trigger stop_before_mending before insert on dashboard_delta for each row execute function stop_before_mending();`);
    let counts: Promise<unknown>[] = [];
    await rooms.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(4242)');
      counts = [counters().recount(), counters().recount()];
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await waitFor(async () => (await rooms.db.query(waiting)).length === counts.length);
    });
    await Promise.all(counts);
    await rooms.db.query('drop trigger stop_before_mending on dashboard_delta; drop function stop_before_mending');
    expect((await counters().recount()).wrong).toEqual([]);
  });

  it('that are wrong are told, mended, and right from then on', async () => {
    const before = await figures();
    await rooms.db.query(`update dashboard_count set count = count + 5 where tile = 'breached'`);
    const road = async () =>
      (await rooms.get(HealthView).read(false)).road.steps.find(({ name }) => name === 'figures');
    expect(await road()).toMatchObject({ works: true });
    const { at, wrong } = await counters().recount();
    expect(await road()).toEqual({ name: 'figures', works: false, at });
    rooms.clock.advance(1000);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every(({ tile, kept, counted }) => tile === 'breached' && kept === counted + 5)).toBe(true);
    expect(await figures()).toEqual(before);
    expect((await counters().recount()).wrong).toEqual([]);
    expect(await road()).toMatchObject({ works: true, at: null });
  });
});

it('the days that are over are counted once, from what was lost and when it came back', async () => {
  const other = await openRooms();
  try {
    const now = other.clock.now();
    const since = (days: number) => new Date(now.getTime() - days * DAY_MS);
    const lost = async (from: number, until: number | null) => {
      const [arrival] = await receive(other, mail(`d${(serial += 1)}@correo.test`, { lacks: ['calls'] }));
      const caseId = arrival?.caseId ?? '';
      await other.db.query('update cases set opened_at = $2 where id = $1', [caseId, since(from)]);
      await other.db.query(
        `update impact set reported_at = $2, restored_at = $3, state = case when $3::timestamptz is null then 'reported' else 'restored' end where case_id = $1`,
        [caseId, since(from), until === null ? null : since(until)],
      );
    };
    await lost(4, null);
    await lost(3, 1.5);
    await lost(20, 16);
    await other.get(DashboardCounters).nightly();
    const days = async () => (await other.get(DashboardPanelsView).read(null, NOBODY)).days.map(({ count }) => count);
    expect(await days()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1, 1]);
    // What is written down stays as it was.
    await other.db.query(`update impact set state = 'restored', restored_at = reported_at`);
    await other.get(DashboardCounters).nightly();
    const [row] = await other.db.query<{ n: number }>('select sum(count)::int as n from service_day');
    expect(row?.n).toBe(5);
    expect((await other.db.query('select from dashboard_recount')).length).toBe(1);
  } finally {
    await other.close();
  }
});

it('panels say who waits where, and who is there', async () => {
  const storeId = await aStore(rooms);
  const clerk = await aPerson(rooms, 'store', storeId);
  const agent = await aPerson(rooms);
  const [mine, waiting] = [await aCase(), await aCase()];
  await rooms.db.query(`update cases set assignee_id = $2, opened_at = $3 where id = $1`, [
    mine,
    clerk.id,
    at(-4 * 1440),
  ]);
  await rooms.db.query(`update cases set status = 'waiting', wait_reason = 'parts' where id = $1`, [waiting]);
  await rooms.db.query(`update agent set on_shift = true where id = $1`, [agent.id]);
  const panels = await rooms.get(DashboardPanelsView).read(null, new Map([[clerk.id, 'at_counter']]));
  const place = (name: string) => panels.places.find((each) => each.place === name);
  expect(place('store')).toMatchObject({ ages: [0, 0, 1, 0] });
  expect(place('parts')?.ages.reduce((sum, n) => sum + n)).toBe(1);
  const states = new Map(panels.people.map((person) => [person.id, [person.state, person.load]]));
  expect(states.get(clerk.id)).toEqual(['at_counter', 1]);
  expect(states.get(agent.id)).toEqual(['available', 0]);
});

describe('a wall', () => {
  it('shows first names and figures, and no more', async () => {
    await aCase(
      { next_is_late: true, next_due_at: at(-9999), lacks: ['data'], without_service: true },
      'Hassan El Idrissi',
    );
    const by = await aPerson(rooms, 'supervisor');
    const links = rooms.get(WallLinkService);
    const { link, token } = await links.issue(rooms.database.manager, by, {
      name: 'Sala',
      queueId: null,
      language: 'es',
    });
    const wall = await links.open(rooms.database.manager, token);
    const now = await rooms.get(WallView).read(wall);
    expect(now.due[0]).toEqual({ firstName: 'Hassan', word: 'data', dueAt: at(-9999).toISOString(), isLate: true });
    expect(now.figures.map(({ tile }) => tile)).toEqual(DashboardTile.options);
    const references = await rooms.db.query<{ reference: string; name: string }>(
      'select reference, customer_name as name from cases',
    );
    const text = JSON.stringify(now);
    for (const { reference, name } of references) expect(text.includes(reference) || text.includes(name)).toBe(false);
    const [kept] = await rooms.db.query<{ kept: string }>('select wall_link::text as kept from wall_link');
    expect(kept?.kept).not.toContain(token);

    await links.revoke(rooms.database.manager, link.id);
    await expect(links.open(rooms.database.manager, token)).rejects.toThrow('wall.closed');
    await expect(links.open(rooms.database.manager, `${token}x`)).rejects.toThrow('wall.closed');
    expect(await links.list(rooms.database.manager)).toEqual([]);
  });

  const aWall = async (role: 'supervisor' | 'admin' = 'supervisor') => {
    const by = await aPerson(rooms, role);
    const body = { name: 'Sala', queueId: null, language: 'es' as const };
    return { by, ...(await rooms.get(WallLinkService).issue(rooms.database.manager, by, body)) };
  };

  it.each([
    [
      'is no longer one of us',
      `update agent set active = false where id = $1`,
      `update agent set active = true where id = $1`,
    ],
    [
      'may not supervise any more',
      `update agent set role = 'agent' where id = $1`,
      `update agent set role = 'supervisor' where id = $1`,
    ],
  ])('ends for good when who made it %s', async (_, gone, back) => {
    const links = rooms.get(WallLinkService);
    const { by, token } = await aWall();
    await expect(links.open(rooms.database.manager, token)).resolves.toMatchObject({ name: 'Sala' });
    await rooms.db.query(gone, [by.id]);
    await expect(links.open(rooms.database.manager, token)).rejects.toThrow('wall.closed');
    await rooms.db.query(back, [by.id]);
    await expect(links.open(rooms.database.manager, token)).rejects.toThrow('wall.closed');
    expect(await links.list(rooms.database.manager)).toEqual([]);
  });

  it('is looked at once a second, however many screens ask, and closed to who tries tokens', async () => {
    const door = new WallDoor(rooms.database, rooms.get(WallLinkService), rooms.get(Doors));
    const { token } = await aWall();
    const { token: other } = await aWall();
    const asked = jest.spyOn(rooms.database, 'query');
    const view = rooms.get(WallView);
    const show = async () => view.read(await door.open(token, '203.0.113.7'));
    const first = await show();
    const questions = asked.mock.calls.length;
    expect(await Promise.all(Array.from({ length: 50 }, show))).toEqual(Array(50).fill(first));
    expect(asked.mock.calls.length).toBe(questions);
    asked.mockRestore();

    const wrong = (at: number) => door.open(`wrong-${String(at).padStart(20, '0')}`, '203.0.113.7');
    for (let at = 0; at < 30; at += 1) await expect(wrong(at)).rejects.toThrow('wall.closed');
    await expect(wrong(30)).rejects.toThrow('door.throttled');
    await expect(door.open(other, '203.0.113.7')).rejects.toThrow('door.throttled');
    door.forget();
    await expect(door.open(token, '203.0.113.7')).resolves.toMatchObject({ name: 'Sala' });
    await expect(door.open(other, '198.51.100.9')).resolves.toMatchObject({ name: 'Sala' });
    rooms.clock.advance(16 * 60_000);
    await expect(wrong(31)).rejects.toThrow('wall.closed');
  });
});
