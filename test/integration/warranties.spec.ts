import { WarrantyParameterBody } from '#contracts';
import { NotifyJob } from '#notifications';
import { newId } from '#platform';
import { DecisionReader, WarrantyParameters } from '#repairs';
import { aPerson, aStore } from '../factories/rooms.js';
import { anImei, openDevices, type DevicesWorld } from './devices.world.js';

const NO = {
  outcome: 'not_covered' as const,
  clause: 'Daños por líquidos (TRLGDCU art. 117)',
  plainWords: 'El teléfono se ha mojado, y eso no lo traía.',
  nextStep: 'Te damos presupuesto hoy.',
};
let world: DevicesWorld;
beforeAll(async () => {
  world = await openDevices();
});
afterAll(() => world.rooms.close());

const query = <Row extends Record<string, unknown>>(sql: string, ...values: unknown[]) =>
  world.rooms.db.query<Row>(sql, values);
const aPhone = async () => {
  const caseId = await world.aCase();
  const { deviceId } = await world.present(caseId, { imei: anImei() });
  return { caseId, deviceId };
};
const statesOf = async (caseId: string) =>
  (await world.rooms.get(DecisionReader).ofCase(world.rooms.database.manager, caseId)).map(
    ({ outcome, state }) => `${outcome} ${state}`,
  );
const factsOf = (caseId: string) =>
  query(
    `select values ->> 'outcome' as outcome, superseded_by is null as holds from story_fact where case_id = $1 and code = 'warranty' order by created_at, id`,
    caseId,
  );

describe('a decision', () => {
  it('that says no is refused without by what, why in plain words, and what now', async () => {
    const { caseId, deviceId } = await aPhone();
    for (const [left, missing] of [
      ['clause', 'clause'],
      ['plainWords', 'plain_words'],
      ['nextStep', 'next_step'],
    ] as const)
      await expect(world.decide(caseId, { ...NO, deviceId, [left]: ' ' })).rejects.toMatchObject({
        code: 'warranty.incomplete',
        details: { missing: [missing] },
      });
    expect(await statesOf(caseId)).toEqual([]);
    const behind = `insert into warranty_decision (id, case_id, device_id, outcome, state, language, decided_by, decided_at) values ($1, $2, $3, 'not_covered', 'standing', 'es', $4, now())`;
    await expect(query(behind, newId(), caseId, deviceId, world.seller.id)).rejects.toMatchObject({ code: '23514' });
  });

  it('is told in the story, and followed by the next, never changed', async () => {
    const { caseId, deviceId } = await aPhone();
    const { decisionId } = await world.decide(caseId, { ...NO, deviceId });
    world.rooms.clock.advance(60_000);
    await world.decide(caseId, { deviceId, outcome: 'goodwill' });
    expect(await statesOf(caseId)).toEqual(['goodwill standing', 'not_covered superseded']);
    expect(await query('select plain_words, state from warranty_decision where id = $1', decisionId)).toEqual([
      { plain_words: NO.plainWords, state: 'superseded' },
    ]);
    expect(await factsOf(caseId)).toEqual([
      { outcome: 'not_covered', holds: false },
      { outcome: 'goodwill', holds: true },
    ]);
    expect(await world.eventsOf(caseId)).toEqual(['device.presented', 'warranty.decided', 'warranty.decided']);
  });

  it('of an agent is a proposal, which holds once somebody accepts it', async () => {
    const { caseId, deviceId } = await aPhone();
    const { decisionId } = await world.decide(caseId, { ...NO, deviceId, tell: true }, world.agent);
    expect(await statesOf(caseId)).toEqual(['not_covered proposed']);
    expect(await factsOf(caseId)).toEqual([]);
    expect(await query('select told_at from warranty_decision where id = $1', decisionId)).toEqual([{ told_at: null }]);
    const accept = (by = world.seller) => world.run((tx) => world.decisions.accept(tx, by, decisionId));
    await expect(accept(world.agent)).rejects.toMatchObject({ code: 'permission.denied' });
    await accept();
    expect(await statesOf(caseId)).toEqual(['not_covered standing']);
    expect(await factsOf(caseId)).toEqual([{ outcome: 'not_covered', holds: true }]);
    await expect(accept()).rejects.toMatchObject({ code: 'warranty.transition_forbidden' });
  });

  it('that is proposed is taken back by whoever proposed it, and no other agent', async () => {
    const { caseId, deviceId } = await aPhone();
    const { decisionId } = await world.decide(caseId, { deviceId }, world.agent);
    const other = await aPerson(world.rooms, 'agent');
    const withdraw = (by: typeof other) => world.run((tx) => world.decisions.withdraw(tx, by, decisionId));
    await expect(withdraw(other)).rejects.toMatchObject({ code: 'permission.denied' });
    await withdraw(world.agent);
    expect(await statesOf(caseId)).toEqual(['covered withdrawn']);
  });

  it('goes by what is on the case, and on no other', async () => {
    const { caseId, deviceId } = await aPhone();
    const [{ id } = { id: '' }] = await query<{ id: string }>('select id from interaction where case_id = $1', caseId);
    const elsewhere = await aPhone();
    const evidence = [{ kind: 'entry' as const, id }];
    await expect(world.decide(elsewhere.caseId, { deviceId: elsewhere.deviceId, evidence })).rejects.toMatchObject({
      code: 'warranty.evidence_elsewhere',
      details: { ids: [id] },
    });
    await world.decide(caseId, { deviceId, evidence });
    const [decision] = await world.rooms.get(DecisionReader).ofCase(world.rooms.database.manager, caseId);
    expect(decision?.evidence).toMatchObject([{ kind: 'entry', id, name: expect.stringContaining('muerto') }]);
  });

  it('is about a phone of the case, while that is open', async () => {
    const { caseId } = await aPhone();
    const { deviceId } = await aPhone();
    await expect(world.decide(caseId, { deviceId })).rejects.toMatchObject({ code: 'device.not_on_case' });
    const own = await aPhone();
    await query(`update cases set status = 'closed', closed_at = now() where id = $1`, own.caseId);
    await expect(world.decide(own.caseId, { deviceId: own.deviceId })).rejects.toMatchObject({ code: 'case.over' });
  });

  it('is one, whoever decides at once', async () => {
    const { caseId, deviceId } = await aPhone();
    await Promise.all(Array.from({ length: 10 }, () => world.decide(caseId, { deviceId })));
    expect((await statesOf(caseId)).toSorted()).toEqual([
      'covered standing',
      ...Array.from({ length: 9 }, () => 'covered superseded'),
    ]);
  });

  it('is the customer’s to read only when told so', async () => {
    const { caseId, deviceId } = await aPhone();
    const { decisionId } = await world.decide(caseId, { deviceId });
    const tell = (told: boolean, id = decisionId) =>
      world.run((tx) => world.decisions.tell(tx, world.seller, id, told));
    await expect(tell(true)).rejects.toMatchObject({ code: 'warranty.nothing_to_tell' });
    const next = await world.decide(caseId, { ...NO, deviceId });
    await tell(true, next.decisionId);
    await tell(true, next.decisionId);
    await tell(false, next.decisionId);
    const told = (await world.eventsOf(caseId)).filter((type) => type === 'warranty.told');
    expect(told).toHaveLength(2);
    await expect(tell(true)).rejects.toMatchObject({ code: 'warranty.transition_forbidden' });
  });
});

describe('a second opinion', () => {
  const asked = async () => {
    const { caseId, deviceId } = await aPhone();
    const { decisionId } = await world.decide(caseId, { ...NO, deviceId });
    await world.run((tx) => world.opinions.ask(tx, world.agent, decisionId, 'No hay marcas de agua'));
    return { caseId, deviceId, decisionId };
  };
  const give = (id: string, by: typeof world.agent, body: Parameters<typeof world.opinions.give>[3]) =>
    world.run((tx) => world.opinions.give(tx, by, id, body));

  it('is another person’s, who confirms it; both stay', async () => {
    const { caseId, deviceId, decisionId } = await asked();
    const yes = { verdict: 'confirmed' as const, reason: 'El sensor está rojo' };
    await expect(give(decisionId, world.seller, yes)).rejects.toMatchObject({ code: 'warranty.same_person' });
    await expect(give(decisionId, world.agent, yes)).rejects.toMatchObject({ code: 'permission.denied' });
    await expect(world.decide(caseId, { deviceId })).rejects.toMatchObject({ code: 'warranty.transition_forbidden' });
    await give(decisionId, world.supervisor, yes);
    const [decision] = await world.rooms.get(DecisionReader).ofCase(world.rooms.database.manager, caseId);
    expect(decision).toMatchObject({
      state: 'confirmed',
      by: { id: world.seller.id },
      review: { askedBy: { id: world.agent.id }, by: { id: world.supervisor.id }, verdict: 'confirmed' },
    });
    await expect(give(decisionId, world.supervisor, yes)).rejects.toMatchObject({
      code: 'warranty.transition_forbidden',
    });
  });

  it('overturns it with what holds instead, whole as any other', async () => {
    const { caseId, decisionId } = await asked();
    const no = { verdict: 'overturned' as const, reason: 'El sensor está blanco' };
    await expect(
      give(decisionId, world.supervisor, { ...no, instead: { outcome: 'partial', evidence: [], tell: false } }),
    ).rejects.toMatchObject({ code: 'warranty.incomplete' });
    await give(decisionId, world.supervisor, { ...no, instead: { outcome: 'covered', evidence: [], tell: false } });
    expect(await statesOf(caseId)).toEqual(['covered standing', 'not_covered overturned']);
    expect(await factsOf(caseId)).toEqual([
      { outcome: 'not_covered', holds: false },
      { outcome: 'covered', holds: true },
    ]);
    expect((await world.eventsOf(caseId)).slice(-3)).toEqual([
      'warranty.review_asked',
      'warranty.reviewed',
      'warranty.decided',
    ]);
  });

  it('is asked of whoever may give it, who need not read that once it is given; who asked for it hears', async () => {
    const elsewhere = await aPerson(world.rooms, 'store', await aStore(world.rooms));
    const colleague = await aPerson(world.rooms, 'store', world.storeId);
    const { caseId, decisionId } = await asked();
    const noticed = async () => {
      const events = await query<{ id: string }>('select id from case_event where case_id = $1', caseId);
      await world.rooms.get(NotifyJob).run({ events, correlationId: null });
      return query<{ agent: string; kind: string; read: boolean }>(
        `select agent_id as agent, kind, read_at is not null as read from notification where case_id = $1 and kind like 'opinion%' order by at, agent_id`,
        caseId,
      );
    };
    const before = await noticed();
    const who = before.map(({ agent }) => agent);
    expect(who).toEqual(expect.arrayContaining([world.supervisor.id, colleague.id]));
    for (const { id } of [world.seller, world.agent, elsewhere]) expect(who).not.toContain(id);
    expect(before.every(({ kind, read }) => kind === 'opinion_asked' && !read)).toBe(true);
    await give(decisionId, colleague, { verdict: 'confirmed', reason: 'Mojado' });
    const after = await noticed();
    expect(after.filter(({ kind }) => kind === 'opinion_asked').every(({ read }) => read)).toBe(true);
    expect(after.filter(({ kind }) => kind === 'opinion_given')).toEqual([
      { agent: world.agent.id, kind: 'opinion_given', read: false },
    ]);
  });

  it('of whoever accepted a proposal is none either', async () => {
    const { caseId, deviceId } = await aPhone();
    const { decisionId } = await world.decide(caseId, { ...NO, deviceId }, world.agent);
    await world.run((tx) => world.decisions.accept(tx, world.seller, decisionId));
    await world.run((tx) => world.opinions.ask(tx, world.agent, decisionId, 'Dudo'));
    const yes = { verdict: 'confirmed' as const, reason: 'Sí' };
    await expect(give(decisionId, world.seller, yes)).rejects.toMatchObject({ code: 'warranty.same_person' });
    const review =
      'update warranty_review set reviewer_id = decided_by, verdict = $2, verdict_reason = $2, reviewed_at = now() where decision_id = $1';
    await expect(query(review, decisionId, 'confirmed')).rejects.toMatchObject({ code: '23514' });
  });
});

describe('what terms go by', () => {
  const body = (more: object) =>
    WarrantyParameterBody.parse({
      ...{ country: 'PT', kind: 'legal_guarantee', months: 36, validFrom: '2022-01-01', clause: 'DL 84/2021 art. 12' },
      ...{ source: 'Decreto-Lei 84/2021', es: 'Tres años.', en: 'Three years.', ...more },
    });
  const run = <T>(deed: (parameters: WarrantyParameters, tx: typeof world.rooms.database.manager) => Promise<T>) =>
    world.run((tx) => deed(world.rooms.get(WarrantyParameters), tx));

  it('is of one kind at a time, and followed by another', async () => {
    const one = await run((shelf, tx) => shelf.add(tx, world.supervisor, body({})));
    const twice = run((shelf, tx) => shelf.add(tx, world.supervisor, body({ validFrom: '2024-01-01' })));
    await expect(twice).rejects.toMatchObject({ code: 'warranty_parameter.overlaps' });
    await run((shelf, tx) => shelf.change(tx, world.supervisor, one.id, body({ validUntil: '2024-12-31' })));
    await run((shelf, tx) => shelf.add(tx, world.supervisor, body({ validFrom: '2025-01-01', months: 48 })));
    const list = await run((shelf, tx) => shelf.list(tx, world.agent));
    expect(
      list.filter(({ country }) => country === 'PT').map(({ months, validUntil }) => [months, validUntil]),
    ).toEqual([
      [48, null],
      [36, '2024-12-31'],
    ]);
    expect(await query('select id from warranty_parameter where id = $1', one.id)).toHaveLength(1);
    const late = run((shelf, tx) => shelf.change(tx, world.supervisor, one.id, body({})));
    await expect(late).rejects.toMatchObject({ code: 'warranty_parameter.not_found' });
  });

  it('is kept by supervisors alone, with its months and its source', async () => {
    const denied = run((shelf, tx) => shelf.add(tx, world.seller, body({ country: 'FR' })));
    await expect(denied).rejects.toMatchObject({ code: 'permission.denied' });
    expect(() => body({ months: null })).toThrow();
    expect(() => body({ kind: 'repair_free' })).toThrow();
    expect(() => body({ kind: 'exclusion', months: null })).toThrow();
  });

  it('says of Spain what the law says', async () => {
    const list = await run((shelf, tx) => shelf.list(tx, world.agent));
    const spain = list.filter(({ country }) => country === 'ES');
    expect(new Set(spain.map(({ kind }) => kind)).size).toBe(10);
    expect(spain.every(({ clause, source, es, en }) => clause && source && es && en && es !== en)).toBe(true);
  });
});
