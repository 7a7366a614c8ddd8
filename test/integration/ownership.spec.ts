import { aPerson, arrive, aStore, dm, readerOf } from '../factories/rooms.js';
import { OwnershipView } from '#views';
import { openOwnership, type OwnershipWorld } from './ownership.world.js';

let world: OwnershipWorld;
beforeAll(async () => {
  world = await openOwnership();
});
afterAll(() => world.rooms.close());

let customers = 0;
const aCase = async (): Promise<{ caseId: string; user: string }> => {
  customers += 1;
  const user = `77000${customers}`;
  return { caseId: (await arrive(world.rooms, dm(user))).caseId, user };
};
const next = async (caseId: string) => (await world.detail(caseId)).next;
const later = (hours: number) => new Date(world.rooms.clock.now().getTime() + hours * 3_600_000).toISOString();
const insert = (columns: string, values: string) =>
  world.rooms.db.query(
    `insert into cases (id, reference, customer_id, status, queue_id, customer_name, last_interaction_at, opened_at, next_action${columns})
     select new_id(), 'x' || new_id(), new_id(), 'closed', id, 'x', now(), now(), ${values} from queue where is_default`,
  );

describe('what the database keeps', () => {
  it.each([
    ['an unknown next action', '', `'dance'`, 'next_action_is_known'],
    ['an empty one', '', `''`, 'cases_next_action_check'],
    ['other without its words', '', `'other'`, 'other_is_written_out'],
    ['words of their own without other', ', next_action_text', `'reply', 'x'`, 'other_is_written_out'],
    ['neither due nor why not', ', next_action_no_due', `'reply', null`, 'due_or_a_reason'],
    ['both due and why not', ', next_action_due_at', `'reply', now()`, 'due_or_a_reason'],
  ])('refuses %s', async (_, columns, values, constraint) => {
    await expect(insert(columns, values)).rejects.toMatchObject({ constraint });
  });

  it('refuses an open case that is nobody’s', async () => {
    const { caseId } = await aCase();
    await expect(
      world.rooms.db.query('update cases set assignee_id = null, queue_id = null where id = $1', [caseId]),
    ).rejects.toMatchObject({ constraint: 'an_open_case_is_owned' });
  });

  it('gives every store a queue, also two of one name', async () => {
    const stores = [await aStore(world.rooms, 'Nexo Doble'), await aStore(world.rooms, 'Nexo Doble')];
    const queues = await world.rooms.db.query('select store_id from queue where store_id = any($1)', [stores]);
    expect(queues).toHaveLength(2);
  });
});

describe('the next action', () => {
  it('follows the conversation', async () => {
    const { caseId, user } = await aCase();
    expect(await next(caseId)).toEqual({
      code: 'reply',
      values: {},
      text: null,
      dueAt: null,
      noDue: 'in_turn',
      by: null,
      at: null,
    });
    await world.answer(caseId);
    expect(await next(caseId)).toMatchObject({ code: 'await_customer', noDue: 'customers_turn' });
    await arrive(world.rooms, dm(user));
    expect(await next(caseId)).toMatchObject({ code: 'reply', noDue: 'in_turn' });
  });

  it('is planned by a person, with a time, and waits while the customer is answered', async () => {
    const { caseId, user } = await aCase();
    const dueAt = later(5);
    await world.plan(caseId, { code: 'check_store', values: { storeName: 'Nexo Goya' }, dueAt });
    const planned = {
      code: 'check_store',
      values: { storeName: 'Nexo Goya' },
      dueAt,
      noDue: null,
      by: { id: world.agent.id },
    };
    expect(await next(caseId)).toMatchObject(planned);
    await world.answer(caseId, 'Lo pregunto y te digo');
    expect(await next(caseId)).toMatchObject(planned);
    world.rooms.clock.advance(60_000);
    await arrive(world.rooms, dm(user, { text: '¿Y la funda?', occurredAt: world.rooms.clock.now().toISOString() }));
    world.rooms.clock.advance(60_000);
    expect(await next(caseId)).toMatchObject({ code: 'reply', dueAt: null, by: null });
    const held = await world.answer(caseId, 'También lo pregunto');
    expect(await next(caseId)).toMatchObject(planned);
    await world.undo(held);
    expect(await next(caseId)).toMatchObject({ code: 'reply' });
    await world.answer(caseId, 'Y también la funda');
    expect(await next(caseId)).toMatchObject(planned);
    expect(await world.events(caseId, 'next_action.set')).toMatchObject([{ code: 'check_store', dueAt }]);
  });

  it('says in the customer’s stead what a person wrote, and stays a string for who reads a string', async () => {
    const { caseId } = await aCase();
    await world.plan(caseId, { code: 'other', values: {}, text: 'Buscar la factura', noDue: 'others_turn' });
    expect(await world.detail(caseId)).toMatchObject({
      nextAction: 'Buscar la factura',
      next: { code: 'other', noDue: 'others_turn' },
    });
    await world.plan(caseId, { code: 'reply', values: {}, dueAt: later(1) });
    expect(await world.detail(caseId)).toMatchObject({ nextAction: 'reply', next: { text: null } });
    await world.answer(caseId);
    expect(await next(caseId)).toMatchObject({ code: 'await_customer', dueAt: null, by: null });
  });

  it('refuses a time that has passed', async () => {
    const { caseId } = await aCase();
    await expect(world.plan(caseId, { code: 'call_back', values: {}, dueAt: later(-1) })).rejects.toMatchObject({
      code: 'next_action.due_passed',
    });
  });
});

describe('changing hands', () => {
  it('says why, and the receiver says that they have it', async () => {
    const { caseId } = await aCase();
    const receiver = await aPerson(world.rooms);
    await world.take(caseId, world.agent);
    const id = await world.hand(caseId, {
      to: { agentId: receiver.id },
      reason: 'Habla portugués',
      note: 'Prefiere la tarde',
    });
    expect(await world.ownership(caseId)).toMatchObject({
      owner: { kind: 'agent', id: receiver.id },
      handover: {
        id,
        from: { kind: 'agent', name: world.agent.displayName },
        reason: 'Habla portugués',
        by: { displayName: world.agent.displayName },
      },
    });
    const received = () =>
      world.rooms.get(OwnershipView).handovers(world.rooms.database.manager, readerOf(receiver), 'received');
    expect(await received()).toMatchObject([{ id, note: 'Prefiere la tarde', acknowledgedAt: null }]);
    await expect(world.acknowledge(id, await aPerson(world.rooms))).rejects.toMatchObject({
      code: 'handover.not_yours',
    });
    await world.acknowledge(id, receiver);
    await world.acknowledge(id, receiver);
    expect(await received()).toEqual([]);
    expect(await world.ownership(caseId)).toMatchObject({ handover: null });
    expect(await world.events(caseId, 'case.handed_over')).toHaveLength(1);
    expect(await world.events(caseId, 'handover.acknowledged')).toHaveLength(1);
  });

  it('goes to a store, whose staff see it from then on and take it', async () => {
    const { caseId } = await aCase();
    const storeId = await aStore(world.rooms);
    const counter = await aPerson(world.rooms, 'store', storeId);
    const view = world.rooms.get(OwnershipView);
    const reader = { id: counter.id, storeId: `${storeId},${counter.id}` };
    await expect(view.find(world.rooms.database.manager, reader, caseId)).rejects.toMatchObject({
      code: 'case.not_found',
    });
    await world.hand(caseId, { to: { storeId }, reason: 'Lo recogen allí' });
    expect(await view.find(world.rooms.database.manager, reader, caseId)).toMatchObject({
      owner: { kind: 'queue', storeId },
      handover: { to: { kind: 'store', id: storeId } },
    });
    expect(await view.handovers(world.rooms.database.manager, reader, 'received')).toHaveLength(1);
    await world.take(caseId, counter);
    expect(await view.handovers(world.rooms.database.manager, reader, 'received')).toEqual([]);
    expect(await world.rooms.db.query('select acknowledged_by from handover where case_id = $1', [caseId])).toEqual([
      { acknowledged_by: counter.id },
    ]);
  });

  it('refuses to hand it where it is, and nobody acknowledges what has moved on', async () => {
    const { caseId } = await aCase();
    const [one, two] = [await aPerson(world.rooms), await aPerson(world.rooms)];
    const first = await world.hand(caseId, { to: { agentId: one.id }, reason: 'a' });
    await expect(world.hand(caseId, { to: { agentId: one.id }, reason: 'b' })).rejects.toMatchObject({
      code: 'handover.already_there',
    });
    await world.hand(caseId, { to: { agentId: two.id }, reason: 'c' });
    await expect(world.acknowledge(first, one)).rejects.toMatchObject({ code: 'handover.settled' });
  });

  it('has exactly one owner at every moment, however many hands reach for it', async () => {
    const { caseId } = await aCase();
    const people = await Promise.all(Array.from({ length: 5 }, () => aPerson(world.rooms)));
    const storeId = await aStore(world.rooms);
    let looking = true;
    const seen = new Set<string>();
    const watch = (async () => {
      while (looking) {
        const [row] = await world.rooms.db.query<{ owner: string | null; next_action: string }>(
          'select coalesce(assignee_id, queue_id)::text as owner, next_action from cases where id = $1',
          [caseId],
        );
        expect(row?.owner).toBeTruthy();
        expect(row?.next_action).toBeTruthy();
        seen.add(row?.owner ?? '');
      }
    })();
    const deeds = Array.from({ length: 40 }, (_, turn) => {
      const to = turn % 6 === 5 ? { storeId } : { agentId: people[turn % 5]?.id ?? '' };
      return world.hand(caseId, { to, reason: `vez ${turn}` }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'handover.already_there' });
        return null;
      });
    });
    const done = (await Promise.all(deeds)).filter(Boolean);
    looking = false;
    await watch;
    expect(done.length).toBeGreaterThan(5);
    expect(seen.size).toBeGreaterThan(0);
    const open = await world.rooms.db.query(
      'select id, coalesce(to_agent, to_queue) as receiver from handover where case_id = $1 and acknowledged_at is null and superseded_at is null',
      [caseId],
    );
    expect(open).toHaveLength(1);
    const [owner] = await world.rooms.db.query(
      'select coalesce(assignee_id, queue_id) as owner from cases where id = $1',
      [caseId],
    );
    expect(owner).toEqual({ owner: open[0]?.['receiver'] });
  });
});

describe('continuity', () => {
  it('gives a case nobody has to who spoke with the customer last, and says why', async () => {
    const { caseId, user } = await aCase();
    await world.onShift(world.agent);
    const idle = await aPerson(world.rooms);
    await world.onShift(idle);
    await world.answer(caseId);
    await arrive(world.rooms, dm(user, { text: '¿Hay algo?' }));
    await world.runRoute(caseId, 'interaction.received');
    expect(await world.ownership(caseId)).toMatchObject({
      owner: { id: world.agent.id },
      why: { code: 'last_handler', values: { channel: 'twitter' } },
    });
    expect(await world.events(caseId, 'case.routed')).toMatchObject([
      { assigneeId: world.agent.id, code: 'last_handler' },
    ]);
    await world.runRoute(caseId, 'interaction.received');
    expect(await world.events(caseId, 'case.routed')).toHaveLength(1);
    await world.take(caseId, idle);
    expect((await world.ownership(caseId)).why).toBeNull();
    await world.rooms.db.query('update agent set on_shift = false');
  });

  it('passes over who is not on shift or not at their screen', async () => {
    const { caseId } = await aCase();
    await world.answer(caseId);
    expect(await world.routed(caseId)).toBe('nobody');
    const away = await aPerson(world.rooms);
    await world.onShift(away, { seen: false });
    expect(await world.routed(caseId)).toBe('nobody');
    const there = await aPerson(world.rooms);
    await world.onShift(there);
    expect(await world.routed(caseId)).toBe('least_load');
    expect(await world.ownership(caseId)).toMatchObject({ owner: { id: there.id } });
    await world.rooms.db.query('update agent set on_shift = false');
  });

  it('leaves a case somebody has, and gives a reopened one to somebody who is there', async () => {
    const { caseId } = await aCase();
    const gone = await aPerson(world.rooms);
    await world.take(caseId, gone);
    const there = await aPerson(world.rooms);
    await world.onShift(there);
    await world.runRoute(caseId, 'interaction.received');
    expect(await world.ownership(caseId)).toMatchObject({ owner: { id: gone.id } });
    await world.runRoute(caseId, 'case.reopened', 'interaction.received');
    expect(await world.ownership(caseId)).toMatchObject({ owner: { id: there.id } });
    await world.rooms.db.query('update agent set on_shift = false');
  });
});
