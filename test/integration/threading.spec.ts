import fc from 'fast-check';
import { ArrivalService, IntakeService } from '#cases';
import type { InboundInteraction, PointsTo } from '#contracts';
import type { Principal } from '#identity';
import { newId, withRetry } from '#platform';
import { aPerson, arrive, aStore, mail, openRooms, receive, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let agent: Principal;
let storeId: string;
beforeAll(async () => {
  rooms = await openRooms();
  agent = await aPerson(rooms);
  storeId = await aStore(rooms);
});
afterAll(() => rooms.close());

const rows = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);
const one = async (sql: string, ...values: unknown[]) => (await rows(sql, ...values))[0];
const caseRow = (id: string) => one('select * from cases where id = $1', id);
const reviewOf = (interactionId: string) =>
  one('select case_id, named_by, evidence, state from entry_review where interaction_id = $1', interactionId);
const reviews = async () => Number((await one('select count(*) as n from entry_review'))?.['n']);
const eventsOf = async (caseId: string) =>
  (await rows('select type from case_event where case_id = $1 order by seq', caseId)).map((event) => event['type']);

const DAY_MS = 24 * 3_600_000;
const close = (caseId: string, daysAgo: number, status = 'closed') =>
  rows(
    `update cases set status = $3, closed_at = $2 where id = $1`,
    caseId,
    new Date(rooms.clock.now().getTime() - daysAgo * DAY_MS),
    status,
  );

let serial = 0;
const anAddress = () => `persona${(serial += 1)}@correo.test`;

/** A customer with an open case, and the one reply of ours they can name. */
async function aCase(address = anAddress()) {
  const first = await arrive(rooms, mail(address));
  const issued = newId();
  const messageId = `<ours-${issued}@hilo.test>`;
  await rows(
    `insert into interaction (id, case_id, channel, direction, message_id, text, author_kind, author_name, occurred_at, received_at, search)
     values ($1, $2, 'email', 'outbound', $3, 'Hola', 'agent', 'Ana', now(), now(), '')`,
    issued,
    first.caseId,
    messageId,
  );
  const reference = String((await caseRow(first.caseId))?.['reference']);
  const theirs = String(
    (await one('select message_id from interaction where id = $1', first.interactionId))?.['message_id'],
  );
  return { ...first, address, reference, issued, messageId, theirs };
}
type Named = Awaited<ReturnType<typeof aCase>>;

/** Every way to name a case, strongest first. */
const WAYS: [string, string, (named: Named) => Partial<InboundInteraction>][] = [
  ['its reply address', 'reply_token', ({ reference }) => ({ pointsTo: { replyTokens: [reference] } })],
  ['our signed Message-ID', 'reply_token', ({ issued }) => ({ pointsTo: { issued: [issued] } })],
  ['our Message-ID', 'references', ({ messageId }) => ({ references: ['<unknown@x>', messageId] })],
  ["the customer's own Message-ID", 'references', ({ theirs }) => ({ references: [theirs] })],
  ['its subject tag', 'subject_tag', ({ reference }) => ({ pointsTo: { subjectTags: [reference] } })],
];

describe.each(WAYS)('a mail that names a case by %s', (_way, matchedBy, naming) => {
  it('joins it when it is open and its sender is of its customer', async () => {
    const named = await aCase();
    const again = await arrive(rooms, mail(named.address, naming(named)));
    expect(again).toMatchObject({ caseId: named.caseId, customerId: named.customerId, outcome: 'attached', matchedBy });
    expect(await one('select matched_by from interaction where id = $1', again.interactionId)).toEqual({
      matched_by: matchedBy,
    });
    expect(await reviewOf(again.interactionId)).toBeUndefined();
  });

  it('reopens it when it was closed within a fortnight', async () => {
    const named = await aCase();
    await close(named.caseId, 13.9);
    const again = await arrive(rooms, mail(named.address, naming(named)));
    expect(again).toMatchObject({ caseId: named.caseId, outcome: 'reopened', matchedBy });
    expect(await caseRow(named.caseId)).toMatchObject({
      status: 'in_solution',
      is_open: true,
      closed_at: null,
      next_action: 'reply',
      unread: 2,
      version: 5,
    });
    expect(await eventsOf(named.caseId)).toEqual([
      'case.opened',
      'interaction.received',
      'case.reopened',
      'case.status_changed',
      'interaction.received',
    ]);
  });

  it('opens a new one when it was closed longer ago, or is spam', async () => {
    for (const [days, status] of [
      [14.1, 'closed'],
      [1, 'spam'],
    ] as const) {
      const named = await aCase();
      await close(named.caseId, days, status);
      const again = await arrive(rooms, mail(named.address, naming(named)));
      expect(again).toMatchObject({ customerId: named.customerId, outcome: 'opened', matchedBy: 'contact_point' });
      expect(again.caseId).not.toBe(named.caseId);
      expect(await caseRow(named.caseId)).toMatchObject({ status });
    }
  });

  it('joins the open case of its customer when another of theirs is named', async () => {
    const named = await aCase();
    await close(named.caseId, 3);
    const now = await arrive(rooms, mail(named.address));
    const again = await arrive(rooms, mail(named.address, naming(named)));
    expect(again).toMatchObject({ caseId: now.caseId, outcome: 'attached', matchedBy });
    expect(await caseRow(named.caseId)).toMatchObject({ status: 'closed' });
  });

  it('written by no person reopens nothing and opens nothing: it is filed where it belongs', async () => {
    const named = await aCase();
    await close(named.caseId, 1);
    const before = await caseRow(named.caseId);
    const again = await arrive(rooms, mail(named.address, { ...naming(named), automatic: true }));
    expect(again).toMatchObject({ caseId: named.caseId, outcome: 'attached', matchedBy });
    const { status, unread, next_action } = { ...before };
    expect(await caseRow(named.caseId)).toMatchObject({ status, unread, next_action, is_open: false });
    expect(await rows('select from cases where customer_id = $1', named.customerId)).toHaveLength(1);
  });

  it('from an address nobody knows follows that address, and is to be looked at', async () => {
    const named = await aCase();
    const stranger = await arrive(rooms, mail(anAddress(), naming(named)));
    expect(stranger).toMatchObject({ outcome: 'opened', matchedBy: 'new_customer' });
    expect(stranger.customerId).not.toBe(named.customerId);
    expect(await caseRow(named.caseId)).toMatchObject({ unread: 1, version: 2 });
    expect(await reviewOf(stranger.interactionId)).toMatchObject({
      case_id: named.caseId,
      named_by: matchedBy,
      state: 'open',
    });
  });

  it("from another customer's address goes to their own open case, and is to be looked at", async () => {
    const named = await aCase();
    const other = await aCase();
    const quoting = await arrive(rooms, mail(other.address, naming(named)));
    expect(quoting).toMatchObject({ caseId: other.caseId, outcome: 'attached', matchedBy: 'contact_point' });
    expect(await reviewOf(quoting.interactionId)).toMatchObject({ case_id: named.caseId, named_by: matchedBy });
    expect(await rows('select from channel_thread where case_id = $1', named.caseId)).toHaveLength(1);
  });

  it('from a stranger reopens nothing', async () => {
    const named = await aCase();
    await close(named.caseId, 1);
    await arrive(rooms, mail(anAddress(), naming(named)));
    expect(await caseRow(named.caseId)).toMatchObject({ status: 'closed' });
  });

  it('still finds it when its customer was taken in by another, whose case it joins', async () => {
    const named = await aCase();
    const kept = await withRetry(rooms.database, (tx) =>
      rooms.get(ArrivalService).visit(tx, agent, {
        storeId,
        text: 'Viene',
        customer: { displayName: 'Ana', phone: `65100${String(10_000 + (serial += 1)).slice(1)}` },
      }),
    );
    const visit = await withRetry(rooms.database, (tx) =>
      rooms.get(ArrivalService).visit(tx, agent, {
        storeId,
        text: 'Otra vez',
        customerId: kept.customerId,
        addContacts: { email: named.address },
      }),
    );
    expect(await caseRow(named.caseId)).toMatchObject({ status: 'merged', merged_into: kept.caseId });
    const again = await arrive(rooms, mail(named.address, naming(named)));
    expect(again).toMatchObject({ caseId: visit.caseId, customerId: kept.customerId, matchedBy });
    expect(await reviewOf(again.interactionId)).toBeUndefined();
    const stranger = await arrive(rooms, mail(anAddress(), naming(named)));
    expect(await reviewOf(stranger.interactionId)).toMatchObject({ case_id: kept.caseId });
  });

  it('again is the same mail', async () => {
    const named = await aCase();
    const message = mail(named.address, naming(named));
    const stranger = mail(anAddress(), naming(named));
    const [first, second] = await receive(rooms, message, message);
    expect([first?.outcome, second?.outcome]).toEqual(['attached', 'duplicate']);
    expect(second).toMatchObject({ interactionId: first?.interactionId, matchedBy });
    const before = await reviews();
    await receive(rooms, stranger, stranger);
    await receive(rooms, stranger);
    expect(await reviews()).toBe(before + 1);
  });
});

describe('a mail that names several', () => {
  const all = (one: Partial<PointsTo>, ...more: string[]) => ({ pointsTo: one, references: more });

  it('is decided by the strongest of its own', async () => {
    const named = await aCase();
    const { reference, issued, messageId } = named;
    const everything = all({ replyTokens: [reference], issued: [issued], subjectTags: [reference] }, messageId);
    expect(await arrive(rooms, mail(named.address, everything))).toMatchObject({ matchedBy: 'reply_token' });
    expect(await arrive(rooms, mail(named.address, all({ subjectTags: [reference] }, messageId)))).toMatchObject({
      matchedBy: 'references',
    });
  });

  it("joins its own case and is to be looked at when it names another's more strongly, not when less", async () => {
    const [mine, theirs] = [await aCase(), await aCase()];
    const stronger = await arrive(rooms, mail(mine.address, all({ replyTokens: [theirs.reference] }, mine.messageId)));
    expect(stronger).toMatchObject({ caseId: mine.caseId, matchedBy: 'references' });
    expect(await reviewOf(stronger.interactionId)).toMatchObject({ case_id: theirs.caseId, named_by: 'reply_token' });
    const weaker = await arrive(rooms, mail(mine.address, all({ subjectTags: [theirs.reference] }, mine.messageId)));
    expect(weaker).toMatchObject({ caseId: mine.caseId, matchedBy: 'references' });
    expect(await reviewOf(weaker.interactionId)).toBeUndefined();
  });

  it('knows its own among mails that bear one Message-ID', async () => {
    const mine = await aCase();
    const squatter = await arrive(rooms, mail(anAddress(), { messageId: mine.messageId }));
    const again = await arrive(rooms, mail(mine.address, { references: [mine.messageId] }));
    expect(again).toMatchObject({ caseId: mine.caseId, matchedBy: 'references' });
    expect(await reviewOf(again.interactionId)).toBeUndefined();
    expect(again.caseId).not.toBe(squatter.caseId);
  });

  it('takes the newest of two closed cases of its customer', async () => {
    const first = await aCase();
    await close(first.caseId, 5);
    const second = await aCase(first.address);
    await close(second.caseId, 2);
    const again = await arrive(rooms, mail(first.address, { references: [first.messageId, second.messageId] }));
    expect(again).toMatchObject({ caseId: second.caseId, outcome: 'reopened' });
  });
});

it('whoever names whatever: a mail lands on a case of its own sender, and what is named more strongly is looked at', async () => {
  const people = [await aCase(), await aCase(), await aCase()];
  const some = fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 3 });
  const how = fc.record({ sender: fc.nat({ max: 3 }), tokens: some, issued: some, references: some, tags: some });
  await fc.assert(
    fc.asyncProperty(how, async ({ sender, ...named }) => {
      const of = <T>(places: number[], take: (one: Named) => T): T[] =>
        places.flatMap((at) => people[at] ?? []).map(take);
      const me = people[sender];
      const arrival = await arrive(
        rooms,
        mail(me?.address ?? anAddress(), {
          references: of(named.references, ({ messageId }) => messageId),
          pointsTo: {
            replyTokens: of(named.tokens, ({ reference }) => reference),
            issued: of(named.issued, ({ issued }) => issued),
            subjectTags: of(named.tags, ({ reference }) => reference),
          },
        }),
      );
      // What it names, strongest first; the first rank with one of the sender's own decides.
      const ranks = [named.tokens, named.issued, named.references, named.tags];
      const own = ranks.findIndex((places) => places.includes(sender));
      const words = ['reply_token', 'reply_token', 'references', 'subject_tag'];
      const stronger = ranks.slice(0, own < 0 ? ranks.length : own).find((places) => places.length > 0);
      expect((await caseRow(arrival.caseId))?.['customer_id']).toBe(arrival.customerId);
      if (me) expect(arrival).toMatchObject({ caseId: me.caseId, matchedBy: words[own] ?? 'contact_point' });
      else expect(people.map(({ caseId }) => caseId)).not.toContain(arrival.caseId);
      const review = await reviewOf(arrival.interactionId);
      const namedCases = (stronger ?? []).map((at) => people[at]?.caseId);
      expect(namedCases.length > 0 ? namedCases.includes(String(review?.['case_id'])) : review === undefined).toBe(
        true,
      );
    }),
    { numRuns: 60 },
  );
});

it('what nobody knows changes nothing', async () => {
  const address = anAddress();
  const first = await arrive(
    rooms,
    mail(address, { references: ['<nobody@x>'], pointsTo: { replyTokens: ['H-0000-00'], issued: [newId()] } }),
  );
  expect(first).toMatchObject({ outcome: 'opened', matchedBy: 'new_customer' });
  expect(await reviewOf(first.interactionId)).toBeUndefined();
});

it('an automatic mail leaves what is to be done as it is', async () => {
  const named = await aCase();
  await rows(`update cases set next_action = 'await_customer' where id = $1`, named.caseId);
  await arrive(rooms, mail(named.address, { references: [named.messageId], automatic: true }));
  expect(await caseRow(named.caseId)).toMatchObject({ next_action: 'await_customer', unread: 1 });
});

describe('a hundred answers at once', () => {
  const concurrently = (messages: InboundInteraction[]) =>
    Promise.all(
      messages.map((message) => withRetry(rooms.database, (tx) => rooms.get(IntakeService).receive(tx, [message]), 20)),
    );

  it('reopen one closed case, once', async () => {
    const named = await aCase();
    await close(named.caseId, 1);
    const answers = (
      await concurrently(
        Array.from({ length: 100 }, () => mail(named.address, { pointsTo: { replyTokens: [named.reference] } })),
      )
    ).flat();
    expect(new Set(answers.map((answer) => answer.caseId))).toEqual(new Set([named.caseId]));
    expect(answers.filter((answer) => answer.outcome === 'reopened')).toHaveLength(1);
    expect(await caseRow(named.caseId)).toMatchObject({ unread: 101, version: 104, status: 'in_solution' });
    expect((await eventsOf(named.caseId)).filter((type) => type === 'case.reopened')).toHaveLength(1);
  });

  it('half of them from strangers: none of those gets in, none is lost', async () => {
    const named = await aCase();
    const before = await reviews();
    const answers = (
      await concurrently(
        Array.from({ length: 100 }, (_, n) =>
          mail(n % 2 ? named.address : anAddress(), { references: [named.messageId] }),
        ),
      )
    ).flat();
    expect(answers.filter((answer) => answer.caseId === named.caseId)).toHaveLength(50);
    expect(answers.filter((answer) => answer.outcome === 'opened')).toHaveLength(50);
    expect(await reviews()).toBe(before + 50);
    expect(await caseRow(named.caseId)).toMatchObject({ unread: 51 });
  });
});

it('looks along indexes, and not at all for a mail that names nothing', async () => {
  const named = await aCase();
  await rows(
    `insert into interaction (id, case_id, channel, direction, message_id, text, author_kind, author_name, occurred_at, received_at, search)
     select new_id(), $1, 'email', 'inbound', '<bulk-' || n || '@x>', 'x', 'customer', 'x', now(), now(), '' from generate_series(1, 20000) n`,
    named.caseId,
  );
  await rows('analyze interaction');
  const plan = await rows(
    `explain (analyze, costs off, timing off, summary off) select i.case_id from interaction i
     where i.message_id = any(array['<bulk-1@x>', '<bulk-19999@x>']) and i.channel = 'email' limit 100`,
  );
  const text = plan.map((line) => String(line['QUERY PLAN'])).join('\n');
  expect(text).toContain('interaction_message_id');
  expect(text).not.toContain('Seq Scan');
  const calls = async (message: InboundInteraction) =>
    rooms.database.transaction(async (tx) => {
      await tx.query(`set local track_functions = 'all'`);
      const count = async () => {
        const found: { n: string }[] = await tx.query(
          `select coalesce(sum(calls), 0) as n from pg_stat_xact_user_functions where funcname = 'intake_pointer'`,
        );
        return Number(found[0]?.n);
      };
      const before = await count();
      await rooms.get(IntakeService).receive(tx, [message]);
      return (await count()) - before;
    });
  expect(await calls(mail(named.address))).toBe(0);
  expect(await calls(mail(named.address, { references: [named.theirs] }))).toBe(1);
});
