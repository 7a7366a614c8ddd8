import { aPerson, dm, receive } from '../factories/rooms.js';
import { openIncidents, type IncidentsWorld } from './incidents.world.js';

let world: IncidentsWorld;
beforeAll(async () => {
  world = await openIncidents();
});
afterAll(() => world.rooms.close());

const UPDATE = { kind: 'update' as const, text: { es: 'Seguimos con ello.', en: 'Still on it.' } };

async function anIncident(author: string) {
  const [arrival] = await receive(world.rooms, dm(author));
  return world.open({ caseIds: [arrival?.caseId ?? ''] });
}

it('one that cannot be taken back does not keep the next from being written', async () => {
  const stuck = await anIncident('500001');
  const first = await world.send(stuck, UPDATE);
  await world.worker().run();
  const leaver = await aPerson(world.rooms, 'supervisor');
  await world.stop(stuck, first, leaver);
  // Who stopped it works in a store now, and sees its cases no more.
  await world.query(`update agent set role = 'store', store_id = $2 where id = $1`, leaver.id, world.storeId);
  const other = await anIncident('500002');
  const second = await world.send(other, UPDATE);
  await world
    .worker()
    .run()
    .catch(() => undefined);
  expect((await world.progress(other, second)).counts).toMatchObject({ waiting: 0, queued: 1 });
});
