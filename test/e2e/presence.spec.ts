import { PRESENCE_LEASE_SECONDS, PresenceList } from '#contracts';
import { PresenceService } from '../../apps/api/src/live/presence.service.js';
import { waitFor } from '../support/wait.js';
import { Window } from './presence.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let marta: Staff;
let iván: Staff;
let rubén: Staff;
/** One case of each store. */
let goya: string;
let granvia: string;
const windows: Window[] = [];

beforeAll(async () => {
  world = await startWorld();
  [marta, iván, rubén] = await Promise.all([
    world.login('agent@hilo.test'),
    world.login('ivan@hilo.test'),
    world.login('store@hilo.test'),
  ]);
  const visit = async (storeId: string, phone: string) =>
    (await marta.visit({ storeId, customer: { displayName: 'Ana', phone }, text: 'No enciende.' })).caseId;
  goya = await visit(world.stores.goya, '+34612000001');
  granvia = await visit(world.stores.granvia, '+34612000002');
});
afterEach(async () => {
  for (const window of windows.splice(0)) window.close();
  await waitFor(async () => (await at(marta, goya, granvia)).every(({ people }) => people.length === 0));
});
afterAll(() => world?.stop());

const open = async (staff: Staff, batched = false): Promise<Window> => {
  const window = await Window.open(staff, batched);
  windows.push(window);
  return window;
};
const at = async (staff: Staff, ...ids: string[]) =>
  (await staff.done(`/presence?cases=${ids.join(',')}`, PresenceList)).items;

describe('who is at a case', () => {
  it('is told to those who see it, as it changes, and is over with the window', async () => {
    const [hers, his, looking] = [await open(marta), await open(iván), await open(rubén)];
    await hers.be(goya, 'viewing');
    await his.sees(goya, 'Marta Rey: viewing');
    await hers.be(goya, 'writing');
    await looking.sees(goya, 'Marta Rey: writing');
    await his.be(goya, 'viewing');
    await looking.sees(goya, 'Marta Rey: writing', 'Iván Salas: viewing');
    hers.close();
    await looking.sees(goya, 'Iván Salas: viewing');
    await his.be(goya, null);
    await looking.sees(goya);
  });

  it('counts two windows of one person once, with the most they do', async () => {
    const [one, other, looking] = [await open(marta), await open(marta), await open(iván)];
    await one.be(goya, 'at_counter');
    await other.be(goya, 'viewing');
    await looking.sees(goya, 'Marta Rey: at_counter');
    one.close();
    await looking.sees(goya, 'Marta Rey: viewing');
  });

  it('is asked for by who has just come: the cases on their screen, on the socket or by REST', async () => {
    const hers = await open(marta);
    await hers.be(goya, 'viewing');
    await waitFor(async () => (await at(iván, goya))[0]?.people.length === 1);
    const late = await open(iván, true);
    expect(await late.watch(goya, granvia)).toMatchObject({
      ok: true,
      items: [
        { caseId: goya, people: [{ displayName: 'Marta Rey', state: 'viewing' }] },
        { caseId: granvia, people: [] },
      ],
    });
    expect(await at(iván, granvia, goya)).toEqual([
      { caseId: granvia, people: [] },
      { caseId: goya, people: [expect.objectContaining({ displayName: 'Marta Rey' })] },
    ]);
  });

  it('is told to a browser for what it watches only', async () => {
    const [hers, his] = [await open(marta), await open(iván, true)];
    await his.watch(goya);
    await hers.be(granvia, 'viewing');
    await hers.be(goya, 'viewing');
    await his.sees(goya, 'Marta Rey: viewing');
    await his.watch(granvia);
    await hers.be(granvia, 'writing');
    await his.sees(granvia, 'Marta Rey: writing');
    expect(his.told.map(({ caseId }) => caseId)).toEqual([goya, granvia]);
  });

  it('runs out when a window says nothing any more', async () => {
    const [hers, his] = [await open(marta), await open(iván)];
    await hers.be(goya, 'writing');
    await his.sees(goya, 'Marta Rey: writing');
    world.clock.advance(PRESENCE_LEASE_SECONDS * 1000);
    world.product.app.get(PresenceService).look();
    await his.sees(goya);
    await hers.be(goya, 'viewing');
    await his.sees(goya, 'Marta Rey: viewing');
  });
});

describe('a case that is not theirs', () => {
  it('tells store staff nothing, whichever way they ask', async () => {
    const [hers, listening, watching] = [await open(marta), await open(rubén), await open(rubén, true)];
    expect(await watching.watch(granvia, goya)).toEqual({ ok: true, items: [{ caseId: goya, people: [] }] });
    expect(await watching.be(granvia, 'viewing')).toEqual({ ok: false, code: 'case.not_found' });
    await hers.be(granvia, 'writing');
    await hers.be(goya, 'writing');
    // What is told keeps its order: what came before this would be here.
    await Promise.all([listening.sees(goya, 'Marta Rey: writing'), watching.sees(goya, 'Marta Rey: writing')]);
    for (const { told } of [listening, watching]) expect(told.map(({ caseId }) => caseId)).toEqual([goya]);
    expect(await at(rubén, granvia)).toEqual([]);
    await hers.be(granvia, 'writing');
    await waitFor(async () => (await at(marta, granvia))[0]?.people[0]?.displayName === 'Marta Rey');
    expect(await at(rubén, granvia)).toEqual([]);
  });

  it('stops telling when it goes out of their sight, also to who watched it before', async () => {
    const until = new Date(Date.now() + 3_600_000);
    await world.database.query('insert into case_grant (viewer, case_id, until) values ($1, $2, $3)', [
      ...[world.stores.goya, granvia, until],
    ]);
    const [hers, watching, listening] = [await open(marta), await open(rubén, true), await open(rubén)];
    await watching.watch(granvia, goya);
    await hers.be(granvia, 'viewing');
    for (const window of [watching, listening]) await window.sees(granvia, 'Marta Rey: viewing');
    await world.database.query('delete from case_grant');
    await hers.be(granvia, 'writing');
    await hers.be(goya, 'viewing');
    for (const window of [watching, listening]) {
      await window.sees(goya, 'Marta Rey: viewing');
      expect(window.now(granvia)).toEqual(['Marta Rey: viewing']);
    }
  });

  it('does not exist, and nothing that is no case does', async () => {
    const hers = await open(marta);
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(await hers.be(nobody, 'viewing')).toEqual({ ok: false, code: 'case.not_found' });
    for (const wish of [null, 'x', {}, { caseId: goya, state: 'asleep' }, { caseId: 'x', state: 'viewing' }])
      expect(await hers.say('presence', wish)).toEqual({ ok: false, code: 'request.invalid' });
    expect(await hers.say('presence.watch', { caseIds: Array.from({ length: 101 }, () => goya) })).toEqual({
      ok: false,
      code: 'request.invalid',
    });
    for (const cases of ['', 'x', Array.from({ length: 101 }, () => goya).join(',')])
      expect(errorOf(await marta.ask(`/presence?cases=${cases}`))).toMatchObject({ status: 400 });
  });

  it('is not knocked at without end', async () => {
    const hers = await open(marta);
    const answers = await Promise.all(Array.from({ length: 60 }, () => hers.be(goya, 'viewing')));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(20);
    expect(refused[0]).toEqual({ ok: false, code: 'presence.too_often' });
  });
});
