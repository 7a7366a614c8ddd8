import { strFromU8, unzipSync } from 'fflate';
import { CaseHandoff, NoteEntry, PresentedDevice, type HandoffWord } from '#contracts';
import { waitFor } from '../support/wait.js';
import { deskForm } from './desk.world.js';
import type { Mail } from './outside.js';
import { addPartner } from './partner-system.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const ADDRESS = 'taller@sur.test';
const IMEIS = ['356938035643809', '490154203237518', '353912110000014'];
let serial = 0;
/** What this partner is told nothing of. */
const UNTOLD = new RegExp(`Lucía|Ferrer|${IMEIS.join('|')}|SECRETO|@p_|correo\\.test|caseId|partnerId`, 'u');

let world: World;
let agent: Staff;
let supervisor: Staff;
let partnerId: string;

beforeAll(async () => {
  world = await startWorld();
  agent = await world.login('agent@hilo.test');
  supervisor = await world.login('supervisor@hilo.test');
  ({ id: partnerId } = await addPartner(await world.login('admin@hilo.test'), {
    ...{ name: 'Taller Sur', kind: 'lab', language: 'es', gateway: 'desk', email: ADDRESS },
    share: ['device.model', 'problem.statement'],
  }));
}, 60_000);
afterAll(() => world?.stop());

const post = (body: unknown = {}) => ({ method: 'POST', body });
const handoffOf = (id: string) => agent.done(`/handoffs/${id}`, CaseHandoff);
const say = (id: string, word: HandoffWord, by = agent) =>
  by.done(`/handoffs/${id}/words`, CaseHandoff, post({ word }));
const look = async (url: string): Promise<string> => (await ask(url)).bytes.toString();

async function given() {
  const person = await world.outside.newcomer('Lucía Ferrer');
  await world.outside.writeDm(person, 'Soy Lucía Ferrer: se me ha muerto el móvil');
  const { id: caseId } = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
  await agent.done(`/cases/${caseId}/notes`, NoteEntry, post({ text: 'SECRETO de la casa' }));
  const { deviceId } = await agent.done(
    `/cases/${caseId}/devices`,
    PresentedDevice,
    post({ imei: IMEIS[(serial += 1) % 3], modelName: 'Auriga One' }),
  );
  const body = { partnerId, deviceId, mode: 'custody', ask: 'Mirad por qué no enciende' };
  const { id } = await agent.done(`/cases/${caseId}/handoffs`, CaseHandoff, post(body));
  return agent.done(`/handoffs/${id}/send`, CaseHandoff, post());
}

/** The letter about it with these words; time goes by until sweeps have seen to it. */
const letter = (reference: string, words: string): Promise<Mail> =>
  waitFor(
    async () => {
      world.clock.advance(1_000);
      const mails = await world.outside.mails();
      return mails.find(({ to, subject }) => to.includes(ADDRESS) && subject === `[${reference}] ${words}`);
    },
    { timeout: 30_000, every: 150 },
  );
const linkIn = ({ text }: Pick<Mail, 'text'>): string => /https?:\/\/\S+\/desk\/[\w-]{32}/u.exec(text)?.[0] ?? '';

async function answer(url: string, action: string, fields: Record<string, string>): Promise<number> {
  const { status } = await ask(`${url}/say?lang=es`, {
    method: 'POST',
    body: deskForm(await look(url), action, fields),
  });
  return status;
}

it('a lab with a mailbox and a link does it all: reads, accepts, asks, quotes, repairs; and is told nothing that was not shared', async () => {
  const { id, reference } = await given();
  const first = await letter(reference, 'Nexo os pasa un trabajo');
  expect(JSON.stringify(first)).not.toMatch(UNTOLD);
  const url = linkIn(first);
  expect(await look(url)).toContain('Auriga One');

  expect(await answer(url, 'accepted', { partnerRef: 'RMA-1', engineer: 'Eva', date: '2099-03-20' })).toBe(303);
  expect(await handoffOf(id)).toMatchObject({
    state: 'accepted',
    partnerRef: 'RMA-1',
    engineer: { name: 'Eva' },
    etaAt: '2099-03-20T17:00:00.000Z',
  });
  expect(await answer(url, 'asked', { question: '¿Se puede borrar?' })).toBe(303);
  expect(await handoffOf(id)).toMatchObject({ state: 'info_requested', question: '¿Se puede borrar?' });
  await say(id, { kind: 'info', text: 'Solo las fotos no' });
  const told = await letter(reference, 'Nexo ha contestado a vuestra pregunta');
  expect(told.text).not.toContain('fotos');
  // Each letter has a link of its own, and all lead to the same page.
  expect(linkIn(told)).not.toBe(url);
  expect(await look(linkIn(told))).toContain('Solo las fotos no');

  const quote = { d0: 'Placa base', l0: '400', p0: '200', agreement: 'Convenio', currency: 'EUR' };
  expect(await answer(url, 'quoted', quote)).toBe(303);
  await say(id, { kind: 'quote_answered', approved: true });
  await letter(reference, 'Nexo ha contestado a vuestro presupuesto');
  expect(await answer(url, 'received', {})).toBe(303);
  expect(await answer(url, 'in_progress', {})).toBe(303);
  expect(await answer(url, 'resolved', { outcome: 'repaired', text: 'Placa nueva' })).toBe(303);
  expect(await answer(url, 'dispatched', { carrier: 'Rayo', trackingNumber: 'R1' })).toBe(303);
  expect(await handoffOf(id)).toMatchObject({ state: 'resolved', outcome: 'repaired' });
  await say(id, { kind: 'closed' });
  const last = await look(url);
  expect(last).toContain('Este trabajo está cerrado');

  const pack = unzipSync(new Uint8Array((await ask(`${url}/pack`)).bytes));
  const reachable = [
    last,
    await look(`${url}?lang=en`),
    ...Object.entries(pack).flatMap(([name, bytes]) => [name, strFromU8(bytes)]),
  ];
  for (const text of reachable) expect(text).not.toMatch(UNTOLD);
  expect(reachable.join(' ')).toContain('Auriga One');
  for (const mail of await world.outside.mails())
    if (mail.to.includes(ADDRESS)) expect(JSON.stringify(mail)).not.toMatch(UNTOLD);
}, 90_000);

it('the same form sent twice at once is one word', async () => {
  const { id, reference } = await given();
  const url = linkIn(await letter(reference, 'Nexo os pasa un trabajo'));
  const page = await look(url);
  const send = () =>
    ask(`${url}/say?lang=es`, { method: 'POST', body: deskForm(page, 'accepted', { partnerRef: 'R' }) });
  const answers = await Promise.all([send(), send(), send(), send()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  const { entries } = await handoffOf(id);
  expect(entries.filter(({ ours }) => !ours).map(({ word }) => word.kind)).toEqual(['accepted']);
}, 60_000);

it('what is recalled is gone from every link, and a letter says so without one', async () => {
  const { id, reference } = await given();
  const url = linkIn(await letter(reference, 'Nexo os pasa un trabajo'));
  await say(id, { kind: 'recalled', reason: 'Lucía Ferrer no quiere' }, supervisor);
  const { status, bytes } = await ask(url);
  expect([status, bytes.toString()]).toEqual([410, expect.stringContaining('se ha retirado')]);
  expect(bytes.toString()).not.toMatch(/Lucía|Auriga/u);
  const told = await letter(reference, 'Nexo ha retirado el trabajo');
  expect(linkIn(told)).toBe('');
  expect(told.text).toContain('Borrad lo que hayáis descargado');
  expect(JSON.stringify(told)).not.toMatch(UNTOLD);
}, 60_000);
