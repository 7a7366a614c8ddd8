import {
  actorOf,
  ArrivalService,
  CaseService,
  HandoverService,
  MergeService,
  NoteService,
  UnmergeService,
} from '#cases';
import { USUAL_PREFERENCES } from '#contracts';
import type { Principal } from '#identity';
import { DueSoon, NotificationBook, NotificationWishes, ShiftDigest, Teller } from '#notifications';
import { NotificationView } from '#views';
import { aPerson, arrive, aStore, mail, openRooms, readerOf, type Rooms } from '../factories/rooms.js';
import { caseOf, hand, handToStore, happens, kindsOf, raised, rowsOf, tellAll, wants } from './notifications.world.js';

let rooms: Rooms;
let marta: Principal;
let teo: Principal;
beforeAll(async () => {
  rooms = await openRooms();
});
afterAll(() => rooms.close());
beforeEach(async () => {
  [marta, teo] = [await aPerson(rooms), await aPerson(rooms)];
});

const list = (person: Principal, limit = 50, cursor?: string) =>
  rooms.get(NotificationView).list(rooms.database.manager, readerOf(person), { limit, cursor });
const read = (person: Principal, which: Parameters<NotificationBook['read']>[2]) =>
  rooms.database.transaction((tx) => rooms.get(NotificationBook).read(tx, person.id, which));

describe('people are told', () => {
  it('that their customer wrote, once, however often the job runs, and in a line for each case', async () => {
    const { address, caseId, reference } = await caseOf(rooms, marta);
    const other = await caseOf(rooms, marta, 'Hassan Idrissi');
    await tellAll(rooms);
    for (const text of ['uno', 'dos', 'tres']) await arrive(rooms, mail(address, { text }));
    await arrive(rooms, mail(other.address));
    const events = await rooms.db.query<{ id: string }>('select event_id as id from case_outbox');
    expect(await tellAll(rooms)).toEqual([marta.id]);
    const again = events.map(({ id }) => id);
    expect(await rooms.database.transaction((tx) => rooms.get(Teller).tellOf(tx, again))).toEqual([]);
    expect(await list(marta)).toMatchObject({
      unread: 2,
      items: [
        { case: { reference: other.reference, customerName: 'Hassan Idrissi' }, unread: 1 },
        { case: { id: caseId, reference }, total: 3, unread: 3, items: [{}, {}, { values: { channel: 'email' } }] },
      ],
    });
    expect(await rowsOf(rooms, teo.id)).toEqual([]);
  });

  it('of a visit a colleague wrote down, not of their own', async () => {
    const { customerId } = await caseOf(rooms, marta);
    const storeId = await aStore(rooms);
    await tellAll(rooms);
    const visit = (who: Principal) =>
      rooms.database.transaction((tx) =>
        rooms.get(ArrivalService).visit(tx, who, { storeId, customerId, text: 'Ha venido' }),
      );
    await visit(marta);
    await tellAll(rooms);
    expect(await kindsOf(rooms, marta.id)).toEqual([]);
    await visit(teo);
    await tellAll(rooms);
    expect(await rowsOf(rooms, marta.id)).toMatchObject([{ kind: 'customer_wrote', values: { channel: 'store' } }]);
  });

  it('that a case was handed or given to them, that they are named in a note, that a message failed', async () => {
    const { caseId } = await caseOf(rooms, marta);
    await tellAll(rooms);
    await hand(rooms, marta, caseId, { agentId: teo.id });
    await rooms.database.transaction((tx) =>
      rooms.get(NoteService).add(tx, marta, caseId, { text: `Mira esto, @${teo.displayName}`, audience: 'internal' }),
    );
    await happens(rooms, caseId, {
      type: 'interaction.failed',
      data: { interactionId: caseId, channel: 'email', reason: 'recipient.unknown' },
    });
    await tellAll(rooms);
    expect((await kindsOf(rooms, teo.id)).toSorted()).toEqual(['handed_over', 'mentioned', 'send_failed']);
    expect(await kindsOf(rooms, marta.id)).toEqual([]);
    const [row] = await rooms.db.query<{ version: number }>('select version from cases where id = $1', [caseId]);
    const give = { assigneeId: marta.id, version: row?.version ?? 0 };
    await rooms.database.transaction((tx) => rooms.get(CaseService).change(tx, teo, caseId, give));
    await tellAll(rooms);
    expect(await rowsOf(rooms, marta.id)).toMatchObject([{ kind: 'assigned', values: { by: teo.displayName } }]);
  });

  it('that a case came to their store: who works there, in the list and nowhere else, until one of them has it', async () => {
    const storeId = await aStore(rooms, 'Nexo Goya');
    const [ana, luis, rosa] = [
      await aPerson(rooms, 'store', storeId),
      await aPerson(rooms, 'store', storeId),
      await aPerson(rooms, 'store', storeId),
    ];
    const other = await aPerson(rooms, 'store', await aStore(rooms));
    await rooms.db.query('update agent set on_shift = id = any($2) where store_id = $1', [storeId, [ana.id, luis.id]]);
    await rooms.db.query(
      `insert into queue (id, name, store_id) values (new_id(), 'Nexo Goya', $1) on conflict do nothing`,
      [storeId],
    );
    await wants(rooms, ana, { ...USUAL_PREFERENCES, mail: ['handed_over'] });
    const { caseId } = await caseOf(rooms, marta);
    await tellAll(rooms);
    const { handoverId } = await handToStore(rooms, marta, caseId, storeId);
    expect((await tellAll(rooms)).toSorted()).toEqual([ana.id, luis.id].toSorted());
    expect(await rowsOf(rooms, ana.id)).toMatchObject([
      { kind: 'handed_over', values: { by: marta.displayName, store: 'Nexo Goya' }, mail_at: null },
    ]);
    expect([await rowsOf(rooms, rosa.id), await rowsOf(rooms, other.id)]).toEqual([[], []]);
    await rooms.database.transaction((tx) => rooms.get(HandoverService).acknowledge(tx, luis, handoverId));
    expect((await tellAll(rooms)).toSorted()).toEqual([ana.id, luis.id].toSorted());
    expect((await rowsOf(rooms, ana.id)).map(({ read_at }) => read_at === null)).toEqual([false]);

    // Nobody works there now: all of them find it when they come.
    await rooms.db.query('update agent set on_shift = false where store_id = $1', [storeId]);
    const next = await caseOf(rooms, marta);
    await tellAll(rooms);
    await handToStore(rooms, marta, next.caseId, storeId);
    expect((await tellAll(rooms)).toSorted()).toEqual([ana.id, luis.id, rosa.id].toSorted());
  });

  it('of an escalation: whoever answers for it, and whoever is to know', async () => {
    const { caseId } = await caseOf(rooms, marta);
    const eva = await aPerson(rooms, 'supervisor');
    await tellAll(rooms);
    await happens(rooms, caseId, raised(eva, [eva, marta]));
    await tellAll(rooms);
    expect(await kindsOf(rooms, eva.id)).toEqual(['escalated']);
    expect(await kindsOf(rooms, marta.id)).toEqual(['escalation_told']);
  });

  it('of an escalation no more, once somebody has acknowledged it', async () => {
    const { caseId } = await caseOf(rooms, null);
    const eva = await aPerson(rooms, 'supervisor');
    const event = raised(eva, [marta]);
    await happens(rooms, caseId, event);
    await happens(rooms, caseId, raised(eva));
    await tellAll(rooms);
    if (event.type !== 'escalation.raised') throw new Error('another event');
    const { escalationId } = event.data;
    await happens(rooms, caseId, { type: 'escalation.acknowledged', data: { escalationId } }, teo);
    expect((await tellAll(rooms)).toSorted()).toEqual([eva.id, marta.id].toSorted());
    expect((await list(marta)).unread).toBe(0);
    expect((await list(eva)).items).toMatchObject([{ total: 2, unread: 1 }]);
  });

  it('ten thousand events in one batch, each once', async () => {
    const { caseId } = await caseOf(rooms, marta);
    await tellAll(rooms);
    await rooms.db.query(
      `select record_event($1, 1, 'clock.breached', jsonb_build_object('metric', 'relief', 'side', 'customer', 'dueAt', iso(now())), 'system', null, 'Hilo', 'test', null, now())
       from generate_series(1, 10000)`,
      [caseId],
    );
    expect(await tellAll(rooms)).toEqual([marta.id]);
    expect(await rowsOf(rooms, marta.id)).toHaveLength(10_000);
    expect((await list(marta)).items).toMatchObject([{ total: 10_000, unread: 10_000 }]);
  });
});

describe('a case that is due soon', () => {
  const due = async (caseId: string, assigneeId: string, minutes: number) => {
    const at = new Date(rooms.clock.now().getTime() + minutes * 60_000);
    await rooms.db.query(
      `insert into case_ledger (case_id, next_metric, next_due_at, assignee_id) values ($1, 'next_response', $2, $3)
       on conflict (case_id) do update set next_metric = excluded.next_metric, next_due_at = excluded.next_due_at, assignee_id = excluded.assignee_id`,
      [caseId, at, assigneeId],
    );
  };
  const look = () => rooms.database.transaction((tx) => rooms.get(DueSoon).tell(tx));

  it('is told once for each due time, to whoever has it then', async () => {
    const { caseId } = await caseOf(rooms, marta);
    await due(caseId, marta.id, 16);
    expect((await look()).told).toEqual([]);
    rooms.clock.advance(60_000);
    expect((await look()).told).toEqual([marta.id]);
    expect((await look()).told).toEqual([]);
    await due(caseId, marta.id, 10);
    expect((await look()).told).toEqual([marta.id]);
    await due(caseId, teo.id, 10);
    expect((await look()).told).toEqual([teo.id]);
    await due(caseId, teo.id, -1);
    expect((await look()).told).toEqual([]);
    expect(await kindsOf(rooms, marta.id)).toEqual(['due_soon', 'due_soon']);
  });

  it('costs what is due, not what runs', async () => {
    await rooms.db.query(
      `insert into case_ledger (case_id, next_metric, next_due_at, assignee_id) select new_id(), 'relief', $1::timestamptz + interval '1 day' * n, $2 from generate_series(1, 2000) n`,
      [rooms.clock.now(), marta.id],
    );
    await rooms.db.query('analyze case_ledger');
    const plan = await rooms.db.query(
      `explain select case_id from case_ledger where not is_over and assignee_id is not null
         and (due_told_at, due_told_to) is distinct from (next_due_at, assignee_id) and next_due_at > now() and next_due_at <= now() + interval '15 minutes' limit 500`,
    );
    expect(JSON.stringify(plan)).toContain('case_ledger_due_untold');
  });
});

describe('nobody is told of what they may not see', () => {
  it('neither when it happens nor when they read', async () => {
    const storeId = await aStore(rooms);
    const goya = await aPerson(rooms, 'store', storeId);
    const { caseId, address } = await caseOf(rooms, goya);
    await tellAll(rooms);
    await happens(rooms, caseId, raised(goya));
    expect(await tellAll(rooms)).toEqual([]);
    await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [storeId, caseId]);
    await arrive(rooms, mail(address));
    expect(await tellAll(rooms)).toEqual([goya.id]);
    const storeReader = { id: goya.id, storeId: `${storeId},${goya.id}` };
    const shown = () => rooms.get(NotificationView).list(rooms.database.manager, storeReader, { limit: 50 });
    expect(await shown()).toMatchObject({ unread: 1, items: [{ case: { id: caseId } }] });
    await rooms.db.query('delete from case_store where case_id = $1', [caseId]);
    expect(await shown()).toEqual({ unread: 0, items: [], nextCursor: null });
  });

  it('nor is somebody who has left', async () => {
    const { caseId } = await caseOf(rooms, marta);
    await rooms.db.query('update agent set active = false where id = $1', [marta.id]);
    await happens(rooms, caseId, raised(marta));
    expect(await tellAll(rooms)).toEqual([]);
  });
});

describe('what was read', () => {
  it('is read for its reader alone: one, those of a case, or all', async () => {
    const [one, two] = [await caseOf(rooms, marta), await caseOf(rooms, marta)];
    for (const { caseId } of [one, two]) await happens(rooms, caseId, raised(marta, [teo]));
    await tellAll(rooms);
    const theirs = (await rowsOf(rooms, teo.id)).map(({ id }) => id);
    expect(await read(marta, { ids: theirs })).toBe(false);
    expect((await list(teo)).unread).toBe(2);
    expect(await read(marta, { caseId: one.caseId })).toBe(true);
    expect(await list(marta)).toMatchObject({ unread: 1, items: [{ unread: 1 }, { unread: 0, total: 1 }] });
    await read(marta, { all: true });
    expect([(await list(marta)).unread, (await list(teo)).unread]).toEqual([0, 2]);
  });

  it('is forgotten after a month; what was not read after three', async () => {
    const { caseId } = await caseOf(rooms, marta);
    await happens(rooms, caseId, raised(marta, [teo]));
    await tellAll(rooms);
    await read(marta, { all: true });
    rooms.clock.advance(31 * 86_400_000);
    await rooms.get(NotificationBook).sweep();
    expect([await rowsOf(rooms, marta.id), await kindsOf(rooms, teo.id)]).toEqual([[], ['escalation_told']]);
    rooms.clock.advance(58 * 86_400_000);
    await rooms.get(NotificationBook).sweep();
    expect(await kindsOf(rooms, teo.id)).toEqual(['escalation_told']);
    rooms.clock.advance(2 * 86_400_000);
    await rooms.get(NotificationBook).sweep();
    expect(await kindsOf(rooms, teo.id)).toEqual([]);
  });

  it('and what nobody read for months goes in small portions', async () => {
    const old = new Date(rooms.clock.now().getTime() - 100 * 86_400_000);
    await rooms.db.query(
      `insert into notification (id, agent_id, kind, source, at) select new_id(), $1, 'routed', n::text, $2 from generate_series(1, 2500) n`,
      [marta.id, old],
    );
    const left = async (more: boolean) => [
      await rooms.get(NotificationBook).sweep(),
      (await rowsOf(rooms, marta.id)).length,
      more,
    ];
    expect([await left(true), await left(true), await left(false)]).toEqual([
      [true, 1500, true],
      [true, 500, true],
      [false, 0, false],
    ]);
  });

  it('comes page by page, without a gap or a repetition', async () => {
    for (let count = 0; count < 7; count += 1) {
      const { caseId } = await caseOf(rooms, marta);
      await happens(rooms, caseId, raised(marta, []));
    }
    await tellAll(rooms);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list(marta, 3, cursor);
      seen.push(...page.items.map(({ key }) => key));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });
});

it('what was told of a case that is merged is told of the kept one, and goes back when that is undone', async () => {
  const [kept, taken] = [await caseOf(rooms, marta), await caseOf(rooms, marta)];
  for (const { caseId } of [kept, taken]) await happens(rooms, caseId, raised(marta));
  await tellAll(rooms);
  const order = { into: kept.customerId, from: taken.customerId, reason: 'La misma' };
  const merged = await rooms.database.transaction((tx) => rooms.get(MergeService).customers(tx, actorOf(teo), order));
  expect((await list(marta)).items).toMatchObject([{ case: { reference: kept.reference }, total: 2 }]);
  await happens(rooms, taken.caseId, raised(marta));
  await tellAll(rooms);
  expect((await list(marta)).items).toMatchObject([{ total: 3 }]);
  await rooms.database.transaction((tx) => rooms.get(UnmergeService).undo(tx, teo, merged.mergeId));
  const groups = (await list(marta)).items.map(({ case: found, total }) => [found?.reference, total]);
  expect(new Map(groups as [string, number][])).toEqual(
    new Map([
      [kept.reference, 2],
      [taken.reference, 1],
    ]),
  );
});

describe('who comes on shift', () => {
  const turn = (person: Principal, onShift: boolean) =>
    rooms.database.transaction(async (tx) => {
      const told = await rooms.get(ShiftDigest).turn(tx, person.id, onShift);
      await tx.query('update agent set on_shift = $2 where id = $1', [person.id, onShift]);
      return told;
    });

  it('is told once what was meanwhile, as the rows have it', async () => {
    await turn(marta, true);
    const { address } = await caseOf(rooms, marta);
    const late = await caseOf(rooms, marta);
    await turn(marta, false);
    rooms.clock.advance(8 * 3_600_000);
    const now = rooms.clock.now();
    await arrive(rooms, mail(address, { occurredAt: new Date(now.getTime() - 3_600_000).toISOString() }));
    await arrive(rooms, mail(address, { occurredAt: new Date(now.getTime() - 3_000_000).toISOString() }));
    await rooms.db.query(
      `insert into case_ledger (case_id, next_metric, next_due_at, next_is_late) values ($1, 'relief', $2, true)`,
      [late.caseId, new Date(now.getTime() - 60_000)],
    );
    expect(await turn(marta, true)).toEqual([marta.id]);
    expect(await turn(marta, true)).toEqual([]);
    const digests = (await rowsOf(rooms, marta.id)).filter(({ kind }) => kind === 'digest');
    expect(digests).toMatchObject([{ case_id: null, values: { wrote: 1, due: 0, late: 1, escalated: 0 } }]);
    expect((await list(marta)).items[0]).toMatchObject({ case: null, total: 1, items: [{ kind: 'digest' }] });
  });

  it('is told nothing when nothing was', async () => {
    expect(await turn(teo, true)).toEqual([]);
    expect(await rowsOf(rooms, teo.id)).toEqual([]);
  });
});

it('who chose nothing has the usual', async () => {
  expect(await rooms.get(NotificationWishes).of(rooms.database.manager, marta.id)).toEqual(USUAL_PREFERENCES);
});
