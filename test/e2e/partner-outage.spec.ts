import { CaseHandoff, Partner } from '#contracts';
import type { z } from 'zod';
import { partnerBody, sharing } from '../integration/partners.world.js';
import { waitFor } from '../support/wait.js';
import { expectedAfter, someCourse, type Expected } from './factory.oracle.js';
import { Factory, type FactoryDeed, type FactoryTicket } from './factory.js';
import type { Person } from './outside.js';
import type { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
type Handoff = z.infer<typeof CaseHandoff>;

let world: World;
let agent: Staff;
let factory: Factory;
let orbeId: string;

beforeAll(async () => {
  world = await startWorld();
  factory = new Factory(world.sandbox);
  const admin = await world.login('admin@hilo.test');
  const share = sharing('problem.statement', 'device.model', 'story');
  const body = partnerBody({ name: 'Orbe', gateway: 'tmf621', tmf621: factory.peer, terms: { share } });
  orbeId = (await admin.done('/partners', Partner, { method: 'POST', body })).id;
}, 60_000);
afterAll(() => world?.stop());
beforeEach(async () => {
  await factory.goodDay();
  agent = await world.login('agent@hilo.test');
});

/** Time goes by until it is so: sweeps look every few seconds, and put off what fails. */
const inTime = <T>(question: () => T | Promise<T>, step = MINUTE) =>
  waitFor(
    () => {
      world.clock.advance(step);
      return question();
    },
    { timeout: 40_000, every: 150 },
  );

const handoffOf = (id: string): Promise<Handoff> => agent.done(`/handoffs/${id}`, CaseHandoff);
const say = async (id: string, word: object): Promise<void> => {
  const answer = await agent.ask(`/handoffs/${id}/words`, { method: 'POST', body: { word } });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.bytes.toString()}`);
};

/** Somebody whose phone is dead has written, and Orbe was given the work. */
async function given(name: string): Promise<{ handoff: Handoff; person: Person }> {
  const person = await world.outside.newcomer(name);
  await world.outside.writeDm(person, `Soy ${name}: se me ha muerto el móvil`);
  const found = await waitFor(async () =>
    (await agent.cases()).find(({ customer }) => customer.displayName === person.displayName),
  );
  const body = { partnerId: orbeId, mode: 'transfer', ask: 'Mirad por qué no enciende' };
  const drafted = await agent.done(`/cases/${found.id}/handoffs`, CaseHandoff, { method: 'POST', body });
  return { handoff: await agent.done(`/handoffs/${drafted.id}/send`, CaseHandoff, { method: 'POST' }), person };
}

const ticketOf = (reference: string, step = 1000): Promise<FactoryTicket> =>
  inTime(async () => (await factory.tickets(reference))[0], step);

async function play(ticketId: string, deeds: readonly FactoryDeed[]): Promise<void> {
  for (const deed of deeds) {
    world.clock.advance(1000);
    await factory.act(ticketId, deed);
  }
}

/** What became of it with us. Days they named in between may be heard or not, the last one counts: why is told with it, or as a note. */
function standingOf({ state, partnerRef, engineer, etaAt, outcome, question, entries }: Handoff): Expected {
  const said = entries.flatMap(({ ours, word }) => (ours ? [] : [word]));
  const notes = new Set(said.flatMap((word) => (word.kind === 'note' ? [word.text] : [])));
  const theirs = said.flatMap((word) => {
    if (word.kind !== 'eta') return [word.kind];
    return word.reason && !notes.has(word.reason) ? ['note'] : [];
  });
  const words = Object.fromEntries(
    [...new Set(theirs)].map((kind) => [kind, theirs.filter((one) => one === kind).length]),
  );
  return { state, partnerRef, engineer: engineer?.name ?? null, etaAt, outcome, question, words };
}

async function comesTo(id: string, expected: Expected): Promise<void> {
  let last: Expected | undefined;
  try {
    await inTime(async () => {
      last = standingOf(await handoffOf(id));
      return JSON.stringify(sorted(last)) === JSON.stringify(sorted(expected));
    });
  } catch {
    expect(last).toEqual(expected);
  }
}
const sorted = ({ words, ...rest }: Expected) => [
  ...Object.entries(rest).toSorted(),
  ...Object.entries(words).toSorted(),
];

/** What the customer was told of who has it. */
const toldOf = async (person: Person) =>
  (await world.outside.dmsTo(person)).filter(({ text }) => text.includes('Orbe se encarga')).length;

it('a partner that is down for a day gets everything afterwards: once, in order, in one ticket', async () => {
  await factory.day({ down: true });
  const { handoff } = await given('Down Day');
  await say(handoff.id, { kind: 'note', text: 'Tiene prisa.' });
  await say(handoff.id, { kind: 'note', text: 'Mucha prisa.' });
  const attempts = async () => (await handoffOf(handoff.id)).entries[0]?.deliveries[0]?.attempts ?? 0;
  await waitFor(async () => (await attempts()) > 0);
  for (let hour = 0; hour < 24; hour += 8) {
    const before = await attempts();
    world.clock.advance(8 * HOUR);
    await inTime(async () => (await attempts()) > before);
  }
  agent = await world.login('agent@hilo.test');
  expect(await handoffOf(handoff.id)).toMatchObject({ state: 'sent', partnerRef: null });
  expect(await factory.tickets(handoff.reference)).toEqual([]);
  // Back, and not well yet: what it is told it does, and answers that it did not; or as somebody else; or not at all.
  await factory.day({ down: false, errorAfterCommitNext: 1, wrongNext: 1 });
  await ticketOf(handoff.reference, 5 * MINUTE);
  await factory.day({ resetAfterCommitNext: 1 });
  await inTime(async () => (await factory.tickets(handoff.reference))[0]?.note.length === 2, 10 * MINUTE);
  await inTime(async () =>
    (await handoffOf(handoff.id)).entries.every(({ deliveries }) => deliveries.every(({ state }) => state === 'sent')),
  );
  const [ticket, ...more] = await factory.tickets(handoff.reference);
  expect(more).toEqual([]);
  expect(ticket?.note.map(({ text }) => text)).toEqual(['Tiene prisa.', 'Mucha prisa.']);
  expect((await handoffOf(handoff.id)).entries.map(({ ours, word }) => [ours, word.kind])).toEqual([
    [true, 'sent'],
    [true, 'note'],
    [true, 'note'],
  ]);
}, 120_000);

it('what they do while their events come three times and newest first, and all again, counts once', async () => {
  const { handoff, person } = await given('Noise Three');
  const { id: ticketId } = await ticketOf(handoff.reference);
  await factory.day({ copies: 3, reorder: true });
  const course: FactoryDeed[] = [
    { do: 'acknowledge' },
    { do: 'accept', rma: 'RMA-7', engineer: { name: 'Ana Roig' }, etaAt: '2027-01-04T16:00:00.000Z' },
    {
      do: 'quote',
      lines: [{ description: 'Placa', kind: 'part', listCents: 40_000, priceCents: 20_000 }],
      agreement: 'Acuerdo',
    },
    { do: 'eta', etaAt: '2027-01-07T16:00:00.000Z', reason: 'La placa llega tarde' },
    { do: 'received' },
    { do: 'resolve', outcome: 'repaired', text: 'Placa cambiada' },
  ];
  await play(ticketId, course);
  const expected = expectedAfter(course);
  await comesTo(handoff.id, expected);
  await inTime(async () => (await toldOf(person)) > 0);
  for (const reversed of [true, false]) {
    const statuses = await factory.replay(ticketId, 3, reversed);
    expect(statuses.length).toBeGreaterThanOrEqual(3 * course.length);
    expect(statuses.filter((status) => status === null || status >= 300)).toEqual([]);
  }
  // Whatever was looked at because of it has been looked at when the next word of theirs is here.
  await play(ticketId, [{ do: 'note', text: 'Eso es todo' }]);
  await comesTo(handoff.id, expectedAfter([...course, { do: 'note', text: 'Eso es todo' }]));
  expect(await toldOf(person)).toBe(1);
  const quotes = (await handoffOf(handoff.id)).entries.flatMap(({ word }) =>
    word.kind === 'quoted' ? [word.quote] : [],
  );
  expect(quotes).toMatchObject([
    { currency: 'EUR', agreement: 'Acuerdo', lines: [{ listCents: 40_000, priceCents: 20_000 }] },
  ]);
}, 120_000);

it('whatever the course of things and the weather, it ends as the oracle says', async () => {
  let seed = 20_261_123;
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const weathers = [
    { copies: 3 },
    { reorder: true },
    { events: false },
    { thin: true, copies: 2, reorder: true, errorNext: 3 },
  ];
  for (const [run, weather] of weathers.entries()) {
    await factory.goodDay();
    const { handoff, person } = await given(`Course ${'abcd'[run] ?? ''}`);
    const { id: ticketId } = await ticketOf(handoff.reference);
    await factory.day(weather);
    const course = someCourse(chance);
    await play(ticketId, course);
    await comesTo(handoff.id, expectedAfter(course));
    await inTime(async () => (await toldOf(person)) > 0);
    await factory.replay(ticketId, 2, true);
    await play(ticketId, []);
    await comesTo(handoff.id, expectedAfter(course));
    expect(await toldOf(person)).toBe(1);
  }
}, 240_000);

it('what we say comes back to us in their events and is nothing new', async () => {
  const { handoff } = await given('Echo Echo');
  const { id: ticketId } = await ticketOf(handoff.reference);
  await factory.day({ copies: 3, reorder: true });
  const stands = (state: string) => inTime(async () => (await handoffOf(handoff.id)).state === state);
  const theirs = (status: string) =>
    inTime(async () => (await factory.tickets(handoff.reference))[0]?.status === status);
  await play(ticketId, [
    { do: 'accept', rma: 'RMA-1' },
    { do: 'ask', question: '¿Se mojó?' },
  ]);
  await stands('info_requested');
  await say(handoff.id, { kind: 'info', text: 'No, nunca.' });
  await theirs('inProgress');
  await play(ticketId, [{ do: 'resolve', outcome: 'repaired', text: 'Placa cambiada' }]);
  await stands('resolved');
  await say(handoff.id, { kind: 'reopened', reason: 'Se apaga otra vez' });
  await theirs('inProgress');
  await play(ticketId, [{ do: 'resolve', outcome: 'replaced', text: 'Os mandamos otro' }]);
  await stands('resolved');
  await say(handoff.id, { kind: 'closed', text: 'Gracias' });
  await theirs('closed');
  await factory.replay(ticketId, 3, true);
  world.clock.advance(HOUR);
  await inTime(async () => (await factory.tickets(handoff.reference))[0]?.status === 'closed');
  const { entries, outcome, state } = await handoffOf(handoff.id);
  expect({ outcome, state }).toEqual({ outcome: 'replaced', state: 'closed' });
  expect(entries.map(({ ours, word }) => `${ours ? 'we' : 'they'} ${word.kind}`)).toEqual([
    'we sent',
    ...['they accepted', 'they asked', 'we info', 'they resolved', 'we reopened', 'they resolved', 'we closed'],
  ]);
}, 120_000);

it('what they rejected can be closed by us, though their ticket was over before', async () => {
  const { handoff } = await given('Over Before');
  const { id: ticketId } = await ticketOf(handoff.reference);
  await play(ticketId, [{ do: 'reject', reason: 'Daño por agua', nextStep: 'Pedid presupuesto' }]);
  await inTime(async () => (await handoffOf(handoff.id)).state === 'rejected');
  await say(handoff.id, { kind: 'closed' });
  const last = async () => (await handoffOf(handoff.id)).entries.at(-1);
  await inTime(async () => (await last())?.deliveries.every(({ state }) => state !== 'waiting'));
  expect(await last()).toMatchObject({ word: { kind: 'closed' }, deliveries: [{ state: 'sent', error: null }] });
}, 120_000);
