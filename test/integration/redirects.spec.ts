import { NearbyStoresService, StoreFactsService } from '#cases';
import { OwnershipView } from '#views';
import { aPerson, arrive, aStore, dm, mail } from '../factories/rooms.js';
import { openOwnership, type OwnershipWorld } from './ownership.world.js';

let world: OwnershipWorld;
let goya: string;
let colon: string;
beforeAll(async () => {
  world = await openOwnership();
  world.rooms.clock.set(openDay());
  goya = await aStore(world.rooms, 'Nexo Goya');
  colon = await aStore(world.rooms, 'Nexo Colón');
  await world.place(goya, 40.4247, -3.6773);
  await world.place(colon, 39.4699, -0.3723);
  await world.rooms.db.query(`update store set city = 'Valencia', postcode = '46004' where id = $1`, [colon]);
});
afterAll(() => world.rooms.close());

/** Eleven or noon in Madrid on a working day soon: what a store sees for a while ends by the clock of the database. */
function openDay(): Date {
  const day = new Date(Date.now() + 86_400_000);
  day.setUTCHours(10, 0, 0, 0);
  return day.getUTCDay() === 0 ? new Date(day.getTime() + 86_400_000) : day;
}

let customers = 0;
const aCase = async () => {
  customers += 1;
  return (await arrive(world.rooms, dm(`88000${customers}`, { displayName: 'Lucía Ferrer' }))).caseId;
};
const counterOf = async (storeId: string) => {
  const person = await aPerson(world.rooms, 'store', storeId);
  return { person, reader: { id: person.id, storeId: `${storeId},${person.id}` } };
};
const manager = () => world.rooms.database.manager;
const view = () => world.rooms.get(OwnershipView);

it('sends the way, the code and what to bring, and the store has the story until they come', async () => {
  const caseId = await aCase();
  const { person, reader } = await counterOf(goya);
  await expect(view().find(manager(), reader, caseId)).rejects.toMatchObject({ code: 'case.not_found' });
  const { redirectId, interactionId } = await world.redirect(caseId, {
    storeId: goya,
    channel: 'twitter',
    bring: ['device', 'id_document'],
  });
  const { reference, next } = await world.detail(caseId);
  const [sent] = await world.rooms.db.query<{ text: string }>('select text from interaction where id = $1', [
    interactionId,
  ]);
  expect(sent?.text).toContain('Nexo Goya, Calle Mayor, 1 (Madrid)');
  expect(sent?.text).toContain('Hoy está abierta hasta las 20:30');
  expect(sent?.text).toContain('Trae el móvil y tu DNI o NIE.');
  expect(sent?.text).toContain(reference);
  expect(sent?.text).toContain('https://www.openstreetmap.org/');
  expect(sent?.text).toMatch(/\/t\/[\w-]{32}$/u);
  expect(next).toMatchObject({ code: 'welcome', values: { storeName: 'Nexo Goya' }, noDue: 'customers_turn' });
  expect(await world.events(caseId, 'redirect.bare')).toEqual([]);
  expect(await view().onTheirWay(manager(), reader, goya)).toMatchObject([
    {
      id: redirectId,
      case: { reference, customer: 'Lucía Ferrer' },
      bring: ['device', 'id_document'],
      acknowledgedAt: null,
    },
  ]);
  expect(await view().find(manager(), reader, caseId)).toMatchObject({ owner: { kind: 'queue' } });
  await acknowledgeRefused(redirectId);
  await world.acknowledgeRedirect(redirectId, person);
  await world.acknowledgeRedirect(redirectId, person);
  expect(await view().redirect(manager(), reader, redirectId)).toMatchObject({ acknowledgedBy: { id: person.id } });
  expect(await world.events(caseId, 'redirect.acknowledged')).toHaveLength(1);
  await world.visit(person, { storeId: goya, caseReference: reference, text: 'Ya está aquí' });
  expect(await view().onTheirWay(manager(), reader, goya)).toEqual([]);
});

const acknowledgeRefused = async (redirectId: string) => {
  const elsewhere = await counterOf(colon);
  await expect(world.acknowledgeRedirect(redirectId, elsewhere.person)).rejects.toMatchObject({
    code: 'redirect.not_found',
  });
  await expect(world.acknowledgeRedirect(redirectId, world.agent)).rejects.toMatchObject({ code: 'permission.denied' });
};

it('is taken back with its message: nobody is on their way, and the store sees nothing of it', async () => {
  const caseId = await aCase();
  const { reader } = await counterOf(goya);
  const { interactionId } = await world.redirect(caseId, { storeId: goya, channel: 'twitter', bring: [] });
  await world.undo(interactionId);
  expect(await view().onTheirWay(manager(), reader, goya)).toEqual([]);
  await expect(view().find(manager(), reader, caseId)).rejects.toMatchObject({ code: 'case.not_found' });
  expect((await world.detail(caseId)).next).toMatchObject({ code: 'reply', values: {} });
  await world.answer(caseId);
  expect((await world.detail(caseId)).next).toMatchObject({ code: 'await_customer' });
});

it('carries the code as a picture in a mail, in the customer’s language', async () => {
  const { caseId, customerId } = await arrive(world.rooms, mail('way@correo.test', { displayName: 'Ann Lee' }));
  await world.rooms.db.query(`update customer set language = 'en' where id = $1`, [customerId]);
  const { interactionId } = await world.redirect(caseId, { storeId: goya, channel: 'email', bring: ['device'] });
  const [sent] = await world.rooms.db.query<{ text: string }>('select text from interaction where id = $1', [
    interactionId,
  ]);
  expect(sent?.text).toMatch(/^Hello, Ann: they expect you at Nexo Goya/u);
  const files = await world.rooms.db.query('select content_type, file_name from attachment where interaction_id = $1', [
    interactionId,
  ]);
  expect(files).toEqual([{ content_type: 'image/png', file_name: `${(await world.detail(caseId)).reference}.png` }]);
});

it('keeps the agent’s own words and still says the code', async () => {
  const caseId = await aCase();
  const { interactionId } = await world.redirect(caseId, {
    storeId: goya,
    channel: 'twitter',
    bring: [],
    text: 'Ve a la tienda de Goya, abre hasta las 20:30',
  });
  const [sent] = await world.rooms.db.query<{ text: string }>('select text from interaction where id = $1', [
    interactionId,
  ]);
  expect(sent?.text).toContain((await world.detail(caseId)).reference);
  expect(await world.events(caseId, 'redirect.bare')).toEqual([]);
});

it('refuses a store nobody knows the hours of', async () => {
  const caseId = await aCase();
  const storeId = await aStore(world.rooms);
  await expect(world.redirect(caseId, { storeId, channel: 'twitter', bring: [] })).rejects.toMatchObject({
    code: 'store.incomplete',
  });
});

it('writes down a reply that gives an address and no more', async () => {
  const caseId = await aCase();
  const interactionId = await world.answer(caseId, 'Puedes ir a nuestra tienda de Calle Mayor, 1.');
  expect(await world.events(caseId, 'redirect.bare')).toEqual([{ interactionId, missing: ['code', 'hours'] }]);
});

it('finds the nearest store by what was typed, else by where the customer lives, else by where they were last', async () => {
  const caseId = await aCase();
  const near = async (typed?: string) => {
    const found = await world.rooms.get(NearbyStoresService).find(manager(), world.agent, caseId, typed);
    return [found.nearBy, found.items[0]?.name, found.items[0]?.distanceKm];
  };
  expect(await near()).toEqual([null, expect.any(String), null]);
  expect(await near('Valencia')).toEqual(['typed', 'Nexo Colón', 0]);
  expect(await near('28013')).toEqual(['typed', 'Nexo Goya', expect.any(Number)]);
  expect((await near('Macondo'))[0]).toBeNull();
  const { person } = await counterOf(colon);
  await world.visit(person, { storeId: colon, customerId: (await world.detail(caseId)).customer.id, text: 'Pregunta' });
  expect(await near()).toEqual(['last_store', 'Nexo Colón', 0]);
  await world.rooms.db.query(
    `update customer set city = 'Toledo' where id = (select customer_id from cases where id = $1)`,
    [caseId],
  );
  expect((await near()).slice(0, 2)).toEqual(['city', 'Nexo Goya']);
});

describe('what a store tells of itself', () => {
  const tell = (
    who: Parameters<StoreFactsService['tell']>[1],
    storeId: string,
    body: Parameters<StoreFactsService['tell']>[3],
  ) => world.rooms.database.transaction((tx) => world.rooms.get(StoreFactsService).tell(tx, who, storeId, body));

  it('is who waits, for three hours', async () => {
    const { person } = await counterOf(goya);
    expect(await tell(person, goya, { waiting: 4 })).toMatchObject({
      waiting: 4,
      opening: { open: true, until: '20:30' },
    });
    world.rooms.clock.advance(3 * 3_600_000 + 1);
    expect(await world.rooms.get(StoreFactsService).one(manager(), goya)).toMatchObject({ waiting: null });
  });

  it('is that it stays closed today, and only today', async () => {
    const { person } = await counterOf(goya);
    expect(await tell(person, goya, { today: [] })).toMatchObject({
      opening: { open: false, today: [], next: { from: '10:00' } },
    });
    await world.place(goya, 40.4247, -3.6773);
  });

  it('is its own, not another’s', async () => {
    const { person } = await counterOf(goya);
    await expect(tell(person, colon, { waiting: 1 })).rejects.toMatchObject({ code: 'permission.denied' });
    await expect(tell(world.agent, goya, { waiting: 1 })).rejects.toMatchObject({ code: 'permission.denied' });
  });
});
