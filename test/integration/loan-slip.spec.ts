import { LoanDecisions, LoanerModels, LoanerPool, LoanFollowJob, LoanRounds, Loans } from '#loaners';
import type { Principal } from '#identity';
import { LoanView } from '#views';
import { aPerson } from '../factories/rooms.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

const DAY = 86_400_000;
let world: RepairWorld;
let boss: Principal;
beforeAll(async () => {
  world = await openRepairs();
  boss = await aPerson(world.rooms, 'supervisor');
});
afterAll(() => world.rooms.close());

const later = (ms: number) => world.rooms.clock.advance(ms);

async function lentFor(caseId: string, repairId: string): Promise<string> {
  const { rooms, storeId } = world;
  return rooms.database.transaction(async (tx) => {
    const model = { brand: 'Auriga', name: `Uno ${repairId}`, os: 'android' as const, sims: ['nano' as const] };
    const modelId = await rooms.get(LoanerModels).add(tx, boss, model);
    const loanerId = await rooms.get(LoanerPool).add(tx, boss, { storeId, modelId, label: repairId, grade: 'A' });
    const order = { caseId, repairId, storeId, outcome: 'accepted' as const, loanerId };
    const { loanId = '' } = await rooms.get(LoanDecisions).decide(tx, boss, order);
    const signed = { termsVersion: 1, unsignedBecause: 'En papel', relieves: ['calls' as const] };
    await rooms.get(Loans).handOver(tx, boss, { ...signed, loanId });
    return loanId;
  });
}

/** The relay hands on what happened, in one batch, twice. */
async function relay(caseId: string): Promise<void> {
  const rows = await world.rooms.db.query<{ id: string; seq: string; type: string; data: Record<string, unknown> }>(
    `select id, seq::text, type, data from case_event where case_id = $1 and type like 'repair.%' order by seq`,
    [caseId],
  );
  const at = world.rooms.clock.now().toISOString();
  const events = rows.map((row) => ({ ...row, caseId, caseVersion: 1, at, correlationId: null }));
  const job = world.rooms.get(LoanFollowJob);
  await Promise.all([job.run({ events, correlationId: null }), job.run({ events, correlationId: null })]);
}
const dueOf = async (loanId: string) => {
  const [row] = await world.rooms.db.query<{ at: Date }>('select due_at as at from loan where id = $1', [loanId]);
  return row?.at.getTime() ?? 0;
};

it('the day slips by three: one direct message says both, the loaner is due three days later, nobody is dunned', async () => {
  const { caseId, repairId } = await world.taken();
  await world.promise(repairId, world.in(5));
  const loanId = await lentFor(caseId, repairId);
  const before = await dueOf(loanId);
  expect(before).toBe(world.in(7).getTime());
  await world.promise(repairId, world.in(6), 'Falta una pieza');
  await world.promise(repairId, world.in(8), 'La pieza viene de fuera');
  await relay(caseId);
  later(10 * 60_000);
  await Promise.all([world.sweep(), world.sweep()]);
  await relay(caseId);
  await world.sweep();
  const [message, ...more] = await world.told(caseId);
  expect(more).toEqual([]);
  expect(message).toContain('La pieza viene de fuera');
  expect(message).toContain('de préstamo es tuyo hasta el');
  expect((await dueOf(loanId)) - before).toBe(3 * DAY);
  expect(await world.events(caseId, 'loan.due_moved')).toHaveLength(1);
  later(30 * DAY);
  await world.rooms.get(LoanRounds).run();
  expect(await world.events(caseId, 'loan.overdue')).toEqual([]);
});

it('the history of a phone tells what was lent while it was away, also when its record became another', async () => {
  const { rooms, storeId } = world;
  const { caseId, repairId, deviceId } = await world.taken();
  const loans = async (id: string) => rooms.get(LoanView).ofDevice(rooms.database.manager, id);
  expect(await loans(deviceId)).toEqual([]);
  const loanId = await lentFor(caseId, repairId);
  const name = `Auriga Uno ${repairId} · ${repairId}`;
  const from = rooms.clock.now().toISOString();
  expect(await loans(deviceId)).toEqual([{ id: loanId, state: 'active', loaner: name, from, until: null }]);
  later(DAY);
  const back = { loanId, unsignedBecause: 'En papel' };
  await rooms.database.transaction((tx) => rooms.get(Loans).takeBack(tx, boss, back));
  expect(await loans(deviceId)).toMatchObject([{ state: 'returned', until: rooms.clock.now().toISOString() }]);
  // Kept for somebody who has shown one phone and of whose repair nothing was said.
  const other = await world.taken();
  const model = { brand: 'Auriga', name: 'Dos', os: 'android' as const, sims: ['nano' as const] };
  const kept = await rooms.database.transaction(async (tx) => {
    const modelId = await rooms.get(LoanerModels).add(tx, boss, model);
    await rooms.get(LoanerPool).add(tx, boss, { storeId, modelId, label: 'D-1', grade: 'A' });
    return rooms.get(LoanDecisions).decide(tx, boss, { caseId: other.caseId, storeId, outcome: 'accepted', modelId });
  });
  expect(await loans(other.deviceId)).toMatchObject([{ id: kept.loanId, state: 'reserved', from: null }]);
  await rooms.db.query('update device set joined_into = $2 where id = $1', [other.deviceId, deviceId]);
  expect((await loans(deviceId)).map(({ id }) => id)).toEqual([kept.loanId, loanId]);
});
