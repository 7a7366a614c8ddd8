import { lockCase, ReplyService } from '#cases';
import { Breaches, ClockAudit, ClockService } from '#sla';
import { mail, receive } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

const MINUTE_MS = 60_000;

let world: StoryWorld;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world?.rooms.close());

const inOne = <T>(deed: (tx: Parameters<ClockAudit['round']>[0]) => Promise<T>): Promise<T> =>
  world.rooms.database.transaction(deed);
const readOn = (caseId: string) => inOne((tx) => world.rooms.get(ClockService).advance(tx, [caseId]));
const breach = () => inOne((tx) => world.rooms.get(Breaches).mark(tx));
const compare = (caseId: string) => inOne((tx) => world.rooms.get(ClockAudit).compare(tx, [caseId]));
const later = (minutes: number) => world.rooms.clock.advance(minutes * MINUTE_MS);

/** A life with everything clocks look at. */
async function aLife(): Promise<string> {
  const { rooms, agent } = world;
  const address = `${Math.random()}@correo.test`;
  const [arrival] = await receive(rooms, mail(address, { lacks: ['calls', 'data'] }));
  const caseId = arrival?.caseId ?? '';
  const step = async (deed: () => Promise<unknown>, minutes = 10) => {
    await deed();
    await readOn(caseId);
    later(minutes);
  };
  const answer = () =>
    inOne(async (tx) =>
      rooms.get(ReplyService).reply(tx, agent, await lockCase(tx, agent, caseId), {
        ...{ channel: 'email', text: 'Lo miro', attachmentIds: [] },
      }),
    );
  const due = new Date(rooms.clock.now().getTime() + 90 * MINUTE_MS).toISOString();
  await step(() => world.promise(caseId, { kind: 'update', dueAt: due }), 70);
  await step(breach);
  await step(answer, 20);
  await step(() => world.patch(caseId, { status: 'waiting', waitReason: 'partner' }), 3000);
  await step(breach);
  await step(() => receive(rooms, mail(address, { text: '¿Y bien?' })));
  await step(() => world.patch(caseId, { status: 'in_solution' }));
  const [calls] = (await world.detail(caseId)).impacts;
  await step(() => world.impact(caseId, calls?.id ?? '', 'relieved'));
  await step(() => world.restoreAll(caseId));
  return caseId;
}

it('clocks made anew from what happened are those that were kept', async () => {
  const caseId = await aLife();
  expect(await compare(caseId)).toEqual({ compared: 1, wrong: 0 });
  const kept = await world.rooms.db.query('select from clock_side where case_id = $1', [caseId]);
  expect(kept.length).toBeGreaterThanOrEqual(8);
  expect(await world.events(caseId, 'clock.mismatched')).toEqual([]);
});

it.each([
  [
    "update clock set met_at = met_at - interval '1 minute' where case_id = $1 and metric = 'relief' and side = 'customer'",
    'relief.customer.1 metAt',
  ],
  [
    "update clock set due_at = due_at + interval '1 hour' where case_id = $1 and metric = 'resolution' and side = 'customer'",
    'resolution.customer.1 dueAt',
  ],
  [
    "update clock set minutes = 61 where case_id = $1 and metric = 'first_useful_action'",
    'first_useful_action.customer.1 minutes',
  ],
  ["delete from clock where case_id = $1 and metric = 'next_update'", 'next_update.customer.1 kept'],
])('an alarm is raised once when they are not: %s', async (tamper, difference) => {
  const caseId = await aLife();
  await world.rooms.db.query(tamper, [caseId]);
  expect(await compare(caseId)).toEqual({ compared: 1, wrong: 1 });
  await readOn(caseId);
  expect(await compare(caseId)).toEqual({ compared: 1, wrong: 0 });
  const [told, ...more] = await world.events(caseId, 'clock.mismatched');
  expect([told?.data, more]).toEqual([{ differences: [difference] }, []]);
});

it('goes round and round through all cases, however many looks it takes', async () => {
  await world.rooms.db.query('update clock_audit set after_case = null');
  const [all] = await world.rooms.db.query<{ count: number }>('select count(*)::int as count from case_ledger');
  let compared = 0;
  do compared += (await inOne((tx) => world.rooms.get(ClockAudit).round(tx))).compared;
  while (
    (await world.rooms.db.query<{ after_case: string | null }>('select after_case from clock_audit'))[0]?.after_case
  );
  expect(compared).toBe(all?.count);
});
