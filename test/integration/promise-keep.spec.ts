import { lockCase, PromiseKeepJob, ReplyService } from '#cases';
import { newId } from '#platform';
import { arrive, dm } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

const MINUTE = 60_000;
let world: StoryWorld;
let serial = 700;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world.rooms.close());

const inMinutes = (minutes: number) => new Date(world.rooms.clock.now().getTime() + minutes * MINUTE).toISOString();
const promised = async (dueInMinutes: number, kind: 'update' | 'other' = 'update') => {
  const { caseId } = await arrive(world.rooms, dm(String((serial += 1))));
  await world.promise(caseId, {
    kind,
    dueAt: inMinutes(dueInMinutes),
    ...(kind === 'other' ? { text: 'Copiar las fotos' } : {}),
  });
  return caseId;
};
const write = (caseId: string) =>
  world.rooms.database.transaction(async (tx) =>
    world.rooms.get(ReplyService).reply(tx, world.agent, await lockCase(tx, world.agent, caseId), {
      channel: 'twitter',
      text: 'Ya está en el taller',
    }),
  );
const tell = (caseId: string, ...interactionIds: string[]) => {
  const events = interactionIds.map((interactionId) => ({
    ...{
      id: newId(),
      seq: '1',
      caseId,
      caseVersion: 1,
      type: 'interaction.sent',
      at: inMinutes(0),
      correlationId: null,
    },
    data: { interactionId, channel: 'twitter' },
  }));
  return world.rooms.get(PromiseKeepJob).run({ events, correlationId: null });
};
/** The reply has left, and the job hears of it. */
const sent = async (caseId: string, interactionId: string) => {
  await world.rooms.db.query(`update delivery set state = 'sent', sent_at = $2 where interaction_id = $1`, [
    interactionId,
    world.rooms.clock.now(),
  ]);
  await tell(caseId, interactionId);
};
const states = async (caseId: string) =>
  (await world.detail(caseId)).story.flatMap(({ promise }) => (promise ? [promise] : []));

it('a promise to write again is kept by the reply that leaves in time, once, however often the job hears of it', async () => {
  const caseId = await promised(120);
  world.rooms.clock.advance(60 * MINUTE);
  const reply = await write(caseId);
  await tell(caseId, reply);
  expect((await states(caseId)).map(({ state }) => state)).toEqual(['open']);
  await sent(caseId, reply);
  await tell(caseId, reply, reply);
  expect(await states(caseId)).toMatchObject([{ state: 'kept', keptBy: { entryId: reply, at: inMinutes(0) } }]);
  expect((await world.detail(caseId)).nextUpdateDueAt).toBeNull();
  expect(await world.events(caseId, 'promise.decided')).toMatchObject([
    { actor_name: 'Hilo', data: { state: 'kept', keptBy: { entryId: reply, late: false } } },
  ]);
});

it('what leaves when it was due already keeps it late', async () => {
  const caseId = await promised(30);
  world.rooms.clock.advance(45 * MINUTE);
  await sent(caseId, await write(caseId));
  const [promise] = await states(caseId);
  expect(promise?.state).toBe('kept');
  expect(Date.parse(promise?.keptBy?.at ?? '')).toBeGreaterThan(Date.parse(promise?.dueAt ?? ''));
  expect(await world.events(caseId, 'promise.decided')).toMatchObject([{ data: { keptBy: { late: true } } }]);
});

it('the reply that tells of the promise does not keep it, nor one written before it was moved', async () => {
  const caseId = await promised(120);
  world.rooms.clock.advance(10 * MINUTE);
  await sent(caseId, await write(caseId));
  world.rooms.clock.advance(20 * MINUTE);
  const news = await write(caseId);
  const [promise] = await states(caseId);
  await world.decide(caseId, promise?.id ?? '', { dueAt: inMinutes(300) });
  await sent(caseId, news);
  expect(await states(caseId)).toMatchObject([{ state: 'open', keptBy: null }]);
});

it('other promises, and what is sent by itself, wait for a person', async () => {
  const other = await promised(120, 'other');
  const automatic = await promised(120);
  world.rooms.clock.advance(60 * MINUTE);
  await sent(other, await write(other));
  const reply = await write(automatic);
  await world.rooms.db.query(`update interaction set automatic = true where id = $1`, [reply]);
  await sent(automatic, reply);
  for (const caseId of [other, automatic]) expect(await states(caseId)).toMatchObject([{ state: 'open' }]);
});

it('one reply keeps all that were due, else only the next', async () => {
  const due = await promised(30);
  await world.promise(due, { kind: 'update', dueAt: inMinutes(40) });
  await world.promise(due, { kind: 'update', dueAt: inMinutes(600) });
  const ahead = await promised(200);
  await world.promise(ahead, { kind: 'update', dueAt: inMinutes(100) });
  world.rooms.clock.advance(60 * MINUTE);
  await sent(due, await write(due));
  await sent(ahead, await write(ahead));
  const of = async (caseId: string) =>
    (await states(caseId)).sort((a, b) => a.dueAt.localeCompare(b.dueAt)).map(({ state }) => state);
  expect(await of(due)).toEqual(['kept', 'kept', 'open']);
  expect(await of(ahead)).toEqual(['kept', 'open']);
});
