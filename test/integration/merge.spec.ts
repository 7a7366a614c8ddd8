import { withRetry, type DomainError } from '#platform';
import { CaseService, ImpactService, lockCase } from '#cases';
import { openMerges, picture, type Merges } from './merge.world.js';

let world: Merges;
beforeAll(async () => {
  world = await openMerges();
});
afterAll(() => world.rooms.close());

const code = (expected: string) => expect.objectContaining({ code: expected }) as DomainError;
const patch = (caseId: string, body: { status?: 'closed' | 'in_solution' | 'restored'; assigneeId?: string }) =>
  withRetry(world.rooms.database, async (tx) => {
    const { version } = await lockCase(tx, world.agent, caseId);
    return world.rooms.get(CaseService).change(tx, world.agent, caseId, { ...body, version });
  });

describe('two people with an open case each', () => {
  it('become one, and two again as if nothing had been', async () => {
    const address = world.anAddress();
    const user = world.aUser();
    const kept = await world.writes(address, 'No tengo datos');
    const taken = await world.sends(user, 'Se me ha muerto el móvil');
    await world.note(taken.caseId);
    await world.visit({ customerId: taken.customerId, lacks: ['calls', 'data'] });
    await world.visit({ customerId: kept.customerId, lacks: ['data', 'apps'] });
    await patch(taken.caseId, { assigneeId: world.agent.id });
    await world.query(`update customer set city = 'Getafe' where id = $1`, taken.customerId);
    const people = [kept.customerId, taken.customerId];
    const before = await picture(world, people);
    const mergeId = await world.merge(kept.customerId, taken.customerId, { displayName: 'taken' });
    expect(await world.one('select city from customer where id = $1', kept.customerId)).toEqual({ city: 'Getafe' });
    expect(await world.caseRow(kept.caseId)).toMatchObject({
      unread: 4,
      channels: ['email', 'store', 'twitter'],
      lacks: ['data', 'apps', 'calls'],
      assignee_id: world.agent.id,
      customer_name: `User ${user}`,
    });
    expect(await world.caseRow(taken.caseId)).toMatchObject({ status: 'merged', merged_into: kept.caseId, unread: 0 });
    expect(await world.entryCase(taken.interactionId)).toBe(kept.caseId);
    await world.undo(mergeId);
    expect(await picture(world, people)).toEqual(before);
    expect(await world.eventsOf(kept.caseId)).toEqual(expect.arrayContaining(['customer.merged', 'customer.unmerged']));
    expect((await world.eventsOf(taken.caseId)).slice(-4)).toEqual([
      'case.status_changed',
      'customer.merged',
      'case.status_changed',
      'customer.unmerged',
    ]);
  });

  it('new messages follow to the one case, and go to the side whose address they came by', async () => {
    const address = world.anAddress();
    const user = world.aUser();
    const kept = await world.writes(address);
    const taken = await world.sends(user);
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    const mine = await world.writes(address, 'Sigo igual');
    const theirs = await world.sends(user, 'Otra cosa');
    expect([mine.caseId, theirs.caseId]).toEqual([kept.caseId, kept.caseId]);
    const answer = await world.reply(kept.caseId, 'twitter');
    const written = await world.note(kept.caseId);
    const last = await world.sends(user, 'Gracias');
    await world.undo(mergeId);
    expect(await world.entryCase(mine.interactionId)).toBe(kept.caseId);
    for (const id of [theirs.interactionId, answer, last.interactionId])
      expect(await world.entryCase(id)).toBe(taken.caseId);
    expect(await world.one('select case_id from note where id = $1', written.noteId)).toEqual({ case_id: kept.caseId });
    expect(await world.caseRow(taken.caseId)).toMatchObject({ status: 'new', unread: 1, preview: 'Gracias' });
    expect(await world.caseRow(kept.caseId)).toMatchObject({ unread: 0, preview: 'Sigo igual', channels: ['email'] });
  });

  it('every reply goes to the address it is for, while they are one and when they are two again', async () => {
    const [address, other] = [world.anAddress(), world.anAddress()];
    const kept = await world.writes(address);
    const taken = await world.writes(other);
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    expect(await world.addressOf(await world.reply(kept.caseId))).toBe(other);
    await world.writes(address, 'Yo');
    expect(await world.addressOf(await world.reply(kept.caseId))).toBe(address);
    await expect(world.reply(taken.caseId)).rejects.toEqual(code('case.over'));
    await world.undo(mergeId);
    expect(await world.addressOf(await world.reply(kept.caseId))).toBe(address);
    expect(await world.addressOf(await world.reply(taken.caseId))).toBe(other);
  });
});

describe('when not both have an open case', () => {
  it('the open one changes hands and comes back', async () => {
    const [address, other] = [world.anAddress(), world.anAddress()];
    const kept = await world.writes(address);
    await patch(kept.caseId, { status: 'closed' });
    const taken = await world.writes(other);
    const people = [kept.customerId, taken.customerId];
    const before = await picture(world, people);
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    const mine = await world.writes(address, 'Ahora yo');
    expect(mine.caseId).toBe(taken.caseId);
    await world.undo(mergeId);
    const opened = await world.entryCase(mine.interactionId);
    expect(await world.caseRow(String(opened))).toMatchObject({
      customer_id: kept.customerId,
      is_open: true,
      preview: 'Ahora yo',
      unread: 1,
      problem: 'Ahora yo',
    });
    const after = await picture(world, people);
    expect(after.points).toEqual(before.points);
    expect(after.cases).toEqual(expect.arrayContaining(before.cases));
  });

  it('a case opened since goes whole to the side all of it is of', async () => {
    const [address, other] = [world.anAddress(), world.anAddress()];
    const kept = await world.writes(address);
    await patch(kept.caseId, { status: 'closed' });
    const taken = await world.writes(other);
    await patch(taken.caseId, { status: 'closed' });
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    const since = await world.writes(other, 'Otra vez');
    expect((await world.caseRow(since.caseId))['customer_id']).toBe(kept.customerId);
    await world.undo(mergeId);
    expect(await world.caseRow(since.caseId)).toMatchObject({ customer_id: taken.customerId, customer_name: other });
  });
});

it('a case that was restored is in solution again with what the other one lacks, and restored when they are apart', async () => {
  const kept = await world.writes(world.anAddress());
  const taken = await world.sends(world.aUser());
  await world.query(
    `update problem set stage = 'restored', stage_at = $2 where case_id = $1`,
    kept.caseId,
    world.now(),
  );
  await patch(kept.caseId, { status: 'restored' });
  const people = [kept.customerId, taken.customerId];
  const before = await picture(world, people);
  const mergeId = await world.merge(kept.customerId, taken.customerId);
  expect(await world.caseRow(kept.caseId)).toMatchObject({ status: 'in_solution' });
  await world.undo(mergeId);
  expect(await picture(world, people)).toEqual(before);
  expect(
    await world.query(`select state from closing_question where case_id = $1 and state = 'planned'`, kept.caseId),
  ).toHaveLength(1);
});

describe('what both lack', () => {
  const impactsOf = (caseId: string) =>
    world.query('select kind, state, restored_at from impact where case_id = $1 order by kind', caseId);
  const restored = async (caseId: string, kind: string) => {
    const { id } = await world.one('select id from impact where case_id = $1 and kind = $2', caseId, kind);
    world.later();
    await withRetry(world.rooms.database, (tx) =>
      world.rooms.get(ImpactService).move(tx, world.agent, caseId, String(id), 'restored'),
    );
  };

  async function bothLackData() {
    const kept = await world.writes(world.anAddress());
    const taken = await world.sends(world.aUser());
    await world.visit({ customerId: kept.customerId, lacks: ['data', 'apps'] });
    await world.visit({ customerId: taken.customerId, lacks: ['data', 'apps'] });
    await restored(kept.caseId, 'data');
    await restored(taken.caseId, 'apps');
    return { kept, taken, people: [kept.customerId, taken.customerId] };
  }

  it('is lacking as long as it is on either; and each has their own again', async () => {
    const { kept, taken, people } = await bothLackData();
    const before = await picture(world, people);
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    expect(await impactsOf(kept.caseId)).toMatchObject([
      { kind: 'apps', state: 'reported' },
      { kind: 'data', state: 'reported', restored_at: null },
    ]);
    expect(await world.caseRow(kept.caseId)).toMatchObject({ lacks: ['apps', 'data'] });
    await expect(patch(kept.caseId, { status: 'closed' })).rejects.toEqual(code('case.not_closable'));
    await world.undo(mergeId);
    expect(await picture(world, people)).toEqual(before);
  });

  it('and what became of it while they were one became of the one it was of', async () => {
    const { kept, taken } = await bothLackData();
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    await restored(kept.caseId, 'data');
    await world.undo(mergeId);
    expect(await impactsOf(taken.caseId)).toMatchObject([{ state: 'restored' }, { kind: 'data', state: 'restored' }]);
    expect(await impactsOf(kept.caseId)).toMatchObject([{ state: 'reported' }, { kind: 'data', state: 'restored' }]);
    expect(await world.caseRow(taken.caseId)).toMatchObject({ lacks: [] });
  });

  it('keeps a restored case from asking whether all is well', async () => {
    const kept = await world.writes(world.anAddress());
    const taken = await world.sends(world.aUser());
    await world.visit({ customerId: taken.customerId, lacks: ['data'] });
    await world.query(`update problem set stage = 'restored' where case_id = any($1)`, [kept.caseId, taken.caseId]);
    await patch(kept.caseId, { status: 'restored' });
    await world.merge(kept.customerId, taken.customerId);
    expect(await world.caseRow(kept.caseId)).toMatchObject({ status: 'in_solution', lacks: ['data'] });
    expect(await world.query('select state from closing_question where case_id = $1', kept.caseId)).toEqual([
      { state: 'cancelled' },
    ]);
  });
});

describe('taking back is refused', () => {
  it('twice, after thirty days, by store staff', async () => {
    const kept = await world.writes(world.anAddress());
    const taken = await world.writes(world.anAddress());
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    await expect(world.undo(mergeId, world.clerk)).rejects.toEqual(code('permission.denied'));
    await world.undo(mergeId);
    await expect(world.undo(mergeId)).rejects.toEqual(code('merge.undone'));
    const again = await world.merge(kept.customerId, taken.customerId);
    world.rooms.clock.advance(30 * 24 * 3_600_000);
    await expect(world.undo(again)).rejects.toEqual(code('merge.too_late'));
  });

  it('before a later one of the same people, which is named', async () => {
    const [a, b, c] = [
      await world.writes(world.anAddress()),
      await world.writes(world.anAddress()),
      await world.writes(world.anAddress()),
    ];
    const people = [a.customerId, b.customerId, c.customerId];
    const before = await picture(world, people);
    const first = await world.merge(b.customerId, a.customerId);
    const second = await world.merge(c.customerId, b.customerId);
    await expect(world.undo(first)).rejects.toMatchObject({
      code: 'merge.undo_later_first',
      details: { mergeId: second },
    });
    await expect(world.merge(c.customerId, a.customerId)).rejects.toEqual(code('merge.moved_on'));
    await world.undo(second);
    await world.undo(first);
    expect(await picture(world, people)).toEqual(before);
  });

  it('while a case of theirs is open that was over then', async () => {
    const [address, other] = [world.anAddress(), world.anAddress()];
    const kept = await world.writes(address);
    const old = await world.writes(other);
    await patch(old.caseId, { status: 'closed' });
    const taken = await world.writes(other);
    const mergeId = await world.merge(kept.customerId, taken.customerId);
    await patch(kept.caseId, { status: 'closed' });
    await patch(old.caseId, { status: 'in_solution' });
    await expect(world.undo(mergeId)).rejects.toMatchObject({
      code: 'merge.other_open',
      details: { caseId: old.caseId },
    });
    await patch(old.caseId, { status: 'closed' });
    await world.undo(mergeId);
    expect(await world.caseRow(taken.caseId)).toMatchObject({ status: 'new', customer_id: taken.customerId });
  });
});

describe('what somebody changed since', () => {
  it('stays: an entry that was moved on, an owner, a name', async () => {
    const [address, other, third] = [world.anAddress(), world.anAddress(), world.anAddress()];
    const kept = await world.writes(address);
    const taken = await world.writes(other);
    const elsewhere = await world.writes(third);
    const mergeId = await world.merge(kept.customerId, taken.customerId, { displayName: 'taken' });
    await world.split(kept.caseId, { entryIds: [taken.interactionId], to: { customerId: elsewhere.customerId } });
    await patch(kept.caseId, { assigneeId: world.agent.id });
    await world.query(`update customer set display_name = 'Ana' where id = $1`, kept.customerId);
    await world.undo(mergeId);
    expect(await world.entryCase(taken.interactionId)).toBe(elsewhere.caseId);
    expect(await world.caseRow(kept.caseId)).toMatchObject({ assignee_id: world.agent.id, customer_name: 'Ana' });
  });
});

describe('two cases of one customer', () => {
  it('become one and two again; another customer’s is refused', async () => {
    const address = world.anAddress();
    const old = await world.writes(address, 'Lo de antes');
    await patch(old.caseId, { status: 'closed' });
    const now = await world.writes(address, 'Lo de ahora');
    const before = await picture(world, [now.customerId]);
    const { mergeId, caseId } = await world.mergeCases(old.caseId, now.caseId);
    expect(caseId).toBe(now.caseId);
    expect(await world.caseRow(old.caseId)).toMatchObject({ status: 'merged', merged_into: now.caseId });
    expect(await world.query('select from channel_thread where case_id = $1', now.caseId)).toHaveLength(1);
    await world.undo(mergeId);
    expect(await picture(world, [now.customerId])).toEqual(before);
    const other = await world.writes(world.anAddress());
    await expect(world.mergeCases(now.caseId, other.caseId)).rejects.toEqual(code('merge.case_elsewhere'));
    await expect(world.mergeCases(now.caseId, now.caseId)).rejects.toEqual(code('merge.same_case'));
  });
});
