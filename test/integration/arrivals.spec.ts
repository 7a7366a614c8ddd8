import { ArrivalService, IntakeService, type StaffArrival } from '#cases';
import { DomainError, withRetry } from '#platform';
import type { Principal } from '#identity';
import { aPerson, arrive, aStore, dm, mail, openRooms, type Rooms } from '../factories/rooms.js';

type VisitBody = Parameters<ArrivalService['visit']>[2];

let rooms: Rooms;
let agent: Principal;
let storeId: string;
beforeAll(async () => {
  rooms = await openRooms();
  agent = await aPerson(rooms);
  storeId = await aStore(rooms);
});
afterAll(() => rooms.close());

const visit = (body: Partial<VisitBody>, who = agent): Promise<StaffArrival> =>
  withRetry(rooms.database, (tx) =>
    rooms.get(ArrivalService).visit(tx, who, { storeId, text: 'Viene a la tienda', ...body }),
  );
const twitter = (userId: string, handle: string) => ({
  kind: 'twitter' as const,
  value: userId,
  handle,
  display: `@${handle}`,
});
const rows = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);

describe('a visit', () => {
  it('of somebody new makes a confirmed customer with every address, and what they lack', async () => {
    const arrival = await visit({
      customer: { displayName: 'Ana', email: 'ana@correo.test', phone: '611 22 33 44', twitterHandle: '@Ana_A' },
      lacks: ['calls'],
    });
    expect(arrival.matchedBy).toBe('new_customer');
    expect(await rows('select display_name, provisional from customer where id = $1', arrival.customerId)).toEqual([
      { display_name: 'Ana', provisional: false },
    ]);
    const contacts = await rows(
      'select kind, value, handle from contact_point where customer_id = $1 order by kind',
      arrival.customerId,
    );
    expect(contacts).toEqual([
      { kind: 'email', value: 'ana@correo.test', handle: null },
      { kind: 'phone', value: '+34611223344', handle: null },
      { kind: 'twitter', value: null, handle: 'ana_a' },
    ]);
    expect(await rows('select lacks, channels from cases where id = $1', arrival.caseId)).toEqual([
      { lacks: ['calls'], channels: ['store'] },
    ]);
    expect(await rows('select store_id, staff_id from visit where id = $1', arrival.id)).toEqual([
      { store_id: storeId, staff_id: agent.id },
    ]);
    // The direct message and the mail that follow are theirs.
    expect(await arrive(rooms, dm('201', { contact: twitter('201', 'ana_a') }))).toMatchObject({
      caseId: arrival.caseId,
      matchedBy: 'handle',
    });
    expect(await arrive(rooms, mail('ana@correo.test'))).toMatchObject({
      caseId: arrival.caseId,
      matchedBy: 'contact_point',
    });
  });

  it('joins the cases of one person who wrote on two channels, and keeps a journal of it', async () => {
    const onX = await arrive(rooms, dm('210', { contact: twitter('210', 'eva_e') }));
    rooms.clock.advance(1000);
    const past = await arrive(rooms, mail('eva@correo.test'));
    await rooms.db.query(`update cases set status = 'closed' where id = $1`, [past.caseId]);
    const byMail = await arrive(rooms, mail('eva@correo.test', { lacks: ['data'] }));
    await rooms.db.query(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at) values ($1, 'email', 'failed', now(), now())`,
      [byMail.interactionId],
    );
    await rooms.db.query('update cases set failed_sends = 1 where id = $1', [byMail.caseId]);
    const arrival = await visit({ customer: { displayName: 'Eva', email: 'eva@correo.test', twitterHandle: 'eva_e' } });
    expect(arrival).toMatchObject({ caseId: onX.caseId, customerId: onX.customerId });
    expect(await rows('select count(*)::int as n from interaction where case_id = $1', onX.caseId)).toEqual([{ n: 3 }]);
    expect(
      await rows('select status, merged_into, unread, failed_sends from cases where id = $1', byMail.caseId),
    ).toEqual([{ status: 'merged', merged_into: onX.caseId, unread: 0, failed_sends: 0 }]);
    expect(await rows('select failed_sends from cases where id = $1', onX.caseId)).toEqual([{ failed_sends: 1 }]);
    expect(await rows('select status, customer_id from cases where id = $1', past.caseId)).toEqual([
      { status: 'closed', customer_id: onX.customerId },
    ]);
    expect(
      await rows('select count(*)::int as n from cases where customer_id = any($1) and is_open', [
        onX.customerId,
        byMail.customerId,
      ]),
    ).toEqual([{ n: 1 }]);
    const [told] = await rows(
      `select data from case_event where case_id = $1 and type = 'customer.merged'`,
      onX.caseId,
    );
    expect(told?.['data']).toMatchObject({ side: 'kept', otherCaseId: byMail.caseId, customerId: byMail.customerId });
    const [row] = await rows('select lacks, channels, unread, customer_name from cases where id = $1', onX.caseId);
    expect(row).toMatchObject({ lacks: ['data'], unread: 3, customer_name: 'Eva' });
    expect(new Set(row?.['channels'] as string[])).toEqual(new Set(['twitter', 'email', 'store']));
    // Whoever writes later from the taken address comes to the same case.
    expect(await arrive(rooms, mail('eva@correo.test'))).toMatchObject({ caseId: onX.caseId });
  });

  it('never joins two confirmed customers; the clash is written on the case', async () => {
    const one = await visit({ customer: { displayName: 'Madre', phone: '622 00 00 01' } });
    const other = await visit({ customer: { displayName: 'Hija', email: 'hija@correo.test' } });
    const arrival = await visit({
      customer: { displayName: 'Hija', phone: '622 00 00 01', email: 'hija@correo.test' },
    });
    expect(arrival.customerId).toBe(one.customerId);
    expect(await rows('select merged_into from customer where id = $1', other.customerId)).toEqual([
      { merged_into: null },
    ]);
    expect(
      await rows(
        `select data ->> 'customerId' as id from case_event where case_id = $1 and type = 'contact_point.conflict'`,
        arrival.caseId,
      ),
    ).toEqual([{ id: other.customerId }]);
  });

  it('by a typed reference finds the case, however it is typed; a wrong one is refused', async () => {
    const known = await arrive(rooms, dm('220'));
    const [row] = await rows('select reference from cases where id = $1', known.caseId);
    const typed = String(row?.['reference']).toLowerCase().replaceAll('-', '');
    expect(await visit({ caseReference: typed })).toMatchObject({ caseId: known.caseId, matchedBy: 'reference' });
    await expect(visit({ caseReference: 'H-2222-22' })).rejects.toMatchObject({ code: 'case.not_found' });
  });

  it('that is wrong leaves nothing behind', async () => {
    const before = await rows(
      'select (select count(*) from customer) + (select count(*) from interaction) + (select count(*) from contact_point) as n',
    );
    const nobody = '00000000-0000-7000-8000-000000000000';
    const wrong: [Partial<VisitBody>, string][] = [
      [{ storeId: nobody, customer: { displayName: 'X', phone: '633 00 00 00' } }, 'store.not_found'],
      [{ customer: { displayName: 'X', email: 'no es un correo' } }, 'contact.invalid'],
      [{ customerId: nobody }, 'customer.not_found'],
      [{ customer: { displayName: 'X', phone: '633 00 00 00' }, attachmentIds: [nobody] }, 'attachment.not_found'],
    ];
    for (const [body, code] of wrong) await expect(visit(body)).rejects.toMatchObject({ code });
    const clerk = await aPerson(rooms, 'store', await aStore(rooms));
    await expect(visit({ customer: { displayName: 'X', phone: '633 00 00 00' } }, clerk)).rejects.toBeInstanceOf(
      DomainError,
    );
    expect(
      await rows(
        'select (select count(*) from customer) + (select count(*) from interaction) + (select count(*) from contact_point) as n',
      ),
    ).toEqual(before);
  });
});

it('a hundred first messages of one person over three doors end in exactly one open case', async () => {
  const stated = { displayName: 'Lía', email: 'lia@correo.test', twitterHandle: 'lia_l' };
  const doors = Array.from({ length: 100 }, async (_, index) => {
    if (index % 3 === 0) return visit({ customer: stated });
    const message = index % 3 === 1 ? dm('230', { contact: twitter('230', 'lia_l') }) : mail('lia@correo.test');
    return withRetry(rooms.database, (tx) => rooms.get(IntakeService).receive(tx, [message]));
  });
  await Promise.all(doors);
  const open = await rows(
    `select c.id from cases c join contact_point p on p.customer_id = c.customer_id where c.is_open and (p.value in ('230', 'lia@correo.test') or p.handle = 'lia_l') group by c.id`,
  );
  expect(open).toHaveLength(1);
  expect(await rows('select count(*)::int as n from interaction where case_id = $1', open[0]?.['id'])).toEqual([
    { n: 100 },
  ]);
});

it('a call is an interaction of the person whose number it is', async () => {
  const call = (phone: string) =>
    rooms.database.transaction((tx) =>
      rooms.get(ArrivalService).call(tx, agent, { phone, direction: 'inbound', outcome: 'answered', text: 'Llama' }),
    );
  const first = await call('+34 644 00 00 01');
  expect(await call('644000001')).toMatchObject({ caseId: first.caseId, matchedBy: 'contact_point' });
  await expect(call('no')).rejects.toMatchObject({ code: 'contact.invalid' });
});

it('a call that store staff log is on a case they can open', async () => {
  const clerk = await aPerson(rooms, 'store', storeId);
  const { caseId } = await rooms.database.transaction((tx) =>
    rooms.get(ArrivalService).call(tx, clerk, { phone: '644000002', direction: 'inbound', outcome: 'answered' }),
  );
  expect(await rows('select store_id from case_store where case_id = $1', caseId)).toEqual([{ store_id: storeId }]);
});

it('but opens no case of others to them, by whatever number or reference they type', async () => {
  const clerk = await aPerson(rooms, 'store', storeId);
  const phone = '644000003';
  const call = (who: Principal, more: object) =>
    rooms.database.transaction((tx) =>
      rooms.get(ArrivalService).call(tx, who, { phone, direction: 'outbound', outcome: 'no_answer', ...more }),
    );
  const { caseId, caseReference, customerId } = await call(agent, {});
  for (const more of [{}, { caseReference, phone: '644000004' }, { customerId, phone: '644000005' }])
    expect(await call(clerk, more)).toMatchObject({ caseId });
  expect(await rows('select count(*)::int as calls from interaction where case_id = $1', caseId)).toEqual([
    { calls: 4 },
  ]);
  expect(await rows('select viewer from case_sight where case_id = $1', caseId)).toEqual([]);
});
