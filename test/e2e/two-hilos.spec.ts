import {
  type CaseHandoff,
  CaseHandoffs,
  CasePage,
  type HandoffWord,
  UploadedAttachment,
  CaseHandoff as Answered,
} from '#contracts';
import { waitFor } from '../support/wait.js';
import { addKey, addPartner, TMF } from './partner-system.js';
import type { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** The same product twice: a carrier that gives work, and the manufacturer that takes it. Each is the other's partner. */
let carrier: World;
let maker: World;
let marta: Staff;
let ramon: Staff;

beforeAll(async () => {
  [carrier, maker] = await Promise.all([startWorld(), startWorld({ environment: { HILO_MAIL_NAME: 'Orbe' } })]);
  const admins = await Promise.all([carrier.login('admin@hilo.test'), maker.login('admin@hilo.test')]);
  [marta, ramon] = await Promise.all([carrier.login('agent@hilo.test'), maker.login('agent@hilo.test')]);
  // Each needs a key of the other: the carrier is known first by mail, and then by its system.
  const [atCarrier, atMaker] = admins;
  const nexo = await addPartner(atMaker, { name: 'Nexo', kind: 'carrier', email: 'ops@nexo.example' });
  const client = await addKey(atMaker, nexo.id, 'oauth2_client');
  const auth = {
    ...{ kind: 'oauth2' as const, tokenUrl: `${maker.url}/tmf-api/oauth2/token` },
    ...{ clientId: client.clientId ?? '', clientSecret: client.secret },
  };
  const orbe = await addPartner(atCarrier, {
    ...{ name: 'Orbe', gateway: 'tmf621', tmf621: { url: `${maker.url}${TMF}`, auth } },
    share: ['customer.name', 'device.model', 'problem.statement', 'story', 'files'],
  });
  const key = (await addKey(atCarrier, orbe.id, 'api_key')).secret;
  const back = { url: `${carrier.url}${TMF}`, auth: { kind: 'api_key', header: 'X-API-Key', key } };
  const { status } = await atMaker.ask(`/partners/${nexo.id}`, {
    ...{ method: 'PUT', body: { ...nexo, gateway: 'tmf621', tmf621: back } },
  });
  expect(status).toBe(200);
}, 120_000);
afterAll(() => Promise.all([carrier?.stop(), maker?.stop()]));

const PATIENCE = { timeout: 20_000, every: 100 };
const handoffsOf = async (staff: Staff, caseId: string): Promise<CaseHandoff[]> =>
  (await staff.done(`/cases/${caseId}/handoffs`, CaseHandoffs)).items;
const kindsOf = (handoff: CaseHandoff | undefined, ours: boolean): string[] =>
  (handoff?.entries ?? []).filter((entry) => entry.ours === ours).map(({ word }) => word.kind);

it('one conversation: what one says the other reads once, and nothing comes back', async () => {
  const { caseId } = await marta.visit({
    ...{ storeId: carrier.stores.goya, customer: { displayName: 'Elvira Montes', phone: '+34600111222' } },
    text: 'No enciende desde el jueves.',
  });
  const partnerId = (await carrier.database.query<{ id: string }>(`select id from partner where name = 'Orbe'`))[0]?.id;
  const body = { partnerId, mode: 'advise', ask: 'No enciende: ¿la placa?' };
  const { id: given } = await marta.done(`/cases/${caseId}/handoffs`, Answered, { method: 'POST', body });
  await marta.done(`/handoffs/${given}/send`, Answered, { method: 'POST' });
  const taken = await waitFor(async () => {
    const { items } = await ramon.done('/cases?view=open', CasePage);
    return items[0] && (await handoffsOf(ramon, items[0].id))[0];
  }, PATIENCE);
  expect(taken).toMatchObject({
    direction: 'in',
    state: 'sent',
    mode: 'advise',
    ask: body.ask,
    partner: { name: 'Nexo' },
  });
  expect(taken.document?.customer.name).toBe('Elvira Montes');

  const ours = async () => (await handoffsOf(marta, caseId))[0];
  const theirs = async () => (await handoffsOf(ramon, taken.caseId))[0];
  const say = async (who: Staff, id: string, word: HandoffWord) => {
    const answer = await who.ask(`/handoffs/${id}/words`, { method: 'POST', body: { word } });
    expect({ word, status: answer.status }).toEqual({ word, status: 201 });
  };
  const heard = async (by: () => Promise<CaseHandoff | undefined>, kind: string, times = 1) =>
    waitFor(async () => kindsOf(await by(), false).filter((one) => one === kind).length === times, PATIENCE);

  const engineer = { name: 'Ramón Gil', email: 'ramon@orbe.example', phone: null };
  const etaAt = '2026-12-24T10:00:00.000Z';
  await say(ramon, taken.id, { kind: 'acknowledged' });
  await heard(ours, 'acknowledged');
  await say(ramon, taken.id, { kind: 'accepted', partnerRef: 'OR-9', engineer, etaAt });
  await heard(ours, 'accepted');
  expect(await ours()).toMatchObject({ state: 'accepted', partnerRef: 'OR-9', engineer, etaAt });
  await say(ramon, taken.id, { kind: 'asked', question: '¿Se ha mojado?' });
  await heard(ours, 'asked');
  expect(await ours()).toMatchObject({ state: 'info_requested', question: '¿Se ha mojado?' });
  await say(marta, given, { kind: 'info', text: 'No, nunca.' });
  await heard(theirs, 'info');
  expect((await theirs())?.state).toBe('accepted');
  await say(marta, given, { kind: 'note', text: 'La clienta llama mañana.' });
  await heard(theirs, 'note');
  await say(ramon, taken.id, { kind: 'note', text: 'Visto.' });
  await heard(ours, 'note');
  const line = { description: 'Placa', kind: 'part' as const, quantity: 1, listCents: 40_000, priceCents: 20_000 };
  await say(ramon, taken.id, { kind: 'quoted', quote: { currency: 'EUR', lines: [line] } });
  await heard(ours, 'quoted');
  await say(marta, given, { kind: 'quote_answered', approved: true, text: 'Adelante.' });
  await heard(theirs, 'quote_answered');
  await say(ramon, taken.id, { kind: 'eta', etaAt: '2026-12-28T10:00:00.000Z', reason: 'Falta la pieza.' });
  await heard(ours, 'eta');
  const form = new FormData();
  form.set('file', new Blob(['informe'], { type: 'text/plain' }), 'informe.txt');
  const { id: fileId } = await ramon.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
  await say(ramon, taken.id, { kind: 'file', attachmentIds: [fileId] });
  await heard(ours, 'file');
  const kept = (await ours())?.entries.find(({ word, ours: mine }) => !mine && word.kind === 'file')?.attachments[0];
  expect((await marta.content(kept?.id ?? '')).toString()).toBe('informe');
  await say(ramon, taken.id, { kind: 'resolved', outcome: 'repaired', text: 'Placa cambiada.' });
  await heard(ours, 'resolved');
  await say(marta, given, { kind: 'closed' });
  await heard(theirs, 'closed');

  // Time passes, everybody looks again: nobody says anything that was said.
  const [before, beforeThere] = [await ours(), await theirs()];
  for (const world of [carrier, maker]) {
    await world.database.query(`update tmf_ticket set look_at = now() where home = 'theirs'`);
    world.clock.advance(3_600_000);
  }
  const quiet = `select (select count(*) from handoff_delivery where state = 'waiting') + (select count(*) from tmf_event where state = 'waiting')
    + (select count(*) from tmf_ticket where look_at <= now()) as left`;
  for (const world of [carrier, maker])
    await waitFor(async () => (await world.database.query<{ left: string }>(quiet))[0]?.left === '0', PATIENCE);
  expect((await ours())?.entries.length).toBe(before?.entries.length);
  expect((await theirs())?.entries.length).toBe(beforeThere?.entries.length);
  const said = ['acknowledged', 'accepted', 'asked', 'note', 'quoted', 'eta', 'file', 'resolved'];
  expect(kindsOf(await theirs(), true)).toEqual(said);
  expect(kindsOf(await ours(), false)).toEqual(said);
  const late = (await ours())?.entries.find(({ word }) => word.kind === 'eta')?.word;
  expect(late).toMatchObject({ etaAt: '2026-12-28T10:00:00.000Z', reason: 'Falta la pieza.' });
  expect(kindsOf(await theirs(), false)).toEqual(kindsOf(await ours(), true));
  expect([(await ours())?.state, (await theirs())?.state]).toEqual(['closed', 'closed']);
  for (const world of [carrier, maker]) {
    const [row] = await world.database.query<{ handoffs: string; dead: string }>(
      `select (select count(*) from handoff) as handoffs, (select count(*) from partner_inbox) + (select count(*) from handoff_delivery where state = 'dead') as dead`,
    );
    expect(row).toEqual({ handoffs: '1', dead: '0' });
  }
}, 120_000);
