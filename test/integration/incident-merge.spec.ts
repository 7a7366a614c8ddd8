import { MergeService, UnmergeService } from '#cases';
import { mail, receive } from '../factories/rooms.js';
import { openIncidents, type IncidentsWorld } from './incidents.world.js';

let world: IncidentsWorld;
beforeAll(async () => {
  world = await openIncidents();
});
afterAll(() => world.rooms.close());

it('who is part of an incident stays so under the case they are merged into, of which it was only proposed', async () => {
  const [kept = '', taken = ''] = (
    await receive(world.rooms, mail('propuesta@correo.test'), mail('dentro@correo.test'))
  ).map(({ caseId }) => caseId);
  const id = await world.open({ caseIds: [taken] });
  expect(await world.add(id, [kept], world.agent)).toEqual(['proposed']);
  const customerOf = async (caseId: string) =>
    String((await world.query('select customer_id from cases where id = $1', caseId))[0]?.['customer_id']);
  const order = { into: await customerOf(kept), from: await customerOf(taken), reason: 'Es la misma persona' };
  const actor = { kind: 'agent' as const, id: world.agent.id, name: world.agent.displayName };
  const { database } = world.rooms;
  const { mergeId } = await database.transaction((tx) => world.rooms.get(MergeService).customers(tx, actor, order));
  const { reached } = await world.preview(id, { kind: 'update', text: { es: 'Seguimos.', en: 'Still on it.' } });
  expect(reached).toBe(1);

  await database.transaction((tx) => world.rooms.get(UnmergeService).undo(tx, world.agent, mergeId));
  const states = await world.query('select case_id, state from incident_case where incident_id = $1', id);
  expect(new Map(states.map((row) => [row['case_id'], row['state']]))).toEqual(
    new Map([
      [taken, 'in'],
      [kept, 'proposed'],
    ]),
  );
});
