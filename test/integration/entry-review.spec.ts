import { InteractionEntry } from '#contracts';
import { ReviewView, TimelineView } from '#views';
import { aPerson, arrive, mail } from '../factories/rooms.js';
import { openEntries, type Entries } from './entries.world.js';

let world: Entries;
beforeAll(async () => void (world = await openEntries()));
afterAll(() => world.rooms.close());
beforeEach(() => world.rooms.clock.advance(60_000));

describe('an entry that names another case', () => {
  it('says so on the timeline and in the list, until it is moved', async () => {
    const { target, source, entry } = await world.twoCases();
    const review = { caseReference: await world.referenceOf(target.caseId), evidence: { by: 'references' } };
    const found = (await world.timelineOf(source.caseId)).find(({ id }) => id === entry.interactionId);
    expect(found).toMatchObject({ review, matchedBy: 'contact_point' });
    expect((await world.reviews()).find(({ entryId }) => entryId === entry.interactionId)).toMatchObject({
      case: { id: source.caseId },
      named: { id: target.caseId, reference: review.caseReference },
      evidence: { by: 'references' },
    });
    await world.move(source.caseId, entry.interactionId, target.caseId);
    expect(
      await world.rooms.get(TimelineView).interaction(world.rooms.database.manager, entry.interactionId),
    ).toMatchObject({
      review: null,
      matchedBy: 'moved',
    });
    expect((await world.reviews()).map(({ entryId }) => entryId)).not.toContain(entry.interactionId);
  });

  it('or until somebody leaves it where it is; twice is once', async () => {
    const { target, source, first, entry } = await world.twoCases();
    await world.dismiss(source.caseId, entry.interactionId);
    await world.dismiss(source.caseId, entry.interactionId);
    expect(await world.eventsOf(source.caseId)).toMatchObject([
      {
        type: 'entry.review_dismissed',
        actor_id: world.agent.id,
        data: { caseReference: await world.referenceOf(target.caseId) },
      },
    ]);
    const shown = InteractionEntry.parse(
      await world.rooms.get(TimelineView).interaction(world.rooms.database.manager, entry.interactionId),
    );
    expect(shown.review).toBeNull();
    expect((await world.reviews()).map(({ entryId }) => entryId)).not.toContain(entry.interactionId);
    await expect(world.dismiss(source.caseId, first.interactionId)).rejects.toMatchObject({ code: 'review.not_found' });
    await expect(world.dismiss(target.caseId, entry.interactionId)).rejects.toMatchObject({
      code: 'interaction.not_found',
    });
  });

  it('the list has pages, newest first', async () => {
    await world.twoCases();
    await world.twoCases();
    const all = await world.reviews();
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await world.rooms.get(ReviewView).list({ limit: 1, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ entryId }) => entryId));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.map(({ entryId }) => entryId));
    expect(all.map(({ receivedAt }) => receivedAt)).toEqual(
      [...all.map(({ receivedAt }) => receivedAt)].sort().reverse(),
    );
  });
});

it('an entry somebody put there is new to whoever was writing there, not to who put it there', async () => {
  const { target, source, theirs, entry } = await world.twoCases();
  const other = await aPerson(world.rooms);
  const unseen = (writer: string, lastSeen: string, caseId = target.caseId) =>
    world.rooms.get(TimelineView).refuseUnseen(world.rooms.database.manager, caseId, writer, lastSeen);
  await unseen(other.id, target.interactionId);
  await world.move(source.caseId, entry.interactionId, target.caseId);
  await expect(unseen(other.id, target.interactionId)).rejects.toMatchObject({
    code: 'case.unseen_entries',
    details: { entries: [{ id: entry.interactionId }] },
  });
  await unseen(world.agent.id, target.interactionId);
  // What was seen last has gone: what came after it is news all the same.
  await unseen(other.id, entry.interactionId, source.caseId);
  world.rooms.clock.advance(1000);
  await arrive(world.rooms, mail(theirs));
  await expect(unseen(other.id, entry.interactionId, source.caseId)).rejects.toMatchObject({
    code: 'case.unseen_entries',
  });
});
