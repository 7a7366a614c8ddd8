import { Benefits, Contributions } from '#goodwill';
import { newId } from '#platform';
import { BenefitView } from '#views';
import { aPerson, readerOf } from '../factories/rooms.js';
import { refusal } from './goodwill.world.js';
import { LINE, openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
beforeAll(async () => {
  world = await openRepairs();
}, 60_000);
afterAll(() => world?.rooms.close());

/** A quote of which this much is goodwill. */
const sharing = (goodwill: number) => ({ lines: [{ ...LINE, shares: { carrier: 5_000, goodwill } }] });
const follow = (caseId: string, repairId: string) =>
  world.rooms.database.transaction((tx) => world.rooms.get(Contributions).follow(tx, caseId, repairId));
const given = async (caseId: string) => {
  const { items } = await world.rooms
    .get(BenefitView)
    .ofCase(world.rooms.database.manager, readerOf(world.agent), caseId);
  return items.map(({ kind, state, valueCents, currency }) => [kind, state, valueCents, currency].join(' '));
};
const told = (caseId: string) =>
  world.rooms.db
    .query<{ said: string }>(
      `select m.type || ' ' || (m.body::json -> 'data' -> 'amount' ->> 'cents') as said from benefit_message m join benefit b on b.id = m.benefit_id
       where b.case_id = $1 order by m.created_at, m.id`,
      [caseId],
    )
    .then((rows) => rows.map(({ said }) => said));
const approved = async (caseId: string, repairId: string, goodwill: number) => {
  const quote = await world.offered(repairId, sharing(goodwill));
  await world.byLink(await world.link(caseId), quote);
};
const give = (caseId: string, amountCents: number) =>
  world.rooms.database.transaction((tx) =>
    world.rooms.get(Benefits).give(tx, world.agent, {
      ...{ caseId, kind: 'repair_contribution', amountCents, currency: 'EUR', reason: 'Por la espera' },
    }),
  );

it('what a quote sets aside is given when it is approved, once, however often it is told', async () => {
  const { caseId, repairId } = await world.taken();
  await world.offered(repairId, sharing(2_000));
  await follow(caseId, repairId);
  expect(await given(caseId)).toEqual([]);
  const [open] = (await world.repair(repairId)).quotes;
  await world.byLink(await world.link(caseId), { id: open?.id ?? '', hash: open?.hash ?? '' });
  await Promise.all(Array.from({ length: 8 }, () => follow(caseId, repairId)));
  expect(await given(caseId)).toEqual(['repair_contribution active 2000 EUR']);
  expect(await told(caseId)).toEqual(['repair_contribution.granted 2000']);
  expect((await world.events(caseId, 'benefit.%')).map(({ type }) => type)).toEqual(['benefit.started']);
  expect((await world.events(caseId, 'quote.approved'))[0]?.data).toMatchObject({ goodwillCents: 2_000 });
});

it('another version that is declined, or runs out, changes nothing; one that is approved changes it', async () => {
  const { caseId, repairId } = await world.taken();
  await approved(caseId, repairId, 2_000);
  await follow(caseId, repairId);
  const second = await world.offered(repairId, sharing(3_000));
  await world.byLink(await world.link(caseId), second, { approves: false, reason: 'No' });
  await follow(caseId, repairId);
  expect(await given(caseId)).toEqual(['repair_contribution active 2000 EUR']);
  await approved(caseId, repairId, 4_000);
  await follow(caseId, repairId);
  await follow(caseId, repairId);
  expect(await given(caseId)).toEqual(['repair_contribution ended 0 EUR', 'repair_contribution active 4000 EUR']);
  expect(await told(caseId)).toEqual([
    'repair_contribution.granted 2000',
    'repair_contribution.withdrawn 2000',
    'repair_contribution.granted 4000',
  ]);
  await approved(caseId, repairId, 0);
  await follow(caseId, repairId);
  expect((await given(caseId)).filter((line) => line.includes('active'))).toEqual([]);
});

it('a repair that comes to nothing is given nothing', async () => {
  const { caseId, repairId } = await world.taken();
  await approved(caseId, repairId, 2_000);
  await follow(caseId, repairId);
  await world.move(repairId, 'cancelled', 'No lo quiere');
  await follow(caseId, repairId);
  expect(await given(caseId)).toEqual(['repair_contribution ended 0 EUR']);
  expect(await told(caseId)).toEqual(['repair_contribution.granted 2000', 'repair_contribution.withdrawn 2000']);
});

it('what was given by hand becomes what the quote says, never a second one', async () => {
  const { caseId, repairId } = await world.taken();
  await give(caseId, 2_000);
  await approved(caseId, repairId, 2_000);
  await follow(caseId, repairId);
  expect(await given(caseId)).toEqual(['repair_contribution active 2000 EUR']);
  expect(await refusal(give(caseId, 500))).toBe('benefit.in_quote');
  const other = await world.taken();
  await give(other.caseId, 1_000);
  await approved(other.caseId, other.repairId, 2_500);
  await follow(other.caseId, other.repairId);
  expect(await given(other.caseId)).toEqual(['repair_contribution ended 0 EUR', 'repair_contribution active 2500 EUR']);
});

it('a quote sets aside no more than whoever offers it may give; what stands for its repair makes way', async () => {
  const { caseId, repairId } = await world.taken();
  const boss = await aPerson(world.rooms, 'supervisor');
  const offers = (cents: number, by = world.agent, currency = 'EUR', of = repairId) =>
    refusal(
      world.rooms.database.transaction((tx) =>
        world.rooms.get(Contributions).demandWithin(tx, by, { caseId, repairId: of, cents, currency }),
      ),
    );
  expect([await offers(3_000), await offers(3_001), await offers(3_001, boss)]).toEqual([
    ...['done', 'benefit.above_limit', 'done'],
  ]);
  expect([await offers(15_001, boss), await offers(1, boss, 'USD'), await offers(0, world.agent, 'USD')]).toEqual([
    ...['benefit.above_limit', 'benefit.other_currency', 'done'],
  ]);
  await approved(caseId, repairId, 2_500);
  await follow(caseId, repairId);
  expect([await offers(3_000), await offers(501, world.agent, 'EUR', newId())]).toEqual([
    ...['done', 'benefit.above_limit'],
  ]);
});
