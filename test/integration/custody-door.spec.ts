import { CustodyView } from '#views';
import { readerOf } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

let world: HandoffWorld;
beforeAll(async () => {
  world = await openHandoffs();
});
afterAll(() => world.rooms.close());

const custody = async (caseId: string) => {
  const view = world.rooms.get(CustodyView);
  const { devices } = await view.ofCase(world.rooms.database.manager, readerOf(world.agent), caseId);
  return { kinds: devices[0]?.chain.map(({ to }) => to.kind), legs: devices[0]?.legs ?? [] };
};
const holder = async (repairId: string) => (await world.repair(repairId)).holder;

it('a phone is where the partner says it is, and its repair says the same', async () => {
  const taken = await world.taken();
  const id = await world.given(taken, await world.partner());
  await world.hear(id, { kind: 'accepted' });
  await world.hear(id, { kind: 'received' });
  expect(await holder(taken.repairId)).toBe('partner');
  const etaAt = world.in(2).toISOString();
  const sent = { kind: 'dispatched', carrier: 'Correo Veloz', trackingNumber: 'V-9', etaAt } as const;
  await world.hear(id, sent);
  await world.hear(id, sent);
  expect(await holder(taken.repairId)).toBe('courier');
  const { kinds, legs } = await custody(taken.caseId);
  expect(kinds).toEqual(['store', 'partner', 'courier']);
  expect(legs).toMatchObject([
    { state: 'under_way', trackingNumber: 'V-9', courier: { name: 'Correo Veloz' }, etaAt, handoffId: id },
  ]);
  const moves = await world.events(taken.caseId, 'custody.moved');
  expect(moves.map(({ data }) => (data['to'] as { kind: string }).kind)).toEqual(['partner', 'courier']);
});

it('taken back, what had not left for them does not leave', async () => {
  const taken = await world.taken();
  const partnerId = await world.partner();
  const id = await world.given(taken, partnerId);
  const { partner } = await world.handoff(id);
  await world.rooms.db.query(
    `insert into custody_leg (id, case_id, device_id, handoff_id, place, code, from_kind, from_id, from_name, to_kind, to_id, to_name, courier_name, state, state_at,
       planned_name, planned_at) values (gen_random_uuid(), $1, $2, $3, 1, 'L-0000-000X', 'store', $4, 'Nexo', 'partner', $5, $6, 'Rauda', 'planned', now(), 'x', now())`,
    [taken.caseId, taken.deviceId, id, world.storeId, partnerId, partner.name],
  );
  await world.say(id, { kind: 'cancelled', reason: 'Ya no hace falta' });
  expect((await custody(taken.caseId)).legs).toMatchObject([{ state: 'cancelled' }]);
  expect(await world.events(taken.caseId, 'leg.cancelled')).toHaveLength(1);
});
