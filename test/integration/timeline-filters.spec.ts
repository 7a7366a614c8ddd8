import { NoteService } from '#cases';
import {
  FACT_EVENTS,
  FactKind,
  isForCustomer,
  isShownBy,
  TIMELINE_EVENTS,
  TimelineFilter,
  TimelinePage,
  type TimelineEntry,
} from '#contracts';
import type { Principal } from '#identity';
import { TimelineView, TrackingView } from '#views';
import { aPerson, arrive, aStore, dm, openRooms, readerOf, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let agent: Principal;
let caseId: string;
let otherId: string;

const AT = '2026-03-02T08:00:00Z';
/** One event of every name and a fact of every kind, four at each instant: a cursor must not lose one. */
const happen = (id: string) =>
  rooms.db.query(
    `insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at)
     select new_id(), $1, 1, e ->> 0, case when e ->> 1 is null then '{}'::jsonb else jsonb_build_object('kind', e ->> 1) end,
       'system', 'Hilo', 'x', $3::timestamptz + (n / 4) * interval '1 minute'
     from jsonb_array_elements($2::jsonb) with ordinality as l (e, n)`,
    [
      id,
      JSON.stringify([
        ...TIMELINE_EVENTS.map((name) => [name]),
        ...FACT_EVENTS.flatMap((name) => FactKind.options.map((kind) => [name, kind])),
        ['interaction.received'],
      ]),
      AT,
    ],
  );
/** An answer of ours as it stands with its delivery. */
const answer = (id: string, state: string) =>
  rooms.db.query(
    `with said as (insert into interaction (id, case_id, channel, direction, text, author_kind, author_name, occurred_at, received_at, search)
       values (new_id(), $1, 'twitter', 'outbound', $2, 'agent', 'Marta Rey', $3, $3, '') returning id)
     insert into delivery (interaction_id, channel, state, due_at, first_due_at) select id, 'twitter', $2, $3, $3 from said`,
    [id, state, AT],
  );

beforeAll(async () => {
  rooms = await openRooms();
  agent = await aPerson(rooms);
  ({ caseId } = await arrive(rooms, dm('610', { occurredAt: AT })));
  ({ caseId: otherId } = await arrive(rooms, dm('611')));
  await happen(caseId);
  for (let index = 0; index < 5; index += 1) await arrive(rooms, dm('610', { occurredAt: AT }));
  for (const state of ['held', 'pending', 'sent', 'failed', 'undone']) await answer(caseId, state);
  for (const audience of ['internal', 'partner', 'customer'] as const)
    await rooms.database.transaction((tx) =>
      rooms.get(NoteService).add(tx, agent, caseId, { text: `para ${audience}`, audience }),
    );
});
afterAll(() => rooms.close());

const page = async (query: { filter?: TimelineFilter; limit: number; cursor?: string }, who = agent) =>
  TimelinePage.parse(
    JSON.parse(await rooms.get(TimelineView).page(rooms.database.manager, readerOf(who), caseId, query)),
  );
/** All that a filter shows, read page by page, oldest first. */
async function every(filter: TimelineFilter | undefined, limit: number): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const found: TimelinePage = await page({ filter, limit, cursor });
    entries.unshift(...found.items);
    cursor = found.nextCursor;
  }
  return entries;
}
const ids = (entries: readonly TimelineEntry[]) => entries.map(({ id }) => id);

it.each(TimelineFilter.options)('%s finds over the whole case what is of it, in order and once', async (filter) => {
  const all = await every(undefined, 500);
  expect(all.length).toBeGreaterThan(TIMELINE_EVENTS.length + 15);
  const wanted = ids(all.filter((entry) => isShownBy(filter, entry)));
  expect(wanted.length).toBeGreaterThan(1);
  expect(ids(await every(filter, 500))).toEqual(wanted);
  expect(ids(await every(filter, 3))).toEqual(wanted);
});

it('what the customer sees is what the page of their case shows, and nothing else', async () => {
  const { entries } = await rooms.get(TrackingView).entries(rooms.database.manager, caseId, { limit: 500 });
  const seen = await every('customer', 4);
  expect(ids(seen)).toEqual(entries.map(({ id }) => id).toReversed());
  expect(seen.every(isForCustomer)).toBe(true);
  expect(JSON.stringify(seen)).not.toMatch(/para (?:internal|partner)|"held"|"undone"/u);
});

it('nobody finds by a filter what they may not see', async () => {
  const clerk = await aPerson(rooms, 'store', await aStore(rooms));
  for (const filter of TimelineFilter.options)
    await expect(page({ filter, limit: 5 }, clerk)).rejects.toMatchObject({ code: 'case.not_found' });
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

it('reads the entries of one case along their indexes, of a house with very many', async () => {
  await rooms.db.query(
    `insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at)
     select new_id(), $1, 1, 'quote.approved', '{}', 'system', 'Hilo', 'x', now() - n * interval '1 minute' from generate_series(1, 20000) n`,
    [otherId],
  );
  await rooms.db.query(
    `insert into interaction (id, case_id, channel, direction, text, author_kind, author_name, occurred_at, received_at, search)
     select new_id(), $1, 'store', 'inbound', 'x', 'customer', 'x', now() - n * interval '1 minute', now(), '' from generate_series(1, 20000) n`,
    [otherId],
  );
  await rooms.db.query(
    `insert into note (id, case_id, author_id, author_name, text, audience, occurred_at)
     select new_id(), $1, $2, 'x', 'x', 'customer', now() - n * interval '1 minute' from generate_series(1, 20000) n`,
    [otherId, agent.id],
  );
  await rooms.db.query('analyze case_event, interaction, note');
  const plans: Plan[] = [];
  await rooms.database.transaction(async (tx) => {
    const explain = async (sql: string, values: unknown[]) => {
      const [row]: { 'QUERY PLAN': { Plan: Plan }[] }[] = await tx.query(`explain (format json) ${sql}`, values);
      plans.push(...(row?.['QUERY PLAN'] ?? []).map(({ Plan: plan }) => plan));
      return [{ items: null, next: null }];
    };
    const explained = new Proxy(tx, {
      get: (target, key) => (key === 'query' ? explain : (Reflect.get(target, key) as unknown)),
    });
    const { nextCursor } = await page({ limit: 3 });
    for (const filter of TimelineFilter.options)
      for (const cursor of [undefined, nextCursor ?? undefined])
        await rooms.get(TimelineView).page(explained, readerOf(agent), caseId, { filter, limit: 200, cursor });
  });
  expect(plans).toHaveLength(2 * TimelineFilter.options.length);
  const large = new Set(['case_event', 'interaction', 'note']);
  const reads = plans.flatMap(nodesOf).filter((node) => large.has(node['Relation Name'] ?? ''));
  expect(reads.length).toBeGreaterThan(plans.length);
  expect(reads.filter((node) => !/^(?:Index|Bitmap)/u.test(node['Node Type']))).toEqual([]);
});
