import { ArrivalService } from '#cases';
import { HealthView } from '#views';
import { withRetry } from '#platform';
import { arrive, mail } from '../factories/rooms.js';
import { openEntries, type Entries } from './entries.world.js';

let world: Entries;
beforeAll(async () => void (world = await openEntries()));
afterAll(() => world.rooms.close());
beforeEach(() => world.rooms.clock.advance(60_000));

/** One entry of two goes to another case, its sender with it: their address has a thread on both. */
async function halfMoved() {
  const found = await world.twoCases();
  await world.move(found.source.caseId, found.entry.interactionId, found.target.caseId, { withSender: true });
  return found;
}

it('the first case has no way to an address that is another’s now', async () => {
  const { source, target, theirs } = await halfMoved();
  await expect(world.reply(source.caseId)).rejects.toMatchObject({ code: 'thread.unreachable' });
  const reply = await world.reply(target.caseId);
  const [sent] = await world.rows(
    'select p.value from interaction i join contact_point p on p.id = i.contact_point_id where i.id = $1',
    reply,
  );
  expect(sent).toEqual({ value: theirs });
});

it('the two can still become one: one thread of the address, everything said on it', async () => {
  const { source, target, theirs, first, entry } = await halfMoved();
  const reference = await world.referenceOf(source.caseId);
  await withRetry(world.rooms.database, (tx) =>
    world.rooms.get(ArrivalService).visit(tx, world.agent, {
      storeId: world.storeId,
      caseReference: reference,
      customer: { displayName: 'Los dos', email: theirs },
      text: 'Es la misma persona.',
    }),
  );
  const cases = await Promise.all([source, target].map(({ caseId }) => world.caseRow(caseId)));
  expect(cases.map((row) => row?.['status']).sort()).toEqual(['merged', 'new']);
  const kept = String(cases.find((row) => row?.['status'] !== 'merged')?.['id']);
  const threads = await world.rows(
    // The other one waits on the case that was taken in, without entries, for the merge to be undone.
    `select t.id from channel_thread t join contact_point p on p.id = t.contact_point_id where p.value = $1 and t.case_id = $2`,
    ...[theirs, kept],
  );
  expect(threads).toHaveLength(1);
  for (const { interactionId } of [first, entry])
    expect(await world.entryRow(interactionId)).toMatchObject({ case_id: kept, thread_id: threads[0]?.['id'] });
});

it('a review is asked for only while there are two cases to tell apart', async () => {
  const open = async () => (await world.rooms.get(HealthView).read(false)).reviews;
  const before = await open();
  const { source, mine, theirs } = await world.twoCases();
  expect(await open()).toBe(before + 1);
  await withRetry(world.rooms.database, async (tx) =>
    world.rooms.get(ArrivalService).visit(tx, world.agent, {
      storeId: world.storeId,
      caseReference: await world.referenceOf(source.caseId),
      customer: { displayName: 'Los dos', email: mine },
      text: `También ${theirs}`,
    }),
  );
  expect(await open()).toBe(before);
});

it('store staff read that an entry came, not which case it came from', async () => {
  const { source, target, entry } = await world.twoCases();
  await world.rows('insert into case_store (store_id, case_id) values ($1, $2)', world.storeId, target.caseId);
  await world.move(source.caseId, entry.interactionId, target.caseId, { reason: 'Habla de este' });
  const moved = async (person = world.agent) =>
    (await world.timelineOf(target.caseId, person)).find(
      (item) => item.type === 'event' && item.event === 'entry.moved_in',
    );
  expect(await moved()).toMatchObject({ data: { fromReference: await world.referenceOf(source.caseId) } });
  const seen = await moved(world.clerk);
  expect(seen).toMatchObject({ data: { reason: 'Habla de este' } });
  expect(JSON.stringify(seen)).not.toContain(await world.referenceOf(source.caseId));
  expect(JSON.stringify(seen)).not.toContain(source.caseId);
});

it('what no person wrote is the last word only where nobody else has said anything', async () => {
  const [address, other] = [world.anAddress(), world.anAddress()];
  const target = await arrive(world.rooms, mail(other, { text: 'De otro' }));
  const only = await arrive(world.rooms, mail(address, { text: 'Lo único' }));
  await arrive(
    world.rooms,
    mail(address, { text: 'Estoy de vacaciones', automatic: true, automaticKind: 'auto_reply' }),
  );
  expect(await world.caseRow(only.caseId)).toMatchObject({ preview: 'Lo único', next_action: 'reply' });
  await world.move(only.caseId, only.interactionId, target.caseId);
  expect(await world.caseRow(only.caseId)).toMatchObject({
    preview: 'Estoy de vacaciones',
    last_channel: 'email',
    next_action: 'await_customer',
  });
});
