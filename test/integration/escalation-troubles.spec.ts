import type { EntityManager } from 'typeorm';
import type { Rung } from '#contracts';
import { ClockService, EscalationReader, EscalationService, LadderService } from '#sla';
import { QueueService } from '#cases';
import type { Principal } from '#identity';
import { toDomainError } from '../../apps/api/src/http/error.filter.js';
import { NextView } from '#views';
import { aPerson, aStore, mail, readerOf, receive } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

/** What goes wrong around ladders, and must not stand in the way of anything else. */

let world: StoryWorld;
let boss: Principal;
beforeEach(async () => {
  world = await openStory();
  boss = await aPerson(world.rooms, 'supervisor');
});
afterEach(() => world?.rooms.close());

const inside = <T>(deed: (tx: EntityManager) => Promise<T>) => world.rooms.database.transaction(deed);
const advance = (caseIds: string[]) => inside((tx) => world.rooms.get(ClockService).advance(tx, caseIds));
const raise = () => inside((tx) => world.rooms.get(EscalationService).raise(tx));
const pass = (minutes: number) => world.rooms.clock.advance(minutes * 60_000);
const ladders = () => world.rooms.get(LadderService);
const queues = () => world.rooms.get(QueueService);

const rung = (more: Partial<Rung>): Rung => ({
  ...{ when: { share: 0.1 }, metrics: ['first_useful_action'], tell: ['supervisors'], accountable: null },
  ...{ queueId: null, priority: null, acknowledgeMinutes: null, ...more },
});
const house = async () =>
  (await world.rooms.db.query<{ id: string }>('select id from ladder where queue_id is null'))[0]?.id ?? '';
const setHouse = async (rungs: Rung[], version = 1) => {
  const id = await house();
  await inside((tx) => ladders().change(tx, boss, id, { rungs, version }));
};

async function aCase(name: string): Promise<string> {
  const [arrival] = await receive(world.rooms, mail(`${name}@correo.test`));
  const caseId = arrival?.caseId ?? '';
  await advance([caseId]);
  return caseId;
}
const raised = (caseId: string) =>
  world.rooms.db.query<{ rung: number; queue_id: string }>('select rung, queue_id from escalation where case_id = $1', [
    caseId,
  ]);

it('a case that goes to the queue of a store is seen there, and nowhere else; who works there is told', async () => {
  const [storeId, otherId] = [await aStore(world.rooms), await aStore(world.rooms)];
  const [clerk, stranger] = [
    await aPerson(world.rooms, 'store', storeId),
    await aPerson(world.rooms, 'store', otherId),
  ];
  const [queue] = await world.rooms.db.query<{ id: string }>('select id from queue where store_id = $1', [storeId]);
  await setHouse([rung({ queueId: queue?.id ?? '', tell: ['queue'] })]);
  const caseId = await aCase('goya');
  const seenBy = async (person: Principal) =>
    (
      await inside((tx) =>
        world.rooms.get(EscalationReader).list(tx, person, { state: 'open', limit: 50, queueId: queue?.id }),
      )
    ).items.map((item) => item.case.id);
  pass(60);
  await raise();
  await advance([caseId]);
  expect((await raised(caseId)).map(({ queue_id }) => queue_id)).toEqual([queue?.id]);
  expect([await seenBy(clerk), await seenBy(stranger)]).toEqual([[caseId], []]);
  const [told] = await world.rooms.db.query<{ told: string[] }>(
    'select told::text[] as told from escalation where case_id = $1',
    [caseId],
  );
  expect(told?.told).toEqual([clerk.id]);
  const waiting: string[] = [];
  for await (const page of world.rooms.get(NextView).waiting(world.rooms.database.manager, readerOf(clerk)))
    waiting.push(...page);
  expect(waiting).toEqual([caseId]);
});

it('a queue that was taken away gets no cases from a ladder that still names it', async () => {
  const made = { name: 'Para urgencias', kind: 'escalation' as const, skills: [], agentIds: [] };
  const queueId = await inside((tx) => queues().create(tx, boss, made));
  await setHouse([rung({ queueId })]);
  const caseId = await aCase('ana');
  await inside((tx) => queues().remove(tx, boss, queueId));
  pass(60);
  await raise();
  const [found] = await world.rooms.db.query<{ removed_at: Date | null }>(
    'select q.removed_at from cases c join queue q on q.id = c.queue_id where c.id = $1',
    [caseId],
  );
  expect(found).toEqual({ removed_at: null });
  expect(await raised(caseId)).toMatchObject([{ rung: 0 }]);
  const moved = `select from case_event where case_id = $1 and type = 'case.queued'`;
  expect(await world.rooms.db.query(moved, [caseId])).toEqual([]);
});

it('of two ladders changed at once both count, whichever is done last', async () => {
  const [queue] = await world.rooms.db.query<{ id: string }>('select id from queue where is_default');
  const body = { name: 'De la cola', queueId: queue?.id ?? '', rungs: [rung({ when: { share: 0.9 } })] };
  const own = await inside((tx) => ladders().create(tx, boss, body));
  const begun = Promise.withResolvers<undefined>();
  const seen = Promise.withResolvers<undefined>();
  const slow = inside(async (tx) => {
    await ladders().change(tx, boss, own.id, { rungs: [rung({})], version: 1 });
    begun.resolve(undefined);
    await seen.promise;
  });
  await begun.promise;
  await setHouse([]);
  await aCase('before');
  seen.resolve(undefined);
  await slow;
  const caseId = await aCase('after');
  pass(20);
  await raise();
  expect(await raised(caseId)).toMatchObject([{ rung: 0 }]);
});

it('a clock that cannot be read keeps no other from climbing', async () => {
  await setHouse([rung({}), rung({ when: { afterBreachMinutes: 86_400 } })]);
  const [bad, good] = [await aCase('bad'), await aCase('good')];
  // Nothing a calendar says makes these minutes pass before the end of time.
  await world.rooms.db.query('update clock set minutes = 2000000000 where case_id = $1', [bad]);
  pass(60);
  await raise();
  expect(await raised(good)).toMatchObject([{ rung: 0 }]);
  await expect(raise()).resolves.toMatchObject({ more: false });
});

it('an escalation that cannot be written is put off, and keeps no other from being raised', async () => {
  const { db } = world.rooms;
  const [bad, ...good] = [await aCase('uno'), await aCase('dos'), await aCase('tres')];
  await db.query(
    `create function refuse() returns trigger language plpgsql as $$ begin if new.case_id = '${bad}' then raise exception 'broken on purpose'; end if; return new; end $$`,
  );
  await db.query('create trigger refuse before insert on escalation for each row execute function refuse()');
  pass(50);
  expect((await raise()).done).toBe(true);
  expect([await raised(bad), ...(await Promise.all(good.map(raised)))].map((rows) => rows.length)).toEqual([0, 1, 1]);
  expect((await raise()).done).toBe(false);
  await db.query('drop trigger refuse on escalation');
  pass(16);
  await raise();
  expect((await raised(bad)).length).toBeGreaterThan(0);
});

it('a cursor or an offset of somebody else’s making is the mistake of who asks', async () => {
  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => null,
      (error: unknown) => toDomainError(error).code,
    );
  const reader = world.rooms.get(EscalationReader);
  const query = { state: 'open', limit: 5, cursor: Buffer.from('yesterday x').toString('base64url') } as const;
  expect(await codeOf(inside((tx) => reader.list(tx, boss, query)))).toBe('request.invalid');
  const until = `select '2026-12-01T10:00:00+23:00'::text::timestamptz`;
  expect(await codeOf(world.rooms.db.query(until))).toBe('request.invalid');
});
