import { MergeService, UnmergeService } from '#cases';
import type { CaseClock, PartnerTargets } from '#contracts';
import { withRetry } from '#platform';
import { Breaches, ClockAudit, ClockService, EscalationReader, EscalationService } from '#sla';
import { ClockView } from '#views';
import type { EntityManager } from 'typeorm';
import { aPerson, readerOf } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';
import { partnerBody } from './partners.world.js';

/** Each handoff has the clocks of its partner: by what was agreed, met and stopped by what is said of it, wherever it goes. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: HandoffWorld;
beforeAll(async () => {
  world = await openHandoffs();
  await aPerson(world.rooms, 'supervisor');
});
afterAll(() => world.rooms.close());

const inOne = <T>(deed: (tx: EntityManager) => Promise<T>) => world.rooms.database.transaction(deed);
const readOn = (...caseIds: string[]) => inOne((tx) => world.rooms.get(ClockService).advance(tx, caseIds));
const compare = (caseId: string) => inOne((tx) => world.rooms.get(ClockAudit).compare(tx, [caseId]));
const later = (minutes: number) => world.rooms.clock.advance(minutes * MINUTE);
const targets = (acknowledge: number, answer: number, back: number): Record<'normal' | 'critical', PartnerTargets> => {
  const all = { acknowledgeMinutes: acknowledge, answerMinutes: answer, returnMinutes: back };
  return { normal: all, critical: all };
};
const agreeing = (name: string, of: ReturnType<typeof targets>) =>
  world.partner({ name, terms: partnerBody({ terms: { targets: of, calendar: 'always' } }).terms });

async function merge(into: string, from: string): Promise<string> {
  const { rooms, supervisor } = world;
  const [mine, other] = await Promise.all(
    [into, from].map(async (caseId) => {
      const [row] = await rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]);
      return row?.id ?? '';
    }),
  );
  const actor = { kind: 'agent' as const, id: supervisor.id, name: supervisor.displayName };
  const order = { into: mine ?? '', from: other ?? '', reason: 'Es la misma persona' };
  return (await withRetry(rooms.database, (tx) => rooms.get(MergeService).customers(tx, actor, order))).mergeId;
}

/** Minutes after `since`, of clocks of partners that were given something. */
async function clocks(caseId: string, since: Date) {
  await readOn(caseId);
  const { rooms, agent } = world;
  const found = await rooms.get(ClockView).find(rooms.database.manager, readerOf(agent), caseId, rooms.clock.now());
  const minute = (at: string | null) => (at === null ? null : (Date.parse(at) - since.getTime()) / MINUTE);
  return found.items
    .filter(({ handoff }) => handoff)
    .map((clock: CaseClock) => ({
      clock: `${clock.handoff?.partnerName} ${clock.metric.slice('partner_'.length)}`,
      state: clock.state === 'due' ? 'running' : clock.state,
      from: minute(clock.startedAt),
      due: minute(clock.dueAt),
    }))
    .toSorted((a, b) => (a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : (a.from ?? 0) - (b.from ?? 0)));
}

it('two handoffs of a case have clocks of their own, and what is late says whose it is, once', async () => {
  const { caseId, repairId } = await world.taken();
  const since = world.rooms.clock.now();
  const orbe = await world.given({ caseId, repairId }, await agreeing('Orbe A', targets(60, 120, 600)));
  later(10);
  await world.given({ caseId }, await agreeing('Lab A', targets(30, 90, 300)), { mode: 'advise' });
  await world.hear(orbe, { kind: 'accepted' });
  later(90);
  await readOn(caseId);
  for (let time = 0; time < 2; time += 1) await inOne((tx) => world.rooms.get(Breaches).mark(tx));
  expect(await clocks(caseId, since)).toEqual([
    { clock: 'Lab A acknowledge', state: 'breached', from: 10, due: 40 },
    { clock: 'Lab A answer', state: 'breached', from: 10, due: 100 },
    { clock: 'Lab A return', state: 'running', from: 10, due: 310 },
    { clock: 'Orbe A acknowledge', state: 'met', from: 0, due: 60 },
    { clock: 'Orbe A answer', state: 'met', from: 0, due: 120 },
    { clock: 'Orbe A return', state: 'running', from: 0, due: 600 },
  ]);
  const late = (await world.events(caseId, 'clock.breached')).map(({ data }) => data);
  expect(late.filter(({ side }) => side === 'partner').map(({ metric, partnerName }) => [metric, partnerName])).toEqual(
    [
      ['partner_acknowledge', 'Lab A'],
      ['partner_answer', 'Lab A'],
    ],
  );
  await inOne((tx) => world.rooms.get(EscalationService).raise(tx));
  // So does what is escalated, in the case and in the list; of a clock of the case itself nobody is named.
  const raised = (await world.events(caseId, 'escalation.raised')).map(({ data }) => data);
  const query = { state: 'open', limit: 50 } as const;
  const { items } = await inOne((tx) => world.rooms.get(EscalationReader).list(tx, world.supervisor, query));
  for (const seen of [raised, items])
    expect(new Set(seen.map(({ metric, partnerName }) => `${String(metric)} ${String(partnerName ?? '')}`))).toEqual(
      new Set(['first_useful_action ', 'partner_acknowledge Lab A', 'partner_answer Lab A']),
    );
  await readOn(caseId);
  expect(await compare(caseId)).toEqual({ compared: 1, wrong: 0 });
});

it('their question stands still, and taken up again they have a new return', async () => {
  const { caseId, repairId } = await world.taken();
  const since = world.rooms.clock.now();
  const id = await world.given({ caseId, repairId }, await agreeing('Orbe B', targets(60, 120, 600)));
  later(20);
  await world.hear(id, { kind: 'asked', question: '¿Se mojó?' });
  await readOn(caseId);
  later(100);
  expect((await clocks(caseId, since)).at(-1)).toMatchObject({ clock: 'Orbe B return', state: 'paused', due: null });
  await world.say(id, { kind: 'info', text: 'No.' });
  later(30);
  await world.hear(id, { kind: 'resolved', outcome: 'repaired', text: 'Placa.' });
  later(5);
  await world.say(id, { kind: 'reopened', reason: 'No carga.' });
  expect(await clocks(caseId, since)).toEqual([
    { clock: 'Orbe B acknowledge', state: 'met', from: 0, due: 60 },
    { clock: 'Orbe B answer', state: 'met', from: 0, due: 120 },
    { clock: 'Orbe B answer', state: 'met', from: 120, due: 240 },
    { clock: 'Orbe B return', state: 'met', from: 0, due: 700 },
    { clock: 'Orbe B return', state: 'running', from: 155, due: 755 },
  ]);
  expect(await compare(caseId)).toEqual({ compared: 1, wrong: 0 });
  await world.say(id, { kind: 'cancelled', reason: 'Se cambia.' });
  expect((await clocks(caseId, since)).at(-1)).toMatchObject({ clock: 'Orbe B return', state: 'ended' });
  expect(await compare(caseId)).toEqual({ compared: 1, wrong: 0 });
});

it('they go where their handoff goes by a merge, and come back as if it had stayed', async () => {
  const [theirs, ours] = [await world.taken(), await world.taken()];
  const { rooms, supervisor } = world;
  const since = rooms.clock.now();
  const id = await world.given(theirs, await agreeing('Orbe C', targets(60, 120, 6000)));
  const own = await world.given(ours, await agreeing('Lab C', targets(60, 120, 6000)));
  await world.hear(own, { kind: 'accepted' });
  later(10);
  await world.hear(id, { kind: 'acknowledged' });
  await readOn(theirs.caseId, ours.caseId);
  const before = await clocks(theirs.caseId, since);
  const mergeId = await merge(ours.caseId, theirs.caseId);
  later(HOUR / MINUTE);
  const moved = await clocks(ours.caseId, since);
  expect(moved.filter(({ clock }) => clock.startsWith('Orbe C'))).toEqual(before);
  expect((await clocks(theirs.caseId, since)).filter(({ state }) => state === 'running')).toEqual([]);
  await world.hear(id, { kind: 'accepted' });
  await readOn(ours.caseId);
  await withRetry(rooms.database, (tx) => rooms.get(UnmergeService).undo(tx, supervisor, mergeId));
  later(5);
  expect(await clocks(theirs.caseId, since)).toEqual([
    { clock: 'Orbe C acknowledge', state: 'met', from: 0, due: 60 },
    { clock: 'Orbe C answer', state: 'met', from: 0, due: 120 },
    { clock: 'Orbe C return', state: 'running', from: 0, due: 6000 },
  ]);
  expect(
    (await clocks(ours.caseId, since)).filter(({ state }) => state === 'running').map(({ clock }) => clock),
  ).toEqual(['Lab C return']);
});

it('what was late is told once, wherever the handoff goes then', async () => {
  const [theirs, ours] = [await world.taken(), await world.taken()];
  const { rooms, supervisor } = world;
  const sweep = async () => {
    await readOn(theirs.caseId, ours.caseId);
    for (let more = true; more;) ({ more } = await inOne((tx) => rooms.get(Breaches).mark(tx)));
  };
  const late = async ({ caseId }: { caseId: string }) =>
    (await world.events(caseId, 'clock.breached')).flatMap(({ data }) =>
      data['partnerName'] === 'Orbe D' ? [data['metric']] : [],
    );
  const since = rooms.clock.now();
  await world.given(theirs, await agreeing('Orbe D', targets(60, 120, 240)));
  later(90);
  await sweep();
  expect(await late(theirs)).toEqual(['partner_acknowledge']);
  later(20);
  const mergeId = await merge(ours.caseId, theirs.caseId);
  await sweep();
  expect([await late(theirs), await late(ours)]).toEqual([['partner_acknowledge'], []]);
  expect((await clocks(ours.caseId, since))[0]).toMatchObject({ clock: 'Orbe D acknowledge', state: 'breached' });
  // What is late here is told here, and not once more where it goes back to.
  later(20);
  await sweep();
  await withRetry(rooms.database, (tx) => rooms.get(UnmergeService).undo(tx, supervisor, mergeId));
  await sweep();
  expect([await late(theirs), await late(ours)]).toEqual([['partner_acknowledge'], ['partner_answer']]);
  later(200);
  await sweep();
  expect([await late(theirs), await late(ours)]).toEqual([
    ['partner_acknowledge', 'partner_return'],
    ['partner_answer'],
  ]);
});
