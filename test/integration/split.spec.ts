import type { DomainError } from '#platform';
import { openMerges, type Merges } from './merge.world.js';

let world: Merges;
beforeAll(async () => {
  world = await openMerges();
});
afterAll(() => world.rooms.close());

const code = (expected: string) => expect.objectContaining({ code: expected }) as DomainError;
const openCaseOf = (name: string) =>
  world.one(
    'select c.* from cases c join customer cu on cu.id = c.customer_id where cu.display_name = $1 and c.is_open',
    name,
  );

describe('splitting out of a case', () => {
  it('an entry goes into a new case of somebody new; moved back, it is as if nothing had been', async () => {
    const address = world.anAddress();
    const first = await world.writes(address, 'Mi móvil no enciende');
    const stray = await world.writes(address, 'La tablet de mi hermana tampoco carga');
    const answer = await world.split(first.caseId, {
      entryIds: [stray.interactionId],
      to: { displayName: 'Hermana Uno' },
    });
    expect(await world.entryCase(stray.interactionId)).toBe(answer.caseId);
    expect(await openCaseOf('Hermana Uno')).toMatchObject({
      id: answer.caseId,
      reference: answer.reference,
      status: 'new',
      problem: 'La tablet de mi hermana tampoco carga',
      preview: 'La tablet de mi hermana tampoco carga',
      unread: 1,
      channels: ['email'],
    });
    expect(await world.caseRow(first.caseId)).toMatchObject({ unread: 1, preview: 'Mi móvil no enciende' });
    expect((await world.eventsOf(first.caseId)).slice(-2)).toEqual(['entry.moved_out', 'case.split_out']);
    expect((await world.eventsOf(answer.caseId)).slice(-2)).toEqual(['entry.moved_in', 'case.split_in']);
    // Whoever writes from the address is still its owner.
    expect(await world.writes(address, 'Sigo yo')).toMatchObject({ caseId: first.caseId });
    await world.split(answer.caseId, { entryIds: [stray.interactionId], to: { customerId: first.customerId } });
    expect(await world.entryCase(stray.interactionId)).toBe(first.caseId);
  });

  it('with its address, what comes from it next is theirs', async () => {
    const known = await world.writes(world.anAddress());
    const address = world.anAddress();
    const stray = await world.writes(address, 'Esto es de la otra');
    await world.split(stray.caseId, {
      entryIds: [stray.interactionId],
      to: { customerId: known.customerId },
      withSender: true,
    });
    expect(await world.writes(address)).toMatchObject({ caseId: known.caseId, customerId: known.customerId });
    expect(await world.addressOf(await world.reply(known.caseId))).toBe(address);
  });

  it('a problem that is not over takes the work up again where it goes, and leaves what is solved behind', async () => {
    const first = await world.writes(world.anAddress(), 'No tengo línea');
    const other = await world.writes(world.anAddress(), 'Factura doble');
    const at = world.now();
    const problemOf = (caseId: string) => world.one('select id from problem where case_id = $1', caseId);
    await world.query(
      `insert into problem (id, case_id, statement, stage, stage_at, created_at) values (gen_random_uuid(), $1, 'Lo otro', 'restored', $2, $2)`,
      first.caseId,
      at,
    );
    const { id: problemId } = await world.one(
      `select id from problem where case_id = $1 and stage = 'received'`,
      first.caseId,
    );
    await world.query(`update problem set stage = 'restored' where id = $1`, (await problemOf(other.caseId))['id']);
    await world.query(`update cases set status = 'restored' where id = $1`, other.caseId);
    await world.query(
      `insert into closing_question (id, case_id, state, due_at, created_at) values (gen_random_uuid(), $1, 'planned', $2, $2)`,
      other.caseId,
      at,
    );
    await world.split(first.caseId, { problemId: String(problemId), to: { customerId: other.customerId } });
    expect(await world.caseRow(other.caseId)).toMatchObject({ status: 'in_solution' });
    expect(await world.query('select state from closing_question where case_id = $1', other.caseId)).toEqual([
      { state: 'cancelled' },
    ]);
    expect(await world.caseRow(first.caseId)).toMatchObject({ status: 'restored' });
    expect((await world.eventsOf(other.caseId)).slice(-2)).toEqual(['case.split_in', 'case.status_changed']);
  });

  it('a problem goes with its impacts; each case lacks and is called by what is on it', async () => {
    const first = await world.writes(world.anAddress(), 'No tengo línea');
    const other = await world.writes(world.anAddress(), 'Factura doble');
    const [problem] = await world.query(
      `insert into problem (id, case_id, statement, created_at) values (gen_random_uuid(), $1, 'La tablet no carga', $2) returning id`,
      ...[first.caseId, world.later()],
    );
    for (const [kind, of] of [
      ['apps', problem?.['id']],
      ['calls', null],
    ])
      await world.query(
        `insert into impact (id, case_id, kind, state, reported_at, problem_id) values (gen_random_uuid(), $1, $2, 'reported', $3, $4)`,
        ...[first.caseId, kind, world.now(), of],
      );
    await world.query(`update cases set lacks = '{apps,calls}' where id = $1`, first.caseId);
    await world.split(first.caseId, { problemId: String(problem?.['id']), to: { customerId: other.customerId } });
    expect(await world.caseRow(first.caseId)).toMatchObject({ lacks: ['calls'], problem: 'No tengo línea' });
    expect(await world.caseRow(other.caseId)).toMatchObject({ lacks: ['apps'], problem: 'Factura doble' });
    expect(
      await world.query('select statement from problem where case_id = $1 order by created_at', other.caseId),
    ).toEqual([{ statement: 'Factura doble' }, { statement: 'La tablet no carga' }]);
  });

  it.each([
    ['reported', 'restored', 'reported'],
    ['relieved', 'reported', 'reported'],
  ])('a %s impact the other case has as %s is joined there, and stays nowhere', async (leaving, kept, joined) => {
    const first = await world.writes(world.anAddress(), 'No tengo línea');
    const other = await world.writes(world.anAddress(), 'Factura doble');
    const [problem] = await world.query(
      `insert into problem (id, case_id, statement, created_at) values (gen_random_uuid(), $1, 'La tablet no carga', $2) returning id`,
      ...[first.caseId, world.later()],
    );
    for (const [caseId, state, of] of [
      [first.caseId, leaving, problem?.['id']],
      [other.caseId, kept, null],
    ])
      await world.query(
        `insert into impact (id, case_id, kind, state, reported_at, problem_id, restored_at)
         values (gen_random_uuid(), $1, 'apps', $2::text, $3::timestamptz, $4, case when $2::text = 'restored' then $3::timestamptz end)`,
        ...[caseId, state, world.now(), of],
      );
    await world.split(first.caseId, { problemId: String(problem?.['id']), to: { customerId: other.customerId } });
    expect(await world.query('select state from impact where case_id = $1', other.caseId)).toEqual([{ state: joined }]);
    expect(await world.query('select state from impact where case_id = $1', first.caseId)).toEqual([]);
    expect(await world.caseRow(first.caseId)).toMatchObject({ lacks: [] });
    expect(await world.caseRow(other.caseId)).toMatchObject({ lacks: ['apps'] });
  });

  it('is refused to the same person, of what left from here, of what is not there, by store staff', async () => {
    const address = world.anAddress();
    const first = await world.writes(address);
    const other = await world.writes(world.anAddress());
    const sent = await world.reply(first.caseId);
    const to = { customerId: other.customerId };
    const entryIds = [first.interactionId];
    await expect(world.split(first.caseId, { entryIds, to: { customerId: first.customerId } })).rejects.toEqual(
      code('split.same_customer'),
    );
    await expect(world.split(first.caseId, { entryIds: [sent], to })).rejects.toEqual(code('entry.not_movable'));
    await expect(world.split(first.caseId, { problemId: first.interactionId, to })).rejects.toEqual(
      code('split.problem_not_found'),
    );
    await expect(world.split(first.caseId, { entryIds, to }, world.clerk)).rejects.toEqual(code('permission.denied'));
    expect(await world.entryCase(first.interactionId)).toBe(first.caseId);
    expect(await world.query(`select id from customer where display_name = 'Nadie'`)).toEqual([]);
  });
});
