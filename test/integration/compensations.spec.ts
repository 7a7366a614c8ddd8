import { BenefitView } from '#views';
import { aPerson, aStore, readerOf } from '../factories/rooms.js';
import { waitFor } from '../support/wait.js';
import { compensations, discount, FIRST, openGoodwill, refusal, type GoodwillWorld } from './goodwill.world.js';

const HOUR_MS = 3_600_000;
let world: GoodwillWorld;
beforeAll(async () => {
  world = await openGoodwill();
}, 60_000);
beforeEach(() => world.rooms.clock.set(FIRST));
afterAll(() => world?.rooms.close());

const record = (caseId: string, change = {}, by = world.agent) =>
  world.tx((tx) =>
    compensations(world).open(tx, by, caseId, {
      ...{ service: 'telephone', from: FIRST, to: null, monthlyFeeCents: 3000, averageCents: null },
      ...{ currency: 'EUR', reason: 'Antena caída', ...change },
    }),
  );
const withdraw = (id: string, by = world.agent) =>
  world.tx((tx) => compensations(world).withdraw(tx, by, id, 'Era su teléfono'));
const listed = (caseId: string) =>
  world.rooms.get(BenefitView).compensations(world.rooms.database.manager, readerOf(world.agent), caseId);
const billed = (id: string) =>
  world.rooms.db.query('select type from benefit_message where compensation_id = $1', [id]);

it('owed in another currency than that of the law is never put on a bill by itself', async () => {
  const caseId = await world.aCase();
  const [yen, euros] = [await record(caseId, { currency: 'JPY' }), await record(caseId, { service: 'internet' })];
  world.rooms.clock.advance(72 * HOUR_MS);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  expect(await listed(caseId)).toMatchObject([
    { id: yen, state: 'owed', amountCents: 1500, currency: 'JPY', automatic: false },
    { id: euros, state: 'owed', amountCents: 1500, currency: 'EUR', automatic: true },
  ]);
  expect(await billed(yen)).toEqual([]);
  expect(await billed(euros)).toEqual([{ type: 'compensation.owed' }]);
});

it('comes to something while it lasts, each second a little more, until it is owed', async () => {
  const caseId = await world.aCase();
  const [id, other] = [await record(caseId), await record(caseId, { service: 'internet', monthlyFeeCents: 2000 })];
  const soFar = async (...ids: string[]) =>
    Object.fromEntries(await compensations(world).soFar(world.rooms.database.manager, ids));
  expect(await soFar(id, other)).toEqual({ [id]: 0, [other]: 0 });
  world.rooms.clock.advance(24 * HOUR_MS);
  expect(await soFar(id, other)).toEqual({ [id]: 500, [other]: 334 });
  expect(await soFar(other)).toEqual({ [other]: 334 });
  world.rooms.clock.advance(48 * HOUR_MS);
  expect(await soFar(id)).toEqual({ [id]: 1500 });
  await withdraw(other);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  expect(await soFar(id, other)).toEqual({});
  expect(await listed(caseId)).toMatchObject([{ state: 'owed', amountCents: 1500 }, { state: 'withdrawn' }]);
});

it('of two that a merge brought beside each other only one counts the time they share', async () => {
  const caseId = await world.aCase();
  const id = await record(caseId);
  const [twin] = await world.rooms.db.query<{ id: string }>(
    `insert into legal_compensation select (jsonb_populate_record(k, jsonb_build_object('id', 'ffffffff-' || substr(k.id::text, 10),
       'from_at', k.from_at - interval '1 day'))).* from legal_compensation k where k.id = $1 returning id`,
    [id],
  );
  world.rooms.clock.advance(24 * HOUR_MS);
  const sums = await compensations(world).soFar(world.rooms.database.manager, [id, twin?.id ?? '']);
  expect([...sums.values()]).toEqual([500, expect.any(Number)]);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  const owed = Object.fromEntries((await listed(caseId)).map((one) => [one.id, one.amountCents]));
  expect(owed).toEqual(Object.fromEntries(sums));
});

it('withdrawn with a reason it stays to be seen, and is owed no more', async () => {
  const caseId = await world.aCase();
  const id = await record(caseId);
  await withdraw(id);
  world.rooms.clock.advance(HOUR_MS);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  expect(await listed(caseId)).toMatchObject([{ state: 'withdrawn', amountCents: 0 }]);
  expect(await billed(id)).toEqual([]);
  const [told] = await world.events(caseId, 'compensation.withdrawn');
  expect(told?.data).toMatchObject({ compensationId: id, reason: 'Era su teléfono' });
  expect(await refusal(withdraw(id))).toBe('compensation.settled');
  expect(await refusal(withdraw('01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11'))).toBe('compensation.not_found');
});

it('who does not see the case does not see what it is owed', async () => {
  const id = await record(await world.aCase());
  const stranger = await aPerson(world.rooms, 'store', await aStore(world.rooms));
  expect(await refusal(withdraw(id, stranger))).toBe('compensation.not_found');
});

it('is withdrawn while all works again at the same moment: one waits for the other, nobody is thrown out', async () => {
  const caseId = await world.aCase();
  const id = await record(caseId);
  world.rooms.clock.advance(HOUR_MS);
  let late: Promise<unknown> = Promise.resolve();
  await world.tx(async (tx) => {
    await tx.query('select from cases where id = $1 for no key update', [caseId]);
    late = refusal(withdraw(id));
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await waitFor(async () => (await world.rooms.db.query(waiting)).length === 1);
    await compensations(world).settle(tx, caseId, world.rooms.clock.now());
  });
  expect(await late).toBe('compensation.settled');
  expect(await listed(caseId)).toMatchObject([{ state: 'owed' }]);
});

it('what goes wrong in the database is told as that, not as something that is not there', async () => {
  const caseId = await world.aCase();
  const id = await record(caseId);
  await world.tx(async (holder) => {
    await holder.query('select from legal_compensation where id = $1 for update', [id]);
    const said = await world
      .tx(async (tx) => {
        await tx.query(`set local lock_timeout = '50ms'`);
        return compensations(world)
          .withdraw(tx, world.agent, id, 'Era su teléfono')
          .catch((error: unknown) => error);
      })
      .catch((error: unknown) => error);
    expect(String(said)).toContain('lock timeout');
  });
});

it('a fee that changes cannot be weighed by limits of another currency', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const { benefitId } = await world.give(caseId, discount());
  await world.rooms.db.query(
    `insert into goodwill_limits (version, content, created_at)
     select version + 1, jsonb_set(content, '{currency}', '"JPY"'), now() from goodwill_limits order by version desc limit 1`,
  );
  const change = world.tx((tx) =>
    world.decisions().changeFee(tx, world.agent, benefitId, { from: '2026-11-01', monthlyFeeCents: 900_000 }),
  );
  expect(await refusal(change)).toBe('benefit.other_currency');
  await world.rooms.db.query('delete from goodwill_limits where version > 1');
});
