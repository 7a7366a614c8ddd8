import { CaseDetail, Closing, FactList, factText, IssuedLink } from '#contracts';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const DOCUMENT = '12345678Z';
const IMEI = '356938035643809';
const NUMBER = 'NX-00812';
/** What of them is left to tell two apart. */
const WHOLE = /12345678Z|356938035643809|NX-?00812|613\s?40\s?77\s?18/u;

let world: World;
let agent: Staff;
beforeAll(async () => {
  world = await startWorld();
  agent = await world.login('agent@hilo.test');
});
afterAll(() => world?.stop());

const post = (body: unknown) => ({ method: 'POST', body });

async function aStoryWithNames() {
  const { caseId, customerId } = await agent.visit({
    storeId: world.stores.goya,
    customer: { displayName: 'Carmen Sanz', email: 'carmen@correo.test' },
    text: 'Se le ha caído.',
    device: { imei: IMEI, model: 'Nova 5' },
  });
  for (const point of [
    { kind: 'document', value: DOCUMENT },
    { kind: 'customer_number', value: NUMBER },
    { kind: 'line', value: '613 40 77 18' },
  ])
    expect((await agent.ask(`/customers/${customerId}/contact-points`, post(point))).status).toBeLessThan(300);
  const about = `/cases/${caseId}`;
  const dueAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
  await agent.done(`${about}/facts`, CaseDetail, post({ kind: 'decided', text: `Con DNI ${DOCUMENT}` }));
  await agent.done(`${about}/promises`, CaseDetail, post({ text: `Abonar a ${NUMBER}`, dueAt }));
  const detail = await agent.done(`${about}/problems`, CaseDetail, post({ statement: 'La línea 613 40 77 18 no va' }));
  return { caseId, about, detail, dueAt };
}

it('the story tells nobody whole what contact points mask, until the customer has proven who they are', async () => {
  const { caseId, about, detail } = await aStoryWithNames();
  const told = (of: CaseDetail) => of.story.map((fact) => factText(fact, 'es'));
  const masked = ['Nova 5 · IMEI •••• 809', 'Con DNI •••• 78Z', 'Abonar a •••• 812', 'La línea •••• 718 no va'];
  expect(told(detail)).toEqual(expect.arrayContaining(masked));
  const link = await agent.done(`${about}/links`, IssuedLink, post({}));
  const everywhere = [about, `${about}?include=timeline`, `${about}/facts`, `${about}/closing`, `${about}/timeline`];
  const close = { method: 'PATCH', body: { version: detail.version, status: 'closed' } };
  const said = [await agent.ask(about, close), ...(await Promise.all(everywhere.map((path) => agent.ask(path))))];
  for (const { bytes } of [...said, await ask(link.url)]) expect(bytes.toString()).not.toMatch(WHOLE);
  expect((await agent.done(`${about}/closing`, Closing)).blockers.map(({ text }) => text.es)).toContainEqual(
    expect.stringMatching(/^Abonar a •••• 812/u),
  );

  const shown = { method: 'document_seen', document: { kind: 'nif', number: DOCUMENT } };
  const store = await world.login('store@hilo.test');
  expect((await store.ask(`${about}/proofs`, post(shown))).status).toBeLessThan(300);
  const whole = [`Nova 5 · IMEI ${IMEI}`, `Con DNI ${DOCUMENT}`, `Abonar a ${NUMBER}`, 'La línea 613 40 77 18 no va'];
  expect(told(await agent.case(caseId))).toEqual(expect.arrayContaining(whole));
  expect(JSON.stringify(await agent.done(`${about}/facts`, FactList))).toMatch(WHOLE);
  // What it was for a while stays out of the timeline and off the customer's page, which are read later too.
  expect((await agent.ask(`${about}/timeline`)).bytes.toString()).not.toMatch(WHOLE);
  expect((await ask(link.url)).bytes.toString()).not.toMatch(WHOLE);
  world.clock.advance(25 * 3_600_000);
  agent = await world.login('agent@hilo.test');
  expect(told(await agent.case(caseId))).toEqual(expect.arrayContaining(masked));
});

it('what is corrected without being seen whole is not lost', async () => {
  const customer = { displayName: 'Otra Persona', email: 'otra@correo.test' };
  const { caseId } = await agent.visit({ storeId: world.stores.goya, customer, text: 'Hola' });
  const about = `/cases/${caseId}`;
  await agent.done(`${about}/facts`, CaseDetail, post({ kind: 'decided', text: `Con DNI ${DOCUMENT}` }));
  const detail = await agent.done(`${about}/problems`, CaseDetail, post({ statement: `El ${IMEI} no va` }));
  const decided = detail.story.find(({ kind }) => kind === 'decided');
  const problem = detail.problems.find(({ statement }) => statement === 'El •••• 809 no va');
  const change = (path: string, body: unknown) => agent.done(path, CaseDetail, { method: 'PATCH', body });
  await change(`${about}/facts/${decided?.id}`, { text: 'Con su DNI •••• 78Z, hoy' });
  await change(`${about}/problems/${problem?.id}`, { statement: 'El •••• 809 no carga' });
  const said = await world.database.query(
    `select text from story_fact where case_id = $1 and superseded_by is null and kind = 'decided'
     union all select statement from problem where id = $2`,
    [caseId, problem?.id],
  );
  expect(said).toEqual([{ text: `Con su DNI ${DOCUMENT}, hoy` }, { text: `El ${IMEI} no carga` }]);
});
