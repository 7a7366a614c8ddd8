import { actorOf, MergeService, UnmergeService } from '#cases';
import { GoodwillRules } from '#goodwill';
import { aStore } from '../factories/rooms.js';
import { DAY_MS, discount, FIRST, openGoodwill, refusal, type GoodwillWorld } from './goodwill.world.js';

const HOUR_MS = 3_600_000;

let world: GoodwillWorld;
beforeAll(async () => {
  world = await openGoodwill();
}, 60_000);
beforeEach(async () => {
  world.rooms.clock.set(FIRST);
  // Time goes back: whoever came to a rule in the last test's future has not yet.
  await world.rooms.db.query('update goodwill_rule set swept_to = null');
});
afterAll(() => world?.rooms.close());

const after = (days: number, hours = 0) =>
  world.rooms.clock.set(new Date(new Date(FIRST).getTime() + days * DAY_MS + hours * HOUR_MS));
const bills = (caseId: string) =>
  world.rooms.db.query<{ body: string }>(
    `select m.body from benefit_message m join benefit b on b.id = m.benefit_id where b.case_id = $1 and m.type = 'fee_discount.stopped'`,
    [caseId],
  );
const counted = (caseId: string) =>
  world.rooms.db.query<{ day: string; cents: number }>(
    `select d.day::text, d.amount_cents::int as cents from benefit_accrual d join benefit b on b.id = d.benefit_id where b.case_id = $1 order by d.day`,
    [caseId],
  );
const rulesOf = async (caseId: string) =>
  (await world.list(caseId)).map(({ rule, state }) => [rule?.name ?? null, state]);

it('30.00 € a month, 70 %, ten of thirty days without service: 7.00 €, one message, stopped at that moment', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const { benefitId } = await world.give(caseId, discount());
  expect(await world.one(benefitId)).toMatchObject({ state: 'active', from: '2026-11-01', to: null, accruedCents: 70 });
  for (let day = 1; day < 10; day += 1) {
    after(day);
    await world.count();
    await world.count();
    expect(await world.one(benefitId)).toMatchObject({ days: day + 1, accruedCents: 70 * (day + 1) });
  }
  after(9, 5);
  await world.restoreAll(caseId);
  after(13);
  await world.count();
  await world.settle(caseId);
  await world.settle(caseId);
  await world.count();
  const stopped = await world.one(benefitId);
  expect(stopped).toMatchObject({ state: 'stopped', to: '2026-11-11', accruedCents: 700, valueCents: 700, days: 10 });
  expect(stopped.lines).toHaveLength(10);
  const [bill, ...more] = await bills(caseId);
  expect(more).toEqual([]);
  expect(JSON.parse(bill?.body ?? '{}')).toMatchObject({
    type: 'fee_discount.stopped',
    data: { amount: { cents: 700, currency: 'EUR' }, from: '2026-11-01', to: '2026-11-11', days: 10, percent: 70 },
  });
  const { story } = await world.detail(caseId);
  expect(story).toContainEqual(expect.objectContaining({ kind: 'owed', code: 'benefit' }));
  expect((await world.events(caseId, 'benefit.stopped')).map(({ data }) => data['totalCents'])).toEqual([700]);
});

it('what is only relieved goes on; all of it has to work again', async () => {
  const caseId = await world.aCase({ tier: 'gold', lacks: ['calls', 'data'] });
  const { benefitId } = await world.give(caseId, discount());
  const { impacts } = await world.detail(caseId);
  after(2);
  await world.impact(caseId, impacts[0]?.id ?? '', 'restored');
  await world.impact(caseId, impacts[1]?.id ?? '', 'relieved');
  await world.settle(caseId);
  expect((await world.one(benefitId)).state).toBe('active');
  after(4);
  await world.impact(caseId, impacts[1]?.id ?? '', 'restored');
  await world.settle(caseId);
  expect(await world.one(benefitId)).toMatchObject({ state: 'stopped', days: 5 });
});

it('stops at the moment it worked, also when it broke again before anybody looked; no day counts twice', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const { benefitId } = await world.give(caseId, discount());
  after(2, 1);
  await world.restoreAll(caseId);
  after(2, 3);
  await world.report(caseId, 'calls');
  after(3);
  await world.count();
  await world.settle(caseId);
  expect(await world.one(benefitId)).toMatchObject({ state: 'stopped', to: '2026-11-04', days: 3 });
  const again = await world.give(caseId, discount());
  expect(await world.one(again.benefitId)).toMatchObject({ from: '2026-11-03', days: 1, accruedCents: 70 });
  const days = (await counted(caseId)).map(({ day }) => day);
  expect(days).toEqual(['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']);
});

it('a second discount on the same fee is refused while the first one runs', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  await world.give(caseId, discount());
  expect(await refusal(world.give(caseId, discount({ percent: 10 })))).toBe('benefit.stands_already');
  expect(await refusal(world.give(caseId, discount({ percent: 10, line: '600100200' })))).toBe('done');
});

it('days that are stated count as stated; impossible ones are refused', async () => {
  const caseId = await world.aCase({ tier: 'gold', lacks: [] });
  after(20);
  expect(await refusal(world.give(caseId, discount()))).toBe('benefit.not_impaired');
  expect(await refusal(world.give(caseId, discount({ from: '2026-12-01', to: '2026-12-02' })))).toBe(
    'benefit.bad_span',
  );
  expect(await refusal(world.give(caseId, discount({ from: '2026-11-03', to: '2026-11-03' })))).toBe(
    'benefit.bad_span',
  );
  // Above what they may give alone: it is refused all the same, before anybody is asked to approve it.
  const backwards = { from: '2026-11-10', to: '2026-11-03', monthlyFeeCents: 1_000_000 };
  expect(await refusal(world.give(caseId, discount(backwards)))).toBe('benefit.bad_span');
  const { benefitId } = await world.give(caseId, discount({ from: '2026-11-01', to: '2026-11-11' }));
  expect(await world.one(benefitId)).toMatchObject({ state: 'stopped', accruedCents: 700 });
  expect(await bills(caseId)).toHaveLength(1);
  const over = await world.give(caseId, discount({ from: '2026-11-05', to: '2026-11-15' }));
  expect(await world.one(over.benefitId)).toMatchObject({ state: 'stopped', days: 4, accruedCents: 280 });
});

it('one that is to end on a day ends there, whatever is still lacking', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const { benefitId } = await world.give(caseId, discount({ to: '2026-11-04' }));
  after(6);
  await world.count();
  expect(await world.one(benefitId)).toMatchObject({ state: 'stopped', to: '2026-11-04', days: 3, accruedCents: 210 });
});

it('a plan that changes midway counts each day by its own fee', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const { benefitId } = await world.give(caseId, discount());
  after(5);
  await world.tx((tx) =>
    world.decisions().changeFee(tx, world.agent, benefitId, { from: '2026-11-04', monthlyFeeCents: 6000 }),
  );
  after(9, 5);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  expect(await world.one(benefitId)).toMatchObject({ accruedCents: 3 * 70 + 7 * 140, days: 10 });
});

it('days are those of the store the phone was brought to', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const storeId = await aStore(world.rooms);
  await world.rooms.db.query(`update store set time_zone = 'Atlantic/Canary' where id = $1`, [storeId]);
  const [row] = await world.rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [
    caseId,
  ]);
  await world.visit({ storeId, caseReference: row?.reference, text: 'Viene' });
  after(1, -3.5);
  expect((await world.standing(caseId)).timeZone).toBe('Atlantic/Canary');
  const { benefitId } = await world.give(caseId, discount());
  // Half past midnight in Madrid is half past eleven there: the second day has not begun.
  expect(await world.one(benefitId)).toMatchObject({ from: '2026-11-01', days: 1 });
  await world.count();
  expect((await world.one(benefitId)).days).toBe(1);
  after(1, -2.9);
  await world.count();
  expect((await world.one(benefitId)).days).toBe(2);
});

it('rules propose on their day, by tier, once of each rule and case, whoever sweeps', async () => {
  const [newer, longer] = [await world.aCase(), await world.aCase({ tier: 'gold', feeCents: null })];
  after(1, -0.1);
  await world.propose();
  expect([await rulesOf(newer), await rulesOf(longer)]).toEqual([[], []]);
  after(1, 0.1);
  await Promise.all([world.propose(), world.propose(), world.propose()]);
  await world.propose();
  expect(await rulesOf(newer)).toEqual([['Un día sin servicio', 'proposed']]);
  expect(await rulesOf(longer)).toEqual([['Un día sin servicio, plata y oro', 'proposed']]);
  const [offered] = await world.list(newer);
  expect(offered).toMatchObject({ values: { percent: 50, monthlyFeeCents: 3000 }, rule: { version: 1, afterDays: 1 } });
  after(5, 0.1);
  await world.propose();
  expect(new Set((await world.list(newer)).map(({ kind }) => kind))).toEqual(
    new Set(['fee_discount', 'voucher', 'points']),
  );
  expect(await rulesOf(longer)).toHaveLength(4);
  expect(await world.events(newer, 'benefit.proposed')).toHaveLength(3);
  const decide = (id: string, body = {}) => world.tx((tx) => world.decisions().approve(tx, world.agent, id, body));
  const ofLonger = (await world.list(longer)).find(({ kind }) => kind === 'fee_discount')?.id ?? '';
  expect(await refusal(decide(ofLonger))).toBe('benefit.fee_unknown');
  expect(await refusal(decide(ofLonger, { monthlyFeeCents: 3000, currency: 'EUR' }))).toBe('done');
  expect(await world.one(ofLonger)).toMatchObject({ state: 'active', from: '2026-11-01', days: 6, accruedCents: 420 });
  await decide(offered?.id ?? '');
  await world.propose();
  expect(await world.events(newer, 'benefit.proposed')).toHaveLength(3);
});

it('a proposal above what who takes it up may give waits for somebody else', async () => {
  const caseId = await world.aCase({ feeCents: 9000 });
  after(1, 1);
  await world.propose();
  const [offered] = await world.list(caseId);
  const approve = (by = world.agent) => world.tx((tx) => world.decisions().approve(tx, by, offered?.id ?? '', {}));
  expect(await approve()).toEqual({ waits: true });
  expect(await world.one(offered?.id ?? '')).toMatchObject({ state: 'proposed', needs: ['above_limit'] });
  expect(await approve(world.supervisor)).toEqual({ waits: false });
});

it('who took a proposal up after all works again is given the days it did not', async () => {
  const caseId = await world.aCase();
  after(1, 1);
  await world.propose();
  after(3);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  after(6);
  const [offered] = await world.list(caseId);
  await world.tx((tx) => world.decisions().approve(tx, world.agent, offered?.id ?? '', {}));
  expect(await world.one(offered?.id ?? '')).toMatchObject({ state: 'stopped', days: 4, accruedCents: 200 });
});

it('a changed rule proposes as it says now, and not again where it has', async () => {
  const caseId = await world.aCase({ tier: 'silver' });
  after(3, 1);
  await world.propose();
  const before = await rulesOf(caseId);
  const rules = world.rooms.get(GoodwillRules);
  await world.tx(async (tx) => {
    const [first] = (await rules.list(tx)).filter(({ name }) => name === 'Cinco días sin servicio, plata y oro');
    if (!first) throw new Error('no such rule');
    const { name, isActive, version, tiers, lacks, terms } = first;
    await rules.change(tx, world.supervisor, first.id, { name, isActive, version, afterDays: 3, tiers, lacks, terms });
  });
  await world.propose();
  await world.propose();
  expect((await rulesOf(caseId)).length - before.length).toBe(1);
});

it('two cases become one: a day both have counted counts once; taken apart again each has its own', async () => {
  const [kept, taken] = [await world.aCase({ tier: 'gold' }), await world.aCase({ tier: 'gold' })];
  const [one, other] = [await world.give(kept, discount()), await world.give(taken, discount())];
  after(3);
  await world.count();
  const { mergeId } = await world.tx(async (tx) =>
    world.rooms.get(MergeService).customers(tx, actorOf(world.agent), {
      into: await world.customerOf(kept),
      from: await world.customerOf(taken),
      reason: 'La misma persona',
    }),
  );
  after(5);
  await world.count();
  const sum = async () => [
    (await world.one(one.benefitId)).accruedCents,
    (await world.one(other.benefitId)).accruedCents,
  ];
  expect((await sum()).reduce<number>((all, cents) => all + (cents ?? 0), 0)).toBe(6 * 70);
  await world.tx((tx) => world.rooms.get(UnmergeService).undo(tx, world.agent, mergeId));
  after(6);
  await world.count();
  expect(await sum()).toEqual([7 * 70, 7 * 70]);
});
