import fc from 'fast-check';
import { withRetry } from '#platform';
import { IntakeService, parseReference } from '#cases';
import type { InboundInteraction } from '#contracts';
import { aPerson, arrive, dm, mail, openRooms, receive, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
beforeAll(async () => void (rooms = await openRooms()));
afterAll(() => rooms.close());

const openCases = (customerId: string) =>
  rooms.db.query('select id from cases where customer_id = $1 and is_open', [customerId]);
const concurrently = (messages: InboundInteraction[]) =>
  Promise.all(
    messages.map((message) => withRetry(rooms.database, (tx) => rooms.get(IntakeService).receive(tx, [message]))),
  );

describe('a first message', () => {
  it('opens one case with the problem, the queue, the events and a reference people can say', async () => {
    const arrival = await arrive(rooms, dm('101', { lacks: ['calls', 'data'] }));
    expect(arrival).toMatchObject({ outcome: 'opened', matchedBy: 'new_customer' });
    const [row] = await rooms.db.query('select * from cases where id = $1', [arrival.caseId]);
    expect(row).toMatchObject({
      status: 'new',
      problem: 'Se me ha muerto el móvil',
      channels: ['twitter'],
      lacks: ['calls', 'data'],
      unread: 1,
      next_action: 'reply',
      version: 3,
      customer_name: 'User 101',
    });
    expect(row?.['queue_id']).not.toBeNull();
    expect(parseReference(String(row?.['reference']))).toBe(row?.['reference']);
    const events = await rooms.db.query(
      'select e.type, e.case_version, o.seq as waits from case_event e left join case_outbox o on o.event_id = e.id where e.case_id = $1 order by e.seq',
      [arrival.caseId],
    );
    expect(events.map((event) => event['type'])).toEqual(['case.opened', 'interaction.received', 'impact.reported']);
    expect(events.every((event) => event['case_version'] === 3 && event['waits'] !== null)).toBe(true);
  });

  it('the next ones by the same address join it', async () => {
    const first = await arrive(rooms, dm('102'));
    const second = await arrive(rooms, dm('102', { text: 'Sigo igual', occurredAt: '2026-03-02T08:59:30.000Z' }));
    expect(second).toMatchObject({
      caseId: first.caseId,
      customerId: first.customerId,
      outcome: 'attached',
      matchedBy: 'contact_point',
    });
    const [row] = await rooms.db.query('select unread, preview, problem from cases where id = $1', [first.caseId]);
    expect(row).toEqual({ unread: 2, preview: 'Sigo igual', problem: 'Se me ha muerto el móvil' });
  });

  it('after the case was closed opens a new one', async () => {
    const first = await arrive(rooms, dm('103'));
    await rooms.db.query(`update cases set status = 'closed' where id = $1`, [first.caseId]);
    const second = await arrive(rooms, dm('103'));
    expect(second).toMatchObject({ customerId: first.customerId, outcome: 'opened' });
    expect(second.caseId).not.toBe(first.caseId);
  });
});

it('who writes for the first time is looked for by their handle, not among all who have one', async () => {
  const read = await rooms.database.transaction(async (tx) => {
    const first = (id: number) => rooms.get(IntakeService).receive(tx, [dm(String(id))]);
    const touched = async () => {
      const [table]: { rows: number }[] = await tx.query(
        `select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables where relname = 'contact_point'`,
      );
      return table?.rows ?? 0;
    };
    // What is planned while the house is small is done that way for long.
    for (let id = 10_400; id < 10_410; id += 1) await first(id);
    await tx.query(
      `with people as (insert into customer (id, display_name, created_at) select new_id(), 'Somebody', now() from generate_series(1, 2000) returning id)
       insert into contact_point (id, customer_id, kind, value, handle, display, source, created_at)
       select new_id(), id, 'twitter', 'id-' || id, 'handle_' || right(id::text, 12), '@somebody', 'message', now() from people`,
    );
    const before = await touched();
    expect(await first(10_410)).toMatchObject([{ matchedBy: 'new_customer' }]);
    return (await touched()) - before;
  });
  expect(read).toBeLessThan(50);
});

describe('the same message again', () => {
  it('changes nothing and says where it is', async () => {
    const message = dm('110', { externalId: 'replayed' });
    const first = await arrive(rooms, message);
    const again = await receive(rooms, message, message, dm('999110', { externalId: 'replayed' }));
    expect(again.map((arrival) => arrival.outcome)).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(new Set(again.map((arrival) => arrival.interactionId))).toEqual(new Set([first.interactionId]));
    const [row] = await rooms.db.query('select unread, version from cases where id = $1', [first.caseId]);
    expect(row).toEqual({ unread: 1, version: 2 });
  });

  it('fifty times at once is one interaction', async () => {
    const message = dm('111', { externalId: 'stormed' });
    const arrivals = await concurrently(Array.from({ length: 50 }, () => message));
    expect(new Set(arrivals.flat().map((arrival) => arrival.interactionId)).size).toBe(1);
    expect(await rooms.db.query(`select from interaction where external_id = 'stormed'`)).toHaveLength(1);
  });

  it('the same id on another channel is another message', async () => {
    const one = await arrive(rooms, dm('112', { externalId: 'same' }));
    const other = await arrive(rooms, mail('same@correo.test', { externalId: 'same' }));
    expect(other.interactionId).not.toBe(one.interactionId);
  });
});

describe('many at once', () => {
  it('a hundred first messages of one person make one customer and one open case', async () => {
    const arrivals = (await concurrently(Array.from({ length: 100 }, () => dm('120')))).flat();
    expect(new Set(arrivals.map((arrival) => arrival.caseId)).size).toBe(1);
    expect(arrivals.filter((arrival) => arrival.outcome === 'opened')).toHaveLength(1);
    expect(await openCases(arrivals[0]?.customerId ?? '')).toHaveLength(1);
    const [row] = await rooms.db.query('select unread, version from cases where id = $1', [arrivals[0]?.caseId]);
    expect(row).toEqual({ unread: 100, version: 101 });
  });

  it('batches over the same people in opposite orders do not block each other', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `13${index}`);
    const batches = Array.from({ length: 12 }, (_, index) => {
      const order = index % 2 === 0 ? people : [...people].reverse();
      return withRetry(rooms.database, (tx) =>
        rooms.get(IntakeService).receive(
          tx,
          order.map((userId) => dm(userId)),
        ),
      );
    });
    const arrivals = (await Promise.all(batches)).flat();
    expect(arrivals).toHaveLength(240);
    expect(new Set(arrivals.map((arrival) => arrival.caseId)).size).toBe(20);
  });
});

describe('whose address it is', () => {
  it('a handle staff recorded is claimed by the user id that writes under it, once', async () => {
    const [customer] = await rooms.db.query<{ id: string }>(
      `insert into customer (id, display_name, provisional, created_at) values (new_id(), 'Ana', false, now()) returning id`,
    );
    await rooms.db.query(
      `insert into contact_point (id, customer_id, kind, handle, display, source, created_at) values (new_id(), $1, 'twitter', 'ana_recorded', '@ana_recorded', 'staff', now())`,
      [customer?.id],
    );
    const contact = { kind: 'twitter' as const, value: '140', handle: 'ana_recorded', display: '@ana_recorded' };
    expect(await arrive(rooms, dm('140', { contact }))).toMatchObject({
      customerId: customer?.id,
      matchedBy: 'handle',
    });
    expect(await arrive(rooms, dm('140', { contact }))).toMatchObject({
      customerId: customer?.id,
      matchedBy: 'contact_point',
    });
    // Somebody else takes the handle over: the user id is what counts.
    const stranger = await arrive(rooms, dm('141', { contact: { ...contact, value: '141' } }));
    expect(stranger.customerId).not.toBe(customer?.id);
  });

  it('a reference quoted by an unknown sender attaches nothing', async () => {
    const known = await arrive(rooms, dm('150'));
    const [row] = await rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [
      known.caseId,
    ]);
    const stranger = await arrive(
      rooms,
      mail('stranger@correo.test', { subject: `Re: [${row?.reference}]`, text: `Mi caso es ${row?.reference}` }),
    );
    expect(stranger).toMatchObject({ outcome: 'opened', matchedBy: 'new_customer' });
    expect(stranger.caseId).not.toBe(known.caseId);
  });

  it('a merged customer is who they are now', async () => {
    const kept = await arrive(rooms, dm('160'));
    const taken = await arrive(rooms, mail('taken@correo.test'));
    await rooms.db.query(`update cases set status = 'merged' where id = $1`, [taken.caseId]);
    await rooms.db.query('update customer set merged_into = $1 where id = $2', [kept.customerId, taken.customerId]);
    expect(await arrive(rooms, mail('taken@correo.test'))).toMatchObject({
      customerId: kept.customerId,
      caseId: kept.caseId,
    });
  });
});

describe('what people send', () => {
  it('survives NUL, half surrogates, nothing at all and a million words', async () => {
    const texts = [
      'a\u0000b',
      'roto \uD83D',
      '',
      'palabra '.repeat(200_000),
      '<script>',
      `'; drop table cases; --`,
      '🧵'.repeat(100),
    ];
    for (const text of texts) {
      const arrival = await arrive(rooms, mail('odd@correo.test', { text, subject: text.slice(0, 50) }));
      const [row] = await rooms.db.query<{ text: string }>('select text from interaction where id = $1', [
        arrival.interactionId,
      ]);
      expect(row?.text).toBe(text.replaceAll('\u0000', '').toWellFormed());
    }
  });

  it('from the future counts as now; from the past stays where it was and does not become the preview', async () => {
    const first = await arrive(rooms, dm('170', { text: 'ahora', occurredAt: '2126-01-01T00:00:00.000Z' }));
    await arrive(rooms, dm('170', { text: 'antes', occurredAt: '2026-03-01T00:00:00.000Z' }));
    const [row] = await rooms.db.query('select preview, last_interaction_at from cases where id = $1', [first.caseId]);
    expect(row).toEqual({ preview: 'ahora', last_interaction_at: rooms.clock.now() });
  });

  it('an own message typed elsewhere is ours, and nothing to answer', async () => {
    const first = await arrive(rooms, dm('180'));
    await arrive(
      rooms,
      dm('180', {
        direction: 'outbound',
        text: 'Te ayudamos',
        displayName: 'Nexo Ayuda',
        occurredAt: '2026-03-02T08:59:59.000Z',
      }),
    );
    const [row] = await rooms.db.query('select unread, last_direction, next_action from cases where id = $1', [
      first.caseId,
    ]);
    expect(row).toEqual({ unread: 1, last_direction: 'outbound', next_action: 'await_customer' });
  });

  it('attachments belong to the message they came with', async () => {
    const file = {
      id: '018f0000-0000-7000-8000-000000000001',
      fileName: 'f.pdf',
      contentType: 'application/pdf',
      size: 3,
      sha256: 'x',
      storageKey: 'k',
    };
    const arrival = await arrive(rooms, mail('files@correo.test', { attachments: [file] }));
    expect(
      await rooms.db.query('select file_name, size from attachment where interaction_id = $1', [arrival.interactionId]),
    ).toEqual([{ file_name: 'f.pdf', size: '3' }]);
  });
});

describe('the database itself keeps', () => {
  it('one open case per customer, an owner for every open case, events as they were written', async () => {
    const { caseId, customerId } = await arrive(rooms, dm('190'));
    const agent = await aPerson(rooms);
    await expect(
      rooms.db.query(
        `insert into cases (id, reference, customer_id, status, assignee_id, next_action, customer_name, last_interaction_at, opened_at) values (new_id(), 'x', $1, 'new', $2, 'reply', 'x', now(), now())`,
        [customerId, agent.id],
      ),
    ).rejects.toThrow(/one_open_case_per_customer/u);
    await expect(rooms.db.query('update cases set queue_id = null where id = $1', [caseId])).rejects.toThrow(
      /an_open_case_is_owned/u,
    );
    await expect(rooms.db.query(`update case_event set data = '{}' where case_id = $1`, [caseId])).rejects.toThrow(
      /append-only/u,
    );
    await expect(rooms.db.query('delete from case_event where case_id = $1', [caseId])).rejects.toThrow(/append-only/u);
  });
});

it('references never repeat and can all be read back', async () => {
  const rows = await rooms.db.query<{ reference: string }>(
    'select case_reference(n) as reference from generate_series(1, 3000) n union all select case_reference(20511149 + n) from generate_series(1, 500) n',
  );
  expect(new Set(rows.map(({ reference }) => reference)).size).toBe(3500);
  for (const { reference } of rows) expect(parseReference(reference)).toBe(reference);
  const [first] = await rooms.db.query<{ reference: string }>('select case_reference(1) as reference');
  expect(first?.reference).toBe('H-7K2F-9Q');
});

it('words are folded letter by letter, whichever accents they have', async () => {
  const letters = [...'aeiounñçAEIOUNÑÇáéíóúüÁÉÍÓÚÜàâäãèêëìîïòôöõùûÀÂÄÃÈÊËÌÎÏÒÔÖÕÙÛ .,-_%😀ß'];
  const spanish = letters.filter((letter) => !/[àâäãèêëìîïòôöõùûç]/iu.test(letter));
  const word = (of: string[]) => fc.array(fc.constantFrom(...of), { maxLength: 40 }).map((parts) => parts.join(''));
  const words = fc.sample(fc.oneof(word(letters), word(spanish)), { numRuns: 2000, seed: 7 });
  const folded = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^ñ]/gu, (letter) =>
        letter.normalize('NFD').replaceAll(/[\u0300\u0301\u0302\u0303\u0308\u0327]/gu, ''),
      );
  const rows = await rooms.db.query<{ folded: string }>(
    'select fold(w) as folded from unnest($1::text[]) with ordinality t (w, n) order by n',
    [words],
  );
  expect(rows.map((row) => row.folded)).toEqual(words.map(folded));
});
