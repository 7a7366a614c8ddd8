import { actorOf, AttachmentService, CaseService, MergeService, UnmergeService } from '#cases';
import { LegPlans } from '#handoffs';
import { Readable } from 'node:stream';
import { arrive, aStore, dm } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

let world: HandoffWorld;
beforeAll(async () => {
  world = await openHandoffs();
});
afterAll(() => world.rooms.close());

const customerOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
  '';
/** The case of the first goes on. */
const merge = async (into: string, from: string): Promise<string> => {
  const order = { into: await customerOf(into), from: await customerOf(from), reason: 'La misma persona' };
  const { database } = world.rooms;
  return database.transaction(
    async (tx) => (await world.rooms.get(MergeService).customers(tx, actorOf(world.agent), order)).mergeId,
  );
};
const unmerge = (mergeId: string) =>
  world.rooms.database.transaction((tx) => world.rooms.get(UnmergeService).undo(tx, world.agent, mergeId));
const caseOf = async (handoffId: string) => (await world.handoff(handoffId)).caseId;
const stands = async (caseId: string) =>
  (
    await world.rooms.db.query<{ status: string; reason: string | null }>(
      'select status, wait_reason as reason from cases where id = $1',
      [caseId],
    )
  )[0];
const nextOf = async (caseId: string) =>
  (await world.rooms.db.query<{ next: string }>('select next_action as next from cases where id = $1', [caseId]))[0]
    ?.next;
/** What is planned, also behind a reply. */
const plannedOn = async (caseId: string) => {
  const [row] = await world.rooms.db.query<{ code: string; dueAt: Date | null }>(
    `select next_action as code, next_action_due_at as "dueAt" from cases where id = $1 and next_action_id is not null union all
     select next_action_parked ->> 'next_action', (next_action_parked ->> 'next_action_due_at')::timestamptz from cases where id = $1 and next_action_parked is not null`,
    [caseId],
  );
  return row ?? null;
};
const facts = async (caseId: string) =>
  (await world.rooms.db.query(`select from story_fact where case_id = $1 and code = 'handoff'`, [caseId])).length;
const on = async (table: string, key: string, ids: string[]) =>
  (
    await world.rooms.db.query<{ caseId: string }>(`select case_id as "caseId" from ${table} where ${key} = any($1)`, [
      ids,
    ])
  ).map(({ caseId }) => caseId);
const seenAt = async (storeId: string) => (await on('case_store', 'store_id', [storeId])).toSorted();
const planned = async (caseId: string, deviceId: string, to: string, handoffId?: string): Promise<string> => {
  const leg = {
    ...{ caseId, deviceId, handoffId },
    from: { kind: 'store' as const, id: world.storeId, name: '' },
    to: { kind: 'store' as const, id: to, name: '' },
  };
  const { database } = world.rooms;
  return (await database.transaction((tx) => world.rooms.get(LegPlans).plan(tx, world.agent, leg))).legId;
};
const assigned = async (caseId: string) => {
  const { db, database } = world.rooms;
  const [row] = await db.query<{ version: number }>('select version from cases where id = $1', [caseId]);
  const patch = { version: row?.version ?? 0, assigneeId: world.agent.id };
  await database.transaction((tx) => world.rooms.get(CaseService).change(tx, world.agent, caseId, patch));
};
const aFile = async () => {
  const file = { fileName: 'foto.jpg', contentType: 'image/jpeg', body: Readable.from([Buffer.from('picture')]) };
  const { database } = world.rooms;
  return (await database.transaction((tx) => world.rooms.get(AttachmentService).upload(tx, world.agent, file))).id;
};

describe('what was given to another company while two cases were one', () => {
  it('goes back with the repair it is about, and what they say next finds it there', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    const id = await world.given({ caseId: kept.caseId, repairId: taken.repairId }, await world.partner());
    await world.deliver();
    await world.hear(id, { kind: 'accepted', partnerRef: 'L-1' });
    expect(await stands(kept.caseId)).toEqual({ status: 'waiting', reason: 'partner' });
    await unmerge(mergeId);
    expect(await caseOf(id)).toBe(taken.caseId);
    expect(await stands(taken.caseId)).toEqual({ status: 'waiting', reason: 'partner' });
    expect((await stands(kept.caseId))?.reason).toBeNull();
    expect(await nextOf(taken.caseId)).toBe('check_partner');
    expect([await facts(kept.caseId), await facts(taken.caseId)]).toEqual([0, 1]);
    expect(await world.hear(id, { kind: 'resolved', outcome: 'repaired', text: 'Placa nueva.' })).toMatchObject({
      applied: true,
    });
    expect((await world.events(taken.caseId, 'handoff.resolved')).length).toBe(1);
    expect(await world.events(kept.caseId, 'handoff.resolved')).toEqual([]);
    expect(await stands(taken.caseId)).toEqual({ status: 'in_solution', reason: null });
    // Each of the two has a number of its own for what it gives next.
    await world.given({ caseId: kept.caseId, repairId: kept.repairId }, await world.partner());
    await world.given({ caseId: taken.caseId }, await world.partner(), { mode: 'advise' });
  });

  it('goes back by its phone alone, with its ways, its files and whoever may see them; what is of the other stays', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    const partner = await world.partner();
    const about = (deviceId?: string, attachmentIds: string[] = []) =>
      world.given({ caseId: kept.caseId }, partner, { mode: 'advise', deviceId, attachmentIds });
    const [photo, theirs] = [await aFile(), await aFile()];
    const [id, ofKept, ofNone] = [await about(taken.deviceId, [photo]), await about(kept.deviceId), await about()];
    await world.hear(id, { kind: 'file', attachmentIds: [theirs] });
    const store = await aStore(world.rooms, 'Nexo Retiro');
    const legId = await planned(kept.caseId, taken.deviceId, store, id);
    await unmerge(mergeId);
    expect([await caseOf(id), await caseOf(ofKept), await caseOf(ofNone)]).toEqual([
      ...[taken.caseId, kept.caseId, kept.caseId],
    ]);
    expect(await on('custody_leg', 'id', [legId])).toEqual([taken.caseId]);
    expect(await on('case_file', 'attachment_id', [photo, theirs])).toEqual([taken.caseId, taken.caseId]);
    expect(await seenAt(store)).toEqual([taken.caseId]);
    // The other one is with somebody still.
    expect(await stands(kept.caseId)).toEqual({ status: 'waiting', reason: 'partner' });
  });

  it.each([false, true])(
    'hides the other case from a store it had nothing else to do with, unless it was in other hands since: %s',
    async (inOthers) => {
      const [kept, taken] = [await world.taken(), await world.taken()];
      const stores = await Promise.all(['A', 'B', 'C'].map((name) => aStore(world.rooms, `Nexo ${name} ${inOthers}`)));
      const [none = '', before = '', both = ''] = stores;
      await world.rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [before, kept.caseId]);
      const mergeId = await merge(kept.caseId, taken.caseId);
      for (const store of stores) await planned(kept.caseId, taken.deviceId, store);
      await planned(kept.caseId, kept.deviceId, both);
      if (inOthers) await assigned(kept.caseId);
      await unmerge(mergeId);
      const ofBoth = [kept.caseId, taken.caseId].toSorted();
      expect(await seenAt(none)).toEqual(inOthers ? ofBoth : [taken.caseId]);
      expect([await seenAt(before), await seenAt(both)]).toEqual([ofBoth, ofBoth]);
    },
  );

  it('ended meanwhile, keeps nobody waiting: neither of the two', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const id = await world.given(taken, await world.partner());
    const mergeId = await merge(kept.caseId, taken.caseId);
    await world.hear(id, { kind: 'resolved', outcome: 'repaired', text: 'Placa nueva.' });
    await unmerge(mergeId);
    expect(await caseOf(id)).toBe(taken.caseId);
    expect([(await stands(kept.caseId))?.reason, (await stands(taken.caseId))?.reason]).toEqual([null, null]);
  });

  it('over before they were one, leaves alone whoever waits for a partner by telephone', async () => {
    const byTelephone = async (caseId: string) =>
      world.rooms.db.query(`update cases set status = 'waiting', wait_reason = 'partner' where id = $1`, [caseId]);
    const [kept, taken] = [await world.taken(), await world.taken()];
    const old = await world.given(taken, await world.partner());
    await world.hear(old, { kind: 'rejected', reason: 'No es nuestro.' });
    for (const { caseId } of [kept, taken]) await byTelephone(caseId);
    await unmerge(await merge(kept.caseId, taken.caseId));
    const waits = { status: 'waiting', reason: 'partner' };
    expect([await stands(kept.caseId), await stands(taken.caseId)]).toEqual([waits, waits]);
    // Nor does what goes back end what the other waited for before.
    const mergeId = await merge(kept.caseId, taken.caseId);
    await world.given({ caseId: kept.caseId, repairId: taken.repairId }, await world.partner());
    await unmerge(mergeId);
    expect([await stands(kept.caseId), await stands(taken.caseId)]).toEqual([waits, waits]);
  });
});

describe('what was planned of another company while two cases were one', () => {
  const resolved = { kind: 'resolved', outcome: 'repaired', text: 'Placa nueva.' } as const;
  const writes = async (caseId: string) => {
    const [row] = await world.rooms.db.query<{ address: string }>(
      `select p.value as address from contact_point p join cases c on c.customer_id = p.customer_id where c.id = $1`,
      [caseId],
    );
    await arrive(world.rooms, dm(row?.address ?? ''));
  };

  it.each([false, true])('is planned on the case it works for; the customer wrote meanwhile: %s', async (wrote) => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    const id = await world.given({ caseId: kept.caseId, repairId: taken.repairId }, await world.partner());
    const eta = new Date(world.rooms.clock.now().getTime() + 5 * 86_400_000);
    await world.hear(id, { kind: 'accepted', etaAt: eta.toISOString() });
    if (wrote) await writes(kept.caseId);
    await unmerge(mergeId);
    expect(await plannedOn(kept.caseId)).toBeNull();
    expect(await plannedOn(taken.caseId)).toEqual({ code: 'check_partner', dueAt: eta });
  });

  it.each(['check_partner', 'after_partner'])('is so whatever they are called by now: %s', async (code) => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    const partnerId = await world.partner();
    const id = await world.given({ caseId: kept.caseId, repairId: taken.repairId }, partnerId);
    if (code === 'after_partner') await world.hear(id, resolved);
    await world.rooms.db.query(`update partner set name = name || ' SL' where id = $1`, [partnerId]);
    await unmerge(mergeId);
    expect([await plannedOn(kept.caseId), (await plannedOn(taken.caseId))?.code]).toEqual([null, code]);
  });

  it('is asked on where it is theirs, whatever they are called by now', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const partnerId = await world.partner();
    await world.given(kept, partnerId);
    await world.rooms.db.query(`update partner set name = name || ' SL' where id = $1`, [partnerId]);
    await unmerge(await merge(kept.caseId, taken.caseId));
    expect([(await plannedOn(kept.caseId))?.code, await plannedOn(taken.caseId)]).toEqual(['check_partner', null]);
  });

  it('is what came of it, on either; nobody asks a company that is done', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const [ofKept, ofTaken] = [
      await world.given(kept, await world.partner()),
      await world.given(taken, await world.partner()),
    ];
    const mergeId = await merge(kept.caseId, taken.caseId);
    await world.hear(ofKept, resolved);
    await world.hear(ofTaken, resolved);
    await unmerge(mergeId);
    expect(await plannedOn(kept.caseId)).toBeNull();
    expect((await plannedOn(taken.caseId))?.code).toBe('after_partner');
  });

  it('and of its own stays', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    await world.given({ caseId: kept.caseId, repairId: kept.repairId }, await world.partner());
    await unmerge(mergeId);
    expect([(await plannedOn(kept.caseId))?.code, await plannedOn(taken.caseId)]).toEqual(['check_partner', null]);
  });
});
