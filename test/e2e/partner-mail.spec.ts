import { CaseHandoff, CasePage, DeadLetterRow, page, type CaseHandoff as Given, type NewHandoffBody } from '#contracts';
import { waitFor } from '../support/wait.js';
import { partnerBody } from '../integration/partners.world.js';
import { CompanyMailbox } from './partner-mailbox.js';
import { addPartner } from './partner-system.js';
import type { Person } from './outside.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let admin: Staff;
let agent: Staff;
let lab: CompanyMailbox;
let labId: string;
/** Another company, which may see nothing of the lab's. */
let rival: CompanyMailbox;

beforeAll(async () => {
  world = await startWorld();
  [admin, agent] = await Promise.all([world.login('admin@hilo.test'), world.login('agent@hilo.test')]);
  lab = new CompanyMailbox(world, 'service@taller.test');
  rival = new CompanyMailbox(world, 'hola@rival.test');
  const told = { gateway: 'email', language: 'es', timeZone: 'Europe/Madrid' } as const;
  const share = ['device.model', 'problem.statement', 'customer.name'] as const;
  labId = (
    await addPartner(admin, {
      ...told,
      name: 'Taller',
      email: lab.address,
      senders: ['@taller.test'],
      share: [...share],
    })
  ).id;
  await addPartner(admin, { ...told, name: 'Rival', email: rival.address });
}, 60_000);
afterAll(() => world?.stop());

/** Somebody who wrote to us, and their case. */
async function aCase(): Promise<{ caseId: string; customer: Person }> {
  const person = await world.outside.newcomer('Ana Ruiz');
  await world.outside.writeMail(person, { subject: 'Mi móvil', text: 'No enciende desde ayer.' });
  const [row] = await waitFor(async () => {
    const rows = await agent.cases(`q=${person.email}`);
    return rows.length > 0 && rows;
  });
  return { caseId: row?.id ?? '', customer: person };
}

/** Handed to the lab, and the mail by which it heard of it. */
async function given(more: Partial<NewHandoffBody> = {}, to = lab) {
  const { caseId, customer } = await aCase();
  const body = { partnerId: labId, mode: 'custody', ask: 'Revisar la placa: no enciende.', ...more };
  const draft = await agent.done(`/cases/${caseId}/handoffs`, CaseHandoff, { method: 'POST', body });
  const sent = await agent.done(`/handoffs/${draft.id}/send`, CaseHandoff, { method: 'POST' });
  return { id: draft.id, reference: sent.reference, customer, letter: await to.letter(sent.reference) };
}

const handoff = (id: string): Promise<Given> => agent.done(`/handoffs/${id}`, CaseHandoff);
const until = (id: string, is: (found: Given) => unknown): Promise<Given> =>
  waitFor(async () => {
    const found = await handoff(id);
    return is(found) ? found : null;
  });
const letters = async () => (await admin.done('/handoff-letters', page(DeadLetterRow))).items;
const counted = async () => {
  const [row] = await world.database.query<{ cases: number; customers: number; pending: number }>(
    `select (select count(*)::int from cases) as cases, (select count(*)::int from customer) as customers,
       (select count(*)::int from inbound_mail where state = 'pending') as pending`,
  );
  return row;
};
const kindsOf = ({ entries }: Given) => entries.filter(({ ours }) => !ours).map(({ word }) => word.kind);
const PHOTO = {
  fileName: 'placa.jpg',
  contentType: 'image/jpeg',
  contentBase64: Buffer.from('a photo').toString('base64'),
};

it('a whole handoff by mail alone: written to, answered in words, quoted, put off, resolved', async () => {
  const { id, reference, letter } = await given();
  const before = await counted();
  expect(letter).toMatchObject({
    from: expect.stringContaining('care@hilo.test'),
    subject: expect.stringContaining(reference),
  });
  expect(letter.replyTo).toMatch(/care\+[0-9a-z-]+\.[0-9a-f]{16}@hilo\.test/u);
  expect(letter.text).toContain('Petición: Revisar la placa: no enciende.');
  expect(letter.buttons.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Aceptar', 'Rechazar', 'Preguntar', 'Presupuestar', 'Todo en una página']),
  );
  expect(new Set(letter.buttons.map(({ href }) => new URL(href).pathname)).size).toBe(1);

  await lab.reply(
    letter,
    'Hola:\n\nAceptamos. RMA 4711-B. Técnico: Marta Ruiz, +34 600 111 222. Estará listo en 5 días laborables.\n\nUn saludo,\nMarta',
  );
  const accepted = await until(id, ({ state }) => state === 'accepted');
  expect(accepted).toMatchObject({
    partnerRef: '4711-B',
    engineer: { name: 'Marta Ruiz', phone: '+34 600 111 222' },
    etaAt: expect.any(String),
  });

  await lab.reply(letter, '¿Tiene el cliente copia de seguridad?');
  await until(id, ({ state, question }) => state === 'info_requested' && question !== null);
  await agent.done(`/handoffs/${id}/words`, CaseHandoff, {
    method: 'POST',
    body: { word: { kind: 'info', text: 'Sí, la hizo ayer.' } },
  });
  const answer = await lab.letter('Sí, la hizo ayer.');
  expect(answer.subject).toBe(`Re: ${letter.subject}`);
  expect(answer.references).toContain(letter.messageId);

  await lab.reply(answer, 'Presupuesto: 400 → 200', [PHOTO]);
  const quoted = await until(id, (found) => kindsOf(found).includes('quoted'));
  const quote = quoted.entries.find(({ word }) => word.kind === 'quoted');
  expect(quote).toMatchObject({
    via: 'email',
    word: { quote: { lines: [{ listCents: 40_000, priceCents: 20_000 }] } },
    attachments: [{ fileName: 'placa.jpg' }],
  });
  expect((await agent.ask(`/attachments/${quote?.attachments[0]?.id}/content`)).bytes.toString()).toBe('a photo');

  await lab.reply(answer, 'Se retrasa: la pieza llega más tarde. Nueva fecha: en 10 días.');
  const late = await until(id, (found) => kindsOf(found).includes('eta'));
  expect(Date.parse(late.etaAt ?? '')).toBeGreaterThan(Date.parse(accepted.etaAt ?? ''));

  await lab.reply(answer, 'Reparado: hemos cambiado la placa. Enviado hoy por SEUR, número de envío 0812345678.');
  const done = await until(id, ({ state }) => state === 'resolved');
  expect(done).toMatchObject({ outcome: 'repaired' });
  expect(done.entries.find(({ word }) => word.kind === 'dispatched')?.word).toMatchObject({
    carrier: 'SEUR',
    trackingNumber: '0812345678',
  });
  expect(await counted()).toEqual(before);
  expect(await letters()).toEqual([]);
});

it('a mail tells what is shared with them and nothing else, and nothing at all once it is taken back', async () => {
  const quiet = new CompanyMailbox(world, 'mudo@mudo.test');
  const told = { gateway: 'email', language: 'en', timeZone: 'Europe/London', email: quiet.address } as const;
  const { id: partnerId } = await addPartner(admin, { ...told, name: 'Mudo', share: [] });
  const { id, reference, customer } = await given({ partnerId, ask: 'Look at the board.' }, quiet);
  const secrets = [customer.displayName, ...customer.displayName.split(' '), customer.email, 'desde ayer', 'Mi móvil'];
  const everything = async () => (await quiet.letters()).map((letter) => JSON.stringify(letter)).join('\n');
  expect(await everything()).toContain('Request: Look at the board.');
  for (const secret of secrets) expect(await everything()).not.toContain(secret);
  const page = (await quiet.letters())[0]?.buttons.at(-1)?.href ?? '';
  expect((await ask(page)).status).toBe(200);

  const recalled = { word: { kind: 'recalled', reason: 'Another way was found.' } };
  await admin.done(`/handoffs/${id}/words`, CaseHandoff, { method: 'POST', body: recalled });
  const last = await quiet.letter('please delete it');
  expect(last).toMatchObject({ buttons: [], attachments: [], subject: expect.stringContaining(reference) });
  expect(last.text).not.toContain('Look at the board.');
  const gone = await ask(page);
  expect([gone.status, gone.bytes.toString().includes('Look at the board.')]).toEqual([410, false]);
});

it('a nudge goes to whoever of theirs was agreed on, and to nobody else', async () => {
  const [boss, stranger] = [
    new CompanyMailbox(world, 'jefa@lento.test'),
    new CompanyMailbox(world, 'who@nowhere.test'),
  ];
  const slow = new CompanyMailbox(world, 'service@lento.test');
  const terms = { ladder: [{ contact: { name: 'Jefa', email: boss.address }, afterMinutes: 60 }] };
  const { id: partnerId } = await addPartner(admin, {
    ...{ gateway: 'email', name: 'Lento', email: slow.address },
    terms: { ...partnerBody({}).terms, ...terms },
  });
  const { id } = await given({ partnerId }, slow);
  for (const { address } of [boss, stranger]) {
    const word = { kind: 'nudged', text: `¿Alguna novedad para ${address}?`, to: { name: 'X', email: address } };
    await admin.done(`/handoffs/${id}/words`, CaseHandoff, { method: 'POST', body: { word } });
  }
  expect((await boss.letter('¿Alguna novedad')).text).toContain(boss.address);
  expect((await slow.letter(stranger.address)).text).toContain('¿Alguna novedad');
  expect(await stranger.letters()).toEqual([]);
});

it('any answer at all is an acknowledgement, but not that of a program', async () => {
  const { id, letter } = await given();
  const away = {
    subject: `Respuesta automática: ${letter.subject}`,
    text: 'Estoy fuera. Aceptado todo.',
    to: letter.replyTo ?? '',
  };
  await lab.write({ ...away, headers: { 'Auto-Submitted': 'auto-replied' }, messageId: '<away@taller.test>' });
  await waitFor(async () => (await letters()).some(({ handoffId }) => handoffId === id));
  expect((await handoff(id)).state).toBe('sent');
  await lab.reply(letter, 'Lo vemos mañana.');
  expect(kindsOf(await until(id, ({ state }) => state === 'acknowledged'))).toEqual(['acknowledged']);
  await settle(id, 'taken');
  expect(kindsOf(await handoff(id))).toEqual(['acknowledged', 'note']);
});

async function settle(handoffId: string | null, how: 'taken' | 'dropped') {
  const letter = (await letters()).find((one) => one.handoffId === handoffId);
  const answer = await admin.ask(`/handoff-letters/${letter?.id}/settle`, { method: 'POST', body: { how } });
  expect(answer.status).toBe(204);
}

it('a mail counts once, however often it comes', async () => {
  const { id, letter } = await given();
  const mail = {
    subject: `Re: ${letter.subject}`,
    text: 'Aceptado. RMA 99-1.',
    to: letter.replyTo ?? '',
    messageId: '<once@taller.test>',
  };
  for (let nth = 0; nth < 3; nth += 1) await lab.write(mail);
  await until(id, ({ state }) => state === 'accepted');
  await waitFor(async () => (await counted())?.pending === 0);
  expect(kindsOf(await handoff(id))).toEqual(['accepted']);
});

it('without a mark of ours the number in its subject will do, from an address of theirs only', async () => {
  const { id, reference } = await given();
  const before = await counted();
  await lab.write({ from: 'marta@taller.test', subject: `Consulta ${reference}`, text: 'Aceptado.' });
  await until(id, ({ state }) => state === 'accepted');
  expect(await counted()).toEqual(before);
});

it('what belongs to nothing is kept whole for a person, and opens no case', async () => {
  const before = await counted();
  await lab.write({
    from: 'marta@taller.test',
    subject: 'Nuestras vacaciones',
    text: 'Cerramos en agosto.',
    messageId: '<v@taller.test>',
  });
  const kept = await waitFor(async () =>
    (await letters()).find(({ raw }) => (raw as { subject?: string }).subject === 'Nuestras vacaciones'),
  );
  expect(kept).toMatchObject({
    gateway: 'email',
    partner: { id: labId },
    error: 'no_handoff',
    handoffId: null,
    raw: { text: 'Cerramos en agosto.' },
  });
  expect(await counted()).toEqual(before);
  expect(
    (await admin.ask(`/handoff-letters/${kept.id}/settle`, { method: 'POST', body: { how: 'dropped' } })).status,
  ).toBe(204);
});

it('the mark of one company opens nothing for another', async () => {
  const { id, letter, reference } = await given();
  await rival.write({
    subject: `Re: ${letter.subject}`,
    text: 'Rechazado.',
    to: letter.replyTo ?? '',
    messageId: '<r1@rival.test>',
  });
  await rival.write({ subject: reference, text: 'Rechazado.', messageId: '<r2@rival.test>' });
  const kept = await waitFor(async () => {
    const found = (await letters()).filter(({ partner }) => partner?.name === 'Rival');
    return found.length === 2 && found;
  });
  expect(kept.map(({ error }) => error).toSorted()).toEqual(['another_company', 'no_handoff']);
  expect(await handoff(id)).toMatchObject({ state: 'sent', entries: [{ ours: true }] });
});

it('a customer stays a customer, whatever company writes besides', async () => {
  const person = await world.outside.newcomer('Luis Gil');
  await world.outside.writeMail(person, { subject: 'H-7K2F-9Q.1', text: 'Aceptado. RMA 1234.' });
  await waitFor(async () => (await agent.done(`/cases?q=${person.email}`, CasePage)).items.length === 1);
});

it('a mail that comes back is a word that did not arrive', async () => {
  const { id, letter } = await given();
  await lab.write({
    from: 'mailer-daemon@taller.test',
    envelopeFrom: '',
    subject: 'Undelivered Mail Returned to Sender',
    text: `This is the mail system at host taller.test.\n\n<service@taller.test>: 550 5.1.1 no such mailbox\n\nMessage-ID: ${letter.messageId}`,
    headers: { 'X-Failed-Recipients': 'service@taller.test' },
    ...(await envelopeOf(letter.messageId ?? '')),
  });
  const dead = await until(id, ({ entries }) => entries[0]?.deliveries[0]?.state === 'dead');
  expect(dead.entries[0]?.deliveries[0]?.error).toMatch(/5\.1\.1/u);
});

/** Where the bounce of that mail goes. */
async function envelopeOf(messageId: string): Promise<{ to: string }> {
  const mail = world.sandbox.outside.mails.all().find((one) => one.messageId === messageId);
  return { to: mail?.envelope.from ?? '' };
}
