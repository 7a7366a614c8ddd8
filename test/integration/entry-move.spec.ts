import { ArrivalService, IntakeService, NoteService } from '#cases';
import { withRetry } from '#platform';
import { arrive, dm, mail } from '../factories/rooms.js';
import { openEntries, type Entries } from './entries.world.js';

let world: Entries;
beforeAll(async () => void (world = await openEntries()));
afterAll(() => world.rooms.close());
beforeEach(() => world.rooms.clock.advance(60_000));

describe('an entry put on another case', () => {
  it('is there with all it counts for, and no longer here; both journals say who and why', async () => {
    const { target, source, first, entry } = await world.twoCases();
    expect(await world.caseRow(source.caseId)).toMatchObject({ unread: 2, preview: 'Sobre el móvil de mi madre' });
    await world.move(source.caseId, entry.interactionId, target.caseId, { reason: 'Habla del móvil de su madre' });
    expect(await world.entryRow(entry.interactionId)).toEqual({
      case_id: target.caseId,
      thread_id: null,
      matched_by: 'moved',
    });
    expect(await world.caseRow(source.caseId)).toMatchObject({
      unread: 1,
      preview: 'Lo mío',
      version: 4,
      next_action: 'reply',
    });
    expect(await world.caseRow(target.caseId)).toMatchObject({
      unread: 2,
      preview: 'Sobre el móvil de mi madre',
      last_interaction_at: (
        await world.one('select occurred_at from interaction where id = $1', entry.interactionId)
      )?.['occurred_at'],
      next_action: 'reply',
      version: 3,
    });
    const said = { interactionId: entry.interactionId, reason: 'Habla del móvil de su madre', withSender: null };
    expect(await world.eventsOf(source.caseId)).toEqual([
      {
        type: 'entry.moved_out',
        actor_id: world.agent.id,
        data: { ...said, toCaseId: target.caseId, toReference: await world.referenceOf(target.caseId) },
      },
    ]);
    expect(await world.eventsOf(target.caseId)).toEqual([
      {
        type: 'entry.moved_in',
        actor_id: world.agent.id,
        data: {
          ...said,
          fromCaseId: source.caseId,
          fromReference: await world.referenceOf(source.caseId),
          matchedBefore: 'contact_point',
        },
      },
    ]);
    expect((await world.timelineOf(target.caseId)).map(({ type, id }) => (type === 'interaction' ? id : type))).toEqual(
      [target.interactionId, 'event', entry.interactionId, 'event'],
    );
    expect((await world.timelineOf(source.caseId)).map(({ id }) => id)).not.toContain(entry.interactionId);
    const [left] = await world.threadsOf(source.caseId);
    expect(left).toMatchObject({
      subject: 'Factura',
      last_message_id: (await world.one('select message_id from interaction where id = $1', first.interactionId))?.[
        'message_id'
      ],
      message_refs: [],
    });
  });

  it('moved back is as if nothing had been', async () => {
    const { target, source, entry } = await world.twoCases();
    const state = async () => [
      await world.one(
        'select preview, unread, last_channel, last_direction, last_interaction_at, next_action, channels from cases where id = $1',
        source.caseId,
      ),
      await world.one(
        'select preview, unread, last_channel, last_direction, last_interaction_at, next_action, channels from cases where id = $1',
        target.caseId,
      ),
      await world.rows(
        'select subject, last_message_id, message_refs, last_inbound_at from channel_thread where case_id in ($1, $2) order by id',
        source.caseId,
        target.caseId,
      ),
      await world.one('select case_id, thread_id from interaction where id = $1', entry.interactionId),
      await world.one(
        'select case_id, state, decided_by from entry_review where interaction_id = $1',
        entry.interactionId,
      ),
    ];
    const before = await state();
    await world.move(source.caseId, entry.interactionId, target.caseId);
    expect(await state()).not.toEqual(before);
    await world.move(target.caseId, entry.interactionId, source.caseId, { reason: 'Me equivoqué' });
    expect(await state()).toEqual(before);
    expect((await world.eventsOf(source.caseId)).map(({ type }) => type)).toEqual([
      'entry.moved_out',
      'entry.moved_in',
    ]);
  });

  it('again changes nothing', async () => {
    const { target, source, entry } = await world.twoCases();
    await world.move(source.caseId, entry.interactionId, target.caseId);
    const before = [await world.caseRow(source.caseId), await world.caseRow(target.caseId)];
    await world.move(source.caseId, entry.interactionId, target.caseId);
    await world.move(target.caseId, entry.interactionId, target.caseId);
    expect([await world.caseRow(source.caseId), await world.caseRow(target.caseId)]).toEqual(before);
    expect(await world.rows('select from entry_move where interaction_id = $1', entry.interactionId)).toHaveLength(1);
  });

  it('counts as unread there, however long ago it was read here', async () => {
    const { target, source, first, entry } = await world.twoCases();
    await world.rows('update cases set unread = 0 where id in ($1, $2)', source.caseId, target.caseId);
    await world.move(source.caseId, first.interactionId, target.caseId);
    expect([await world.caseRow(source.caseId), await world.caseRow(target.caseId)]).toMatchObject([
      { unread: 0 },
      { unread: 1 },
    ]);
    await world.move(target.caseId, first.interactionId, source.caseId);
    expect([await world.caseRow(source.caseId), await world.caseRow(target.caseId)]).toMatchObject([
      { unread: 1 },
      { unread: 0 },
    ]);
    await world.move(source.caseId, entry.interactionId, target.caseId);
    expect([await world.caseRow(source.caseId), await world.caseRow(target.caseId)]).toMatchObject([
      { unread: 1 },
      { unread: 1 },
    ]);
  });

  it('leaves an emptied case that asks for nothing, and the way to answer its sender there', async () => {
    const { mine, target } = await world.twoCases();
    const alone = await arrive(world.rooms, mail(world.anAddress()));
    await world.move(alone.caseId, alone.interactionId, target.caseId);
    expect(await world.caseRow(alone.caseId)).toMatchObject({
      preview: '',
      unread: 0,
      last_channel: null,
      channels: [],
      is_open: true,
    });
    expect(await world.threadsOf(alone.caseId)).toHaveLength(1);
    expect(await world.threadsOf(target.caseId)).toHaveLength(1);
    expect(await world.holderOf(mine)).toBe(target.customerId);
  });

  it('brings what it came by: the channel of the row, the store that wrote it', async () => {
    const { target } = await world.twoCases();
    const visit = await withRetry(world.rooms.database, (tx) =>
      world.rooms.get(ArrivalService).visit(tx, world.clerk, {
        storeId: world.storeId,
        text: 'Viene',
        customer: { displayName: 'Eva', email: world.anAddress() },
      }),
    );
    expect(await world.rows('select from case_store where case_id = $1', visit.caseId)).toHaveLength(1);
    await world.move(visit.caseId, visit.interactionId, target.caseId);
    expect(await world.rows('select from case_store where case_id = $1', visit.caseId)).toHaveLength(0);
    expect(
      await world.rows('select from case_store where case_id = $1 and store_id = $2', target.caseId, world.storeId),
    ).toHaveLength(1);
    expect((await world.caseRow(target.caseId))?.['channels']).toEqual(['email', 'store']);
    expect((await world.caseRow(visit.caseId))?.['channels']).toEqual([]);
  });

  it('written by no person calls nobody there either', async () => {
    const { target, theirs, source } = await world.twoCases();
    const automatic = await arrive(world.rooms, mail(theirs, { automatic: true, text: 'Estoy de vacaciones' }));
    const before = await world.caseRow(target.caseId);
    await world.move(source.caseId, automatic.interactionId, target.caseId);
    expect(await world.caseRow(target.caseId)).toMatchObject({
      unread: before?.['unread'],
      preview: before?.['preview'],
      next_action: before?.['next_action'],
    });
    expect(await world.caseRow(source.caseId)).toMatchObject({ unread: 2 });
  });
});

describe('whom the answers go to', () => {
  it('the customer of the case, as long as nobody says that the address is theirs too', async () => {
    const { mine, theirs, target, source, entry } = await world.twoCases();
    await world.move(source.caseId, entry.interactionId, target.caseId);
    const sent = await world.reply(target.caseId);
    expect(
      await world.one(
        'select p.value from interaction i join contact_point p on p.id = i.contact_point_id where i.id = $1',
        sent,
      ),
    ).toEqual({ value: mine });
    expect(await world.holderOf(theirs)).toBe(source.customerId);
    const again = await arrive(world.rooms, mail(theirs));
    expect(again.caseId).toBe(source.caseId);
  });

  it('the address too, when they do: from now on what comes from it joins that case', async () => {
    const { theirs, target, source, entry } = await world.twoCases();
    await world.move(source.caseId, entry.interactionId, target.caseId, { withSender: true });
    expect(await world.holderOf(theirs)).toBe(target.customerId);
    const thread = (await world.entryRow(entry.interactionId))?.['thread_id'];
    expect(await world.one('select case_id, subject from channel_thread where id = $1', thread)).toEqual({
      case_id: target.caseId,
      subject: 'Re: Móvil',
    });
    const sent = await world.reply(target.caseId);
    expect(
      await world.one(
        'select p.value from interaction i join contact_point p on p.id = i.contact_point_id where i.id = $1',
        sent,
      ),
    ).toEqual({ value: theirs });
    expect(await arrive(world.rooms, mail(theirs))).toMatchObject({
      caseId: target.caseId,
      customerId: target.customerId,
    });
    const [moved] = await world.eventsOf(target.caseId);
    expect(moved?.['data']).toMatchObject({ withSender: { fromCustomerId: source.customerId } });
  });

  it('moved back, the address goes back as well', async () => {
    const { theirs, target, source, entry } = await world.twoCases();
    await world.move(source.caseId, entry.interactionId, target.caseId, { withSender: true });
    await world.move(target.caseId, entry.interactionId, source.caseId);
    expect(await world.holderOf(theirs)).toBe(source.customerId);
    expect(await world.threadsOf(target.caseId)).toHaveLength(1);
    expect(await arrive(world.rooms, mail(theirs))).toMatchObject({ caseId: source.caseId });
  });

  it("a confirmed customer's address is not given away: nothing moves", async () => {
    const { theirs, target, source, entry } = await world.twoCases();
    await world.rows('update customer set provisional = false where id = $1', source.customerId);
    await expect(
      world.move(source.caseId, entry.interactionId, target.caseId, { withSender: true }),
    ).rejects.toMatchObject({
      code: 'contact.taken',
    });
    expect(await world.entryRow(entry.interactionId)).toMatchObject({ case_id: source.caseId });
    expect(await world.holderOf(theirs)).toBe(source.customerId);
  });

  it('between two cases of one customer the thread goes along', async () => {
    const address = world.anAddress();
    const old = await arrive(world.rooms, mail(address));
    await world.rows(
      `update cases set status = 'closed', closed_at = $2 where id = $1`,
      old.caseId,
      world.rooms.clock.now(),
    );
    const now = await arrive(world.rooms, mail(address, { subject: 'Otra cosa' }));
    await world.move(now.caseId, now.interactionId, old.caseId);
    expect(await world.caseRow(old.caseId)).toMatchObject({ status: 'closed' });
    expect(
      await world.one(
        'select case_id from channel_thread where id = $1',
        (await world.entryRow(now.interactionId))?.['thread_id'],
      ),
    ).toEqual({ case_id: old.caseId });
  });
});

it('a call of ours that was written down on the wrong case moves, and calls nobody', async () => {
  const { target } = await world.twoCases();
  const call = await withRetry(world.rooms.database, (tx) =>
    world.rooms.get(ArrivalService).call(tx, world.agent, {
      phone: '652 10 20 30',
      direction: 'outbound',
      outcome: 'no_answer',
      text: 'No contesta',
    }),
  );
  await world.move(call.caseId, call.interactionId, target.caseId);
  expect(await world.caseRow(target.caseId)).toMatchObject({
    unread: 1,
    channels: ['email', 'phone'],
    next_action: 'await_customer',
  });
  expect(await world.threadsOf(target.caseId)).toHaveLength(1);
  expect(await world.caseRow(call.caseId)).toMatchObject({ unread: 0, preview: '' });
  await world.move(target.caseId, call.interactionId, call.caseId);
  expect(await world.caseRow(target.caseId)).toMatchObject({ unread: 1, channels: ['email'], next_action: 'reply' });
});

describe('what cannot be moved', () => {
  it('what left from here: a reply, a message typed in X', async () => {
    const { target, source } = await world.twoCases();
    const sent = await world.reply(source.caseId);
    const typed = await arrive(world.rooms, dm('88001', { direction: 'outbound', authorName: 'Nexo' }));
    await expect(world.move(source.caseId, sent, target.caseId)).rejects.toMatchObject({ code: 'entry.not_movable' });
    await expect(world.move(typed.caseId, typed.interactionId, target.caseId)).rejects.toMatchObject({
      code: 'entry.not_movable',
    });
  });

  it('what is no entry, or none of this case', async () => {
    const { target, source, first } = await world.twoCases();
    const other = await arrive(world.rooms, mail(world.anAddress()));
    const { noteId } = await world.rooms.database.transaction((tx) =>
      world.rooms.get(NoteService).add(tx, world.agent, source.caseId, { text: 'x', audience: 'internal' }),
    );
    for (const id of [noteId, other.interactionId, source.caseId])
      await expect(world.move(source.caseId, id, target.caseId)).rejects.toMatchObject({
        code: 'interaction.not_found',
      });
    expect(await world.entryRow(first.interactionId)).toMatchObject({ case_id: source.caseId });
  });

  it('onto spam; onto a merged case it goes where that has gone', async () => {
    const { target, source, entry } = await world.twoCases();
    const merged = await arrive(world.rooms, mail(world.anAddress()));
    await world.rows(
      `update cases set status = 'merged', merged_into = $2 where id = $1`,
      merged.caseId,
      target.caseId,
    );
    await world.move(source.caseId, entry.interactionId, merged.caseId);
    expect(await world.entryRow(entry.interactionId)).toMatchObject({ case_id: target.caseId });
    await world.rows(`update cases set status = 'spam' where id = $1`, source.caseId);
    await expect(world.move(target.caseId, entry.interactionId, source.caseId)).rejects.toMatchObject({
      code: 'entry.target_over',
    });
  });

  it('by store staff nothing at all, on their own cases neither, and they learn nothing of others', async () => {
    const { target, source, entry } = await world.twoCases();
    await world.rows(
      'insert into case_store (store_id, case_id) values ($1, $2), ($1, $3)',
      world.storeId,
      source.caseId,
      target.caseId,
    );
    const hidden = await arrive(world.rooms, mail(world.anAddress()));
    for (const to of [target.caseId, hidden.caseId])
      await expect(world.move(source.caseId, entry.interactionId, to, { by: world.clerk })).rejects.toMatchObject({
        code: 'permission.denied',
      });
    await expect(world.dismiss(source.caseId, entry.interactionId, world.clerk)).rejects.toMatchObject({
      code: 'permission.denied',
    });
    expect(await world.entryRow(entry.interactionId)).toMatchObject({ case_id: source.caseId });
    const shown = await world.timelineOf(source.caseId, world.clerk);
    expect(shown.find(({ id }) => id === entry.interactionId)).toMatchObject({ review: null });
  });
});

it('moves both ways between the same cases while mail comes in for both: nothing is lost, every count is right', async () => {
  const { mine, theirs, target, source, entry } = await world.twoCases();
  const back = await arrive(world.rooms, mail(mine));
  await Promise.all([
    ...Array.from({ length: 10 }, () =>
      world.move(source.caseId, entry.interactionId, target.caseId).catch((error: unknown) => error),
    ),
    ...Array.from({ length: 10 }, () =>
      world.move(target.caseId, back.interactionId, source.caseId).catch((error: unknown) => error),
    ),
    ...Array.from({ length: 20 }, (_, n) =>
      withRetry(
        world.rooms.database,
        (tx) => world.rooms.get(IntakeService).receive(tx, [mail(n % 2 ? mine : theirs), mail(n % 2 ? theirs : mine)]),
        20,
      ),
    ),
  ]);
  expect(await world.entryRow(entry.interactionId)).toMatchObject({ case_id: target.caseId });
  expect(await world.entryRow(back.interactionId)).toMatchObject({ case_id: source.caseId });
  for (const [id, count] of [
    [source.caseId, 22],
    [target.caseId, 22],
  ] as const) {
    expect(await world.rows('select from interaction where case_id = $1', id)).toHaveLength(count);
    expect(await world.caseRow(id)).toMatchObject({ unread: count });
  }
  expect(
    await world.rows(
      'select from entry_move where interaction_id in ($1, $2)',
      entry.interactionId,
      back.interactionId,
    ),
  ).toHaveLength(2);
});
