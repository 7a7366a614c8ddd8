import { createHash } from 'node:crypto';
import { canonicalQuote, CaseBenefits, IssuedLink, RepairOrder, TimelinePage, type Quote } from '#contracts';
import { waitFor } from '../support/wait.js';
import { aRepair } from './foreign.repairs.js';
import { type Answer, ask, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let agent: Staff;
beforeAll(async () => {
  world = await startWorld();
  agent = await world.login('agent@hilo.test');
});
afterAll(() => world?.stop());

const LINE = {
  description: 'Placa <base>',
  kind: 'part',
  listCents: 40_000,
  agreedCents: 20_000,
  agreement: 'Convenio 26',
};
const body = (more: object = {}) => ({
  ...{ lines: [LINE], contributions: [{ payer: 'carrier', cents: 10_000 }] },
  ...{ cover: { months: 6, what: 'La placa' }, validUntil: '2099-01-01T00:00:00.000Z', ...more },
});
const post = (of: unknown = {}) => ({ method: 'POST', body: of });

/** A quote of 400 for 200, on offer, and the page its customer reads it on. */
async function anOffer(name: string, more: object = {}) {
  const person = await world.outside.newcomer(name);
  await world.outside.writeDm(person, 'Se me ha muerto el móvil');
  const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
  const { repairId, quoteId } = await aRepair(world, agent, row.id);
  await agent.done(`/quotes/${quoteId}`, RepairOrder, { method: 'PUT', body: body(more) });
  const quote = await offer(quoteId);
  const { url } = await agent.done(`/cases/${row.id}/links`, IssuedLink, post());
  return { caseId: row.id, repairId, quote, url };
}

async function offer(quoteId: string): Promise<Quote> {
  const { quotes } = await agent.done(`/quotes/${quoteId}/offer`, RepairOrder, post({ tell: false }));
  const quote = quotes.find(({ id }) => id === quoteId);
  if (!quote) throw new Error('no quote');
  return quote;
}

const look = async (url: string): Promise<string> => (await ask(url)).bytes.toString();
/** What a browser without a script sends. */
function say(url: string, quote: Pick<Quote, 'id' | 'hash'>, fields: Record<string, string>): Promise<Answer> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ quote: quote.id, hash: quote.hash ?? '', ...fields }))
    form.set(field, value);
  return ask(`${url}/quote?lang=es`, { method: 'POST', body: form });
}
const yes = { name: 'Lucía Ferrer', decision: 'approve' };
const repair = (id: string) => agent.done(`/repairs/${id}`, RepairOrder);

it('a quote is read and approved on the page of the case, in its exact version', async () => {
  const { caseId, repairId, quote, url } = await anOffer('Lucía Ferrer');
  const page = await look(url);
  for (const words of [
    '400,00',
    '200,00',
    '100,00',
    'Convenio 26',
    'Placa &lt;base&gt;',
    '6 meses: La placa',
    'Versión 1',
  ])
    expect(page).toContain(words);
  expect(page).not.toMatch(/<script|<base>/u);
  expect(page).toContain(`value="${quote.hash}"`);
  expect(quote.hash).toBe(createHash('sha256').update(canonicalQuote(quote)).digest('hex'));

  const nameless = await say(url, quote, { ...yes, name: ' ' });
  expect([nameless.status, nameless.bytes.toString()]).toEqual([422, expect.stringContaining('Escribe tu nombre')]);
  const taken = await say(url, quote, yes);
  expect([taken.status, taken.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/t\/[\w-]{32}\?lang=es$/u),
  ]);
  expect((await say(url, quote, yes)).status).toBe(303);
  const after = await look(url);
  expect(after).toContain('Lo aprobaste aquí, Lucía Ferrer');
  expect(after).not.toContain('name="decision"');
  expect(await repair(repairId)).toMatchObject({
    stage: 'approved',
    quotes: [{ decision: { how: 'link', byName: 'Lucía Ferrer', ip: expect.stringMatching(/^(127\.0\.0\.1|::1)$/u) } }],
  });
  const { items } = await agent.done(`/cases/${caseId}/timeline?limit=200`, TimelinePage);
  expect(items.filter((item) => item.type === 'event' && item.event === 'quote.approved')).toHaveLength(1);
});

it('says how far it is: what is taken in is understood, what is quoted is being solved', async () => {
  const person = await world.outside.newcomer('Nora Paso');
  await world.outside.writeDm(person, 'No carga');
  const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
  const { url } = await agent.done(`/cases/${row.id}/links`, IssuedLink, post());
  expect(await look(url)).toContain('hemos recibido tu caso');
  const { quoteId } = await aRepair(world, agent, row.id);
  expect(await look(url)).toContain('ya sabemos qué te pasa');
  await agent.done(`/quotes/${quoteId}`, RepairOrder, { method: 'PUT', body: body() });
  await offer(quoteId);
  const page = await look(url);
  expect(page).toContain('estamos en ello');
  expect(page).toContain('Empezamos a resolverlo');
  expect(page).not.toContain('hemos recibido tu caso');
});

it('a version that is no longer on offer is refused with a clear word, and the newer one stands beside it', async () => {
  const { repairId, quote, url } = await anOffer('Vera Tarde');
  const { quotes } = await agent.done(`/repairs/${repairId}/quotes`, RepairOrder, post(body({ contributions: [] })));
  const newer = await offer(quotes[0]?.id ?? '');
  const late = await say(url, quote, yes);
  expect(late.status).toBe(409);
  const page = late.bytes.toString();
  expect(page).toContain('Esa versión del presupuesto ya no vale');
  expect(page).toContain(`value="${newer.hash}"`);
  expect(page).toContain('Versiones anteriores');
  expect((await say(url, { id: newer.id, hash: quote.hash }, yes)).status).toBe(409);
  expect((await repair(repairId)).quotes.map(({ state }) => state)).toEqual(['offered', 'superseded']);
  // What no form of ours sends: a NUL, which the database takes in no text, and more than a name is long.
  const strange = { name: `Vera${'a'.repeat(400)}`, reason: 'Sin el descuento,\u0000 no' };
  const declined = await say(url, newer, { ...strange, decision: 'decline' });
  expect(declined.status).toBe(303);
  expect(await repair(repairId)).toMatchObject({
    stage: 'declined',
    quotes: [{ decision: { reason: 'Sin el descuento, no', byName: `Vera${'a'.repeat(196)}` } }, {}],
  });
});

it('a link that is none, and the link of another case, open nothing', async () => {
  const { repairId, quote, url } = await anOffer('Marcos Uno');
  const other = await anOffer('Berta Dos');
  const none = await say(`${new URL(url).origin}/t/${'x'.repeat(32)}`, quote, yes);
  expect(none.status).toBe(404);
  expect(none.bytes.toString()).not.toContain('Placa');
  const foreign = await say(other.url, quote, yes);
  expect([foreign.status, foreign.bytes.toString()]).toEqual([
    404,
    expect.stringContaining('no existe o no puedes verlo'),
  ]);
  expect(foreign.bytes.toString()).not.toContain(quote.hash ?? 'x');
  expect(await repair(repairId)).toMatchObject({ stage: 'quoted', quotes: [{ state: 'offered', decision: null }] });
});

it('what the approved quote puts towards it is given, once, with nobody doing anything', async () => {
  const contributions = [
    { payer: 'carrier', cents: 10_000 },
    { payer: 'goodwill', cents: 2_000 },
  ];
  const { caseId, quote, url } = await anOffer('Nuria Vidal', { contributions });
  expect((await agent.done(`/cases/${caseId}/benefits`, CaseBenefits)).items).toEqual([]);
  expect((await say(url, quote, yes)).status).toBeLessThan(400);
  const items = await waitFor(async () => {
    const found = (await agent.done(`/cases/${caseId}/benefits`, CaseBenefits)).items;
    return found.length > 0 && found;
  });
  expect(items).toMatchObject([{ kind: 'repair_contribution', state: 'active', valueCents: 2_000, currency: 'EUR' }]);
});

it('above what they may give, somebody with more say offers it', async () => {
  const { repairId } = await anOffer('Nuria Pastor');
  const more = { validUntil: '2099-01-01T00:00:00.000Z', contributions: [{ payer: 'goodwill', cents: 10_000 }] };
  const { quotes } = await agent.done(`/repairs/${repairId}/quotes`, RepairOrder, post(body(more)));
  const draft = quotes.find(({ state }) => state === 'draft')?.id ?? '';
  const refused = errorOf(await agent.ask(`/quotes/${draft}/offer`, post({ tell: false })));
  expect(refused).toMatchObject({ status: 403, code: 'benefit.above_limit' });
  expect((await repair(repairId)).quotes.map(({ state }) => state)).toEqual(['draft', 'offered']);
  const boss = await world.login('supervisor@hilo.test');
  const { quotes: offered } = await boss.done(`/quotes/${draft}/offer`, RepairOrder, post({ tell: false }));
  expect(offered.map(({ state }) => state)).toEqual(['offered', 'superseded']);
});
