import { CaseHandoff } from '#contracts';
import { waitFor } from '../support/wait.js';
import { Factory } from './factory.js';
import type { Person } from './outside.js';
import { addPartner, PartnerSystem } from './partner-system.js';
import type { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** Work of ours, as its takers read it by TMF621: in our system where they have none, and in theirs. */
let world: World;
let admin: Staff;
let agent: Staff;

beforeAll(async () => {
  world = await startWorld();
  [admin, agent] = await Promise.all([world.login('admin@hilo.test'), world.login('agent@hilo.test')]);
}, 60_000);
afterAll(() => world?.stop());

const QUOTE = {
  lines: [{ description: 'Placa', kind: 'part', quantity: 1, listCents: 40_000, priceCents: 20_000 }],
};
const WORDS = 'Se apaga al abrir la cámara';

async function given(partnerId: string, name: string): Promise<{ handoff: CaseHandoff; person: Person }> {
  const person = await world.outside.newcomer(name);
  await world.outside.writeDm(person, `Soy ${name}, llámame al 600 111 222`);
  const found = await waitFor(async () =>
    (await agent.cases()).find(({ customer }) => customer.displayName === person.displayName),
  );
  await agent.ask(`/cases/${found.id}/problems`, { method: 'POST', body: { statement: WORDS } });
  await agent.ask(`/cases/${found.id}/notes`, { method: 'POST', body: { text: 'Ojo: amenaza con irse' } });
  const body = { partnerId, mode: 'transfer', ask: 'Mirad la cámara' };
  const { id } = await agent.done(`/cases/${found.id}/handoffs`, CaseHandoff, { method: 'POST', body });
  return { handoff: await agent.done(`/handoffs/${id}/send`, CaseHandoff, { method: 'POST' }), person };
}

const recall = async (id: string, word: object): Promise<void> => {
  const answer = await admin.ask(`/handoffs/${id}/words`, { method: 'POST', body: { word } });
  expect({ word, status: answer.status }).toEqual({ word, status: 201 });
};

/** Where every text and number of an answer stands: `note.author`. */
const placesOf = (value: unknown, at = ''): string[] =>
  Array.isArray(value)
    ? value.flatMap((item) => placesOf(item, at))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => placesOf(item, at ? `${at}.${key}` : key))
      : [at];

const PLACES = [
  ...['id', 'href', 'externalId', 'name', 'description', 'severity', 'ticketType', 'priority', 'status', '@type'],
  ...[
    'creationDate',
    'lastUpdate',
    'statusChangeDate',
    'statusChangeReason',
    'expectedResolutionDate',
    'resolutionDate',
  ],
  ...['statusChange.status', 'statusChange.changeDate', 'statusChange.changeReason'],
  ...['note.id', 'note.author', 'note.date', 'note.text', 'note.@type'],
  ...['id', 'name', 'mimeType', 'attachmentType', 'content', 'url', 'size.amount', 'size.units'].map(
    (key) => `attachment.${key}`,
  ),
  ...['id', 'role', 'name', 'email', 'phone', '@referredType'].map((key) => `relatedParty.${key}`),
  ...['id', 'role', 'name', '@referredType'].map((key) => `relatedEntity.${key}`),
];

it('a partner without a system reads in ours what it is told, works on it there, and reads nothing after a recall', async () => {
  const { id: partnerId } = await addPartner(admin, { name: 'Taller Sur', share: ['problem.statement'] });
  const system = await PartnerSystem.withKey(world.url, admin, partnerId);
  const { handoff, person } = await given(partnerId, 'Begoña Ausente');
  const withheld = new RegExp(
    [person.displayName, person.handle, person.email, '600', 'amenaza', handoff.caseId].join('|'),
    'u',
  );
  const all = async () => [
    await system.ask(`/troubleTicket/${handoff.id}`),
    await system.ask('/troubleTicket'),
    await system.ask(`/troubleTicket?externalId=${handoff.reference}`),
  ];
  for (const { status, body, bytes } of await all()) {
    expect(status).toBe(200);
    expect(placesOf(body).filter((place) => !PLACES.includes(place))).toEqual([]);
    expect(bytes.toString()).toContain(WORDS);
    expect(bytes.toString()).not.toMatch(withheld);
  }
  const quote = { id: 'q-1', attachmentType: 'quote', content: Buffer.from(JSON.stringify(QUOTE)).toString('base64') };
  const bad = { ...quote, id: 'q-0', content: Buffer.from('{"lines":[]}').toString('base64') };
  const engineer = { role: 'engineer', name: 'Luis', email: 'luis@sur.example' };
  for (const [patch, status] of [
    [{ status: 'acknowledged' }, 200],
    [{ status: 'inProgress', relatedParty: [engineer], relatedEntity: [{ id: 'S-5', role: 'rma' }] }, 200],
    [{ expectedResolutionDate: '2026-12-24T10:00:00Z', statusChangeReason: 'falta la pieza' }, 200],
    [{ attachment: [bad] }, 400],
    [{ attachment: [quote] }, 200],
    [{ attachment: [quote] }, 200],
    [{ status: 'resolved', statusChangeReason: 'repaired: cámara nueva' }, 200],
  ] as const)
    expect({ patch, status: (await system.patch(handoff.id, patch)).status }).toEqual({ patch, status });
  const done = await agent.done(`/handoffs/${handoff.id}`, CaseHandoff);
  expect(done).toMatchObject({
    ...{ state: 'resolved', outcome: 'repaired', partnerRef: 'S-5', engineer: { name: 'Luis' } },
    etaAt: '2026-12-24T10:00:00.000Z',
  });
  expect(done.entries.filter(({ ours }) => !ours).map(({ word }) => word.kind)).toEqual([
    ...['acknowledged', 'accepted', 'eta', 'quoted', 'resolved'],
  ]);
  await recall(handoff.id, { kind: 'recalled', reason: 'no era para ellos' });
  for (const { status, bytes } of await all()) {
    expect(status).toBe(200);
    expect(bytes.toString()).not.toMatch(/cámara|Luis|pieza|no era/u);
  }
});

it('what we take back is gone from their system, too; what of theirs nobody understood waits for a person', async () => {
  const factory = new Factory(world.sandbox);
  const { id: partnerId } = await addPartner(admin, {
    ...{ name: 'Orbe', gateway: 'tmf621', tmf621: factory.peer, share: ['problem.statement', 'customer.name'] },
  });
  const { handoff } = await given(partnerId, 'Elvira Montes');
  const ticket = await waitFor(async () => (await factory.tickets(handoff.reference))[0], { timeout: 20_000 });
  expect(ticket.description).toContain(WORDS);
  await factory.act(ticket.id, {
    ...{ do: 'file', name: 'informe.txt', mimeType: 'text/plain', contentBase64: Buffer.from('ok').toString('base64') },
  });
  const heard = async () =>
    (await agent.done(`/handoffs/${handoff.id}`, CaseHandoff)).entries.filter(({ ours }) => !ours);
  const [file] = await waitFor(async () => (await heard()).length > 0 && heard(), { timeout: 20_000 });
  expect((await agent.content(file?.attachments[0]?.id ?? '')).toString()).toBe('ok');

  const raw = { word: { kind: 'note', text: 'llegó torcido' }, externalRef: 'note:77', at: new Date().toISOString() };
  const [letter] = await world.database.query<{ id: string }>(
    `insert into partner_inbox (id, partner_id, gateway, external_ref, raw, state, error, handoff_id, received_at)
     values (gen_random_uuid(), $1, 'tmf621', 'kept', $2, 'dead', 'unreadable', $3, now()) returning id`,
    [partnerId, JSON.stringify(raw), handoff.id],
  );
  const settled = await admin.ask(`/handoff-letters/${letter?.id}/settle`, { method: 'POST', body: { how: 'taken' } });
  expect(settled.status).toBeLessThan(300);
  expect((await heard()).map(({ word }) => word)).toContainEqual(raw.word);

  await recall(handoff.id, { kind: 'recalled', reason: 'por error' });
  const gone = await waitFor(
    async () => (await factory.tickets(handoff.reference)).find(({ status }) => status === 'cancelled'),
    { timeout: 20_000 },
  );
  expect(JSON.stringify(gone)).not.toMatch(/Elvira|cámara/u);
  expect(gone).toMatchObject({ attachment: [{ name: 'informe.txt' }] });
});

it('the same work that comes twice at the same moment is one', async () => {
  const { id: partnerId } = await addPartner(admin, { name: 'Otra', kind: 'carrier' });
  const system = await PartnerSystem.withKey(world.url, admin, partnerId);
  const posted = { description: 'x', severity: 'High', ticketType: 'device', externalId: 'TWICE-1' };
  const made = await Promise.all([1, 2, 3].map(() => system.ticket(system.post('/troubleTicket', posted))));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const [row] = await world.database.query<{ count: string }>('select count(*) from handoff where partner_id = $1', [
    partnerId,
  ]);
  expect(row?.count).toBe('1');
});
