import type { GoodwillLimits } from '#contracts';
import { GoodwillRules, GoodwillSettings } from '#goodwill';
import { aPerson, aStore } from '../factories/rooms.js';
import { discount, FIRST, openGoodwill, refusal, voucher, type GoodwillWorld } from './goodwill.world.js';

let world: GoodwillWorld;
beforeAll(async () => {
  world = await openGoodwill();
  world.rooms.clock.set(FIRST);
}, 60_000);
afterAll(() => world?.rooms.close());
afterEach(() => world.rooms.clock.set(FIRST));

const approve = (id: string, by = world.supervisor, body = {}) =>
  world.tx((tx) => world.decisions().approve(tx, by, id, body));
const refuse = (id: string, by = world.supervisor, whose: 'us' | 'customer' = 'us') =>
  world.tx((tx) => world.decisions().refuse(tx, by, id, { by: whose, reason: 'No procede' }));
const stop = (id: string, by = world.agent) => world.tx((tx) => world.decisions().stop(tx, by, id, 'Ya no'));
const showCode = (id: string, by = world.agent) => world.tx((tx) => world.decisions().showCode(tx, by, id));
const types = async (caseId: string) => (await world.events(caseId, 'benefit.%')).map(({ type }) => type);
const messages = (caseId: string) =>
  world.rooms.db.query<{ system: string; type: string; body: string }>(
    `select m.system, m.type, m.body from benefit_message m join benefit b on b.id = m.benefit_id where b.case_id = $1 order by m.created_at, m.id`,
    [caseId],
  );

it('a voucher within the limit is issued at once: told to the system by its hash, in the story, its code shown once', async () => {
  const caseId = await world.aCase();
  const { benefitId, waits } = await world.give(caseId, voucher());
  expect(waits).toBe(false);
  expect(await world.one(benefitId)).toMatchObject({
    state: 'issued',
    valueCents: 1000,
    codeShown: false,
    sent: 'waiting',
  });
  expect(await types(caseId)).toEqual(['benefit.approved', 'benefit.issued', 'benefit.code_sent']);
  const { story, benefits } = await world.detail(caseId);
  expect(benefits).toEqual([{ id: benefitId, state: 'issued' }]);
  expect(story).toContainEqual(expect.objectContaining({ kind: 'decided', code: 'benefit' }));
  const { code } = await showCode(benefitId);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/u);
  expect((await showCode(benefitId)).code).toBe(code);
  expect(await refusal(showCode(benefitId, world.supervisor))).toBe('benefit.code_shown');
  world.rooms.clock.advance(11 * 60_000);
  expect(await refusal(showCode(benefitId))).toBe('benefit.code_shown');
  const [told] = await messages(caseId);
  expect(told).toMatchObject({ system: 'voucher', type: 'voucher.issued' });
  expect(JSON.parse(told?.body ?? '{}')).toMatchObject({
    data: { benefitId, amount: { cents: 1000, currency: 'EUR' } },
  });
  const dump = await world.rooms.db.query<{ all: string }>(
    `select (select json_agg(b)::text from benefit b) || (select json_agg(m)::text from benefit_message m) || (select json_agg(e.data)::text from case_event e)
       || (select json_agg(i)::text from interaction i) || (select json_agg(n)::text from customer_news n) as all`,
  );
  expect(dump[0]?.all).not.toContain(code);
  expect(dump[0]?.all).not.toContain(code.replaceAll('-', ''));
});

it('a storm of retries issues one voucher', async () => {
  const caseId = await world.aCase();
  const { benefitId } = await world.give(caseId, voucher(40_00));
  const storm = await Promise.all(Array.from({ length: 20 }, () => refusal(approve(benefitId))));
  expect(storm.filter((said) => said === 'done')).toHaveLength(1);
  expect(new Set(storm)).toEqual(new Set(['done', 'benefit.transition_forbidden']));
  expect((await types(caseId)).filter((type) => type === 'benefit.issued')).toHaveLength(1);
  expect(await messages(caseId)).toHaveLength(1);
  const written = await world.rooms.db.query<{ text: string }>(
    `select text from interaction where case_id = $1 and direction = 'outbound'`,
    [caseId],
  );
  expect(written.map(({ text }) => text)).toEqual([expect.stringContaining('El código del bono es ••••-')]);
  expect(await world.one(benefitId)).toMatchObject({ codeWay: { channel: 'twitter', state: 'pending' } });
});

it('who can only be called is written nothing: somebody is told to say the code', async () => {
  const body = { direction: 'inbound', outcome: 'answered', text: 'No enciende' } as const;
  const { caseId } = await world.call('+34611223399', body);
  const { benefitId } = await world.give(caseId, voucher());
  expect(await world.one(benefitId)).toMatchObject({ state: 'issued', codeWay: null, codeShown: false });
  const [told] = await world.events(caseId, 'benefit.code_sent');
  expect(told?.data).toMatchObject({ benefitId, channel: null });
  expect((await showCode(benefitId)).code).toMatch(/^\w{4}-/u);
});

it('above the limit it waits for somebody with more say, never for oneself', async () => {
  const caseId = await world.aCase();
  const { benefitId, waits } = await world.give(caseId, voucher(3001));
  expect(waits).toBe(true);
  const [asked] = await world.events(caseId, 'benefit.proposed');
  expect(asked?.data).toMatchObject({ needs: ['above_limit'], ruleName: null });
  expect(asked?.data['approverIds']).toEqual(
    [world.supervisor, world.other, world.admin].map(({ id }) => id).toSorted(),
  );
  expect(await refusal(approve(benefitId, world.agent))).toBe('permission.denied');
  expect(await approve(benefitId)).toEqual({ waits: false });
  expect(await world.one(benefitId)).toMatchObject({
    ...{ state: 'issued', askedBy: { id: world.agent.id }, decidedBy: { id: world.supervisor.id } },
  });
  const large = await world.give(caseId, voucher(20_000), world.supervisor);
  expect(large.waits).toBe(true);
  expect(await refusal(approve(large.benefitId))).toBe('benefit.own_request');
  expect(await refusal(approve(large.benefitId, world.other))).toBe('benefit.above_limit');
  expect(await approve(large.benefitId, world.admin)).toEqual({ waits: false });
});

it('what counts is all a customer was given in the window, by whomever', async () => {
  const caseId = await world.aCase();
  expect((await world.give(caseId, voucher(2000))).waits).toBe(false);
  expect((await world.standing(caseId)).left).toMatchObject({ cents: 1000, windowDays: 90 });
  const colleague = await aPerson(world.rooms);
  expect((await world.give(caseId, voucher(1001), colleague)).waits).toBe(true);
  expect((await world.give(caseId, voucher(1000), colleague)).waits).toBe(false);
  world.rooms.clock.advance(91 * 86_400_000);
  const help = { kind: 'repair_contribution', amountCents: 3000, currency: 'EUR', reason: 'Tras tres meses' } as const;
  expect((await world.give(caseId, help, colleague)).waits).toBe(false);
});

it('two who give at the same time stay within the limit together', async () => {
  const caseId = await world.aCase();
  const given = await Promise.all(Array.from({ length: 6 }, () => world.give(caseId, voucher(1000))));
  expect(given.filter(({ waits }) => !waits)).toHaveLength(3);
});

it('what was refused is shown to the next, who does not decide alone', async () => {
  const caseId = await world.aCase();
  const { benefitId } = await world.give(caseId, voucher(5000));
  await refuse(benefitId);
  const colleague = await aPerson(world.rooms);
  expect((await world.list(caseId)).map(({ state, decisionReason }) => [state, decisionReason])).toEqual([
    ['refused', 'No procede'],
  ]);
  const again = await world.give(caseId, voucher(500), colleague);
  expect((await world.one(again.benefitId)).needs).toEqual(['refused_before']);
  expect((await world.give(caseId, { kind: 'points', points: 100, reason: 'Otra cosa' }, colleague)).waits).toBe(false);
  const supervisors = await world.give(caseId, voucher(500), world.supervisor);
  expect(supervisors.waits).toBe(false);
});

it('a customer who does not want it may be asked again', async () => {
  const caseId = await world.aCase();
  const { benefitId } = await world.give(caseId, voucher(5000));
  await refuse(benefitId, world.agent, 'customer');
  expect((await world.one(benefitId)).refusedBy).toBe('customer');
  expect((await world.give(caseId, voucher(500))).waits).toBe(false);
  expect(await refusal(refuse(benefitId))).toBe('benefit.transition_forbidden');
});

it('who is newer never gets better than the rules give who is longer here, unless who approves says why', async () => {
  const caseId = await world.aCase();
  world.rooms.clock.advance(2 * 86_400_000);
  const generous = discount({ percent: 90 });
  expect(await refusal(world.give(caseId, generous))).toBe('benefit.unfair');
  expect(await refusal(world.give(caseId, generous, world.supervisor))).toBe('benefit.unfair');
  expect(await refusal(world.give(await world.aCase({ tier: 'gold' }), generous))).toBe('done');
  const asked = await world.give(caseId, { ...generous, equityReason: 'Perdió un trabajo' });
  expect((await world.one(asked.benefitId)).needs).toEqual(['unfair']);
  await approve(asked.benefitId);
  expect(await world.one(asked.benefitId)).toMatchObject({ state: 'active', equityReason: 'Perdió un trabajo' });
});

it('every kind takes effect as it should, and what has no message has none', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const contribution = await world.give(caseId, {
    ...{ kind: 'repair_contribution', amountCents: 1000, currency: 'EUR', reason: 'Ayuda' },
  });
  const points = await world.give(caseId, { kind: 'points', points: 200, reason: 'Gracias' });
  const contact = await world.give(caseId, {
    ...{ kind: 'privilege', privilege: 'named_contact', personId: world.agent.id, reason: 'Para que no repita' },
  });
  const states = (await world.list(caseId)).map(({ id, state, valueCents }) => [id, state, valueCents]);
  expect(states).toEqual([
    [contribution.benefitId, 'active', 1000],
    [points.benefitId, 'issued', 200],
    [contact.benefitId, 'active', 0],
  ]);
  expect((await messages(caseId)).map(({ system, type }) => [system, type])).toEqual([
    ['billing', 'repair_contribution.granted'],
    ['loyalty', 'points.granted'],
  ]);
  await stop(contact.benefitId);
  expect((await world.one(contact.benefitId)).state).toBe('ended');
  expect(await refusal(stop(points.benefitId))).toBe('benefit.transition_forbidden');
  expect(await refusal(showCode(points.benefitId))).toBe('benefit.no_code');
});

it('who asked takes it back; others do not', async () => {
  const caseId = await world.aCase();
  const { benefitId } = await world.give(caseId, voucher(9000));
  expect(await refusal(stop(benefitId, await aPerson(world.rooms)))).toBe('permission.denied');
  await stop(benefitId);
  expect((await world.one(benefitId)).state).toBe('cancelled');
  expect(await refusal(approve(benefitId))).toBe('benefit.transition_forbidden');
});

it('who sees no case of it sees nothing of it', async () => {
  const caseId = await world.aCase();
  const { benefitId } = await world.give(caseId, voucher());
  const stranger = await aPerson(world.rooms, 'store', await aStore(world.rooms));
  expect(await refusal(world.give(caseId, voucher(), stranger))).toBe('case.not_found');
  expect(await refusal(showCode(benefitId, stranger))).toBe('benefit.not_found');
  expect(await refusal(world.give(caseId, voucher(100, { currency: 'USD' })))).toBe('benefit.other_currency');
});

it('limits and the law are kept in versions, and changed by who may', async () => {
  const settings = world.rooms.get(GoodwillSettings);
  const { manager } = world.rooms.database;
  const { version, content } = await settings.limits(manager);
  const tight: GoodwillLimits = { ...content, roles: { ...content.roles, agent: { standard: 0, silver: 0, gold: 0 } } };
  const set = (by = world.supervisor) => world.tx((tx) => settings.setLimits(tx, by, version, tight));
  expect(await refusal(set(world.agent))).toBe('permission.denied');
  await set();
  expect(await refusal(set())).toBe('goodwill.version_conflict');
  expect((await world.give(await world.aCase(), voucher(1))).waits).toBe(true);
  await world.tx((tx) => settings.setLimits(tx, world.supervisor, version + 1, content));
  expect(await settings.limits(manager)).toMatchObject({ version: version + 2, by: { id: world.supervisor.id } });
  expect((await settings.legal(manager)).content).toMatchObject({ feeTimes: 5, automaticFromCents: 100 });
});

it('rules are versions, have names of their own and have to be fair', async () => {
  const rules = world.rooms.get(GoodwillRules);
  const list = await rules.list(world.rooms.database.manager);
  expect(list).toHaveLength(7);
  const [first] = list;
  if (!first) throw new Error('no rule');
  const put = (change: object, by = world.supervisor) => {
    const { name, isActive, version, afterDays, tiers, lacks, terms } = first;
    return world.tx((tx) =>
      rules.change(tx, by, first.id, { ...{ name, isActive, version, afterDays, tiers, lacks, terms }, ...change }),
    );
  };
  expect(await refusal(put({ afterDays: 2 }, world.agent))).toBe('permission.denied');
  expect(await refusal(put({ terms: { kind: 'fee_discount', percent: 80 } }))).toBe('goodwill.rule_unfair');
  expect(await refusal(put({ name: list[1]?.name }))).toBe('goodwill.name_taken');
  await put({ name: 'Con otro nombre' });
  expect((await rules.find(world.rooms.database.manager, first.id)).version).toBe(1);
  await put({ name: first.name, terms: { kind: 'fee_discount', percent: 40 } });
  expect(await rules.find(world.rooms.database.manager, first.id)).toMatchObject({
    version: 2,
    terms: { percent: 40 },
  });
  expect(await refusal(put({ afterDays: 3 }))).toBe('goodwill.version_conflict');
});

it('years of a discount are no month of it: what is backdated or agreed for long counts as what it comes to', async () => {
  for (const span of [{ from: '2025-11-01' }, { from: '2026-11-01', to: '2028-11-01' }]) {
    const { waits } = await world.give(await world.aCase(), discount(span));
    expect(waits).toBe(true);
  }
  const caseId = await world.aCase();
  expect((await world.give(caseId, discount({ from: '2026-10-31' }))).waits).toBe(false);
  expect((await world.list(caseId))[0]).toMatchObject({ state: 'active', valueCents: 2100 });
});

it('a fee that grows while a discount runs stays within what one may give', async () => {
  const caseId = await world.aCase();
  const { benefitId } = await world.give(caseId, discount());
  const change = (monthlyFeeCents: number, by = world.agent) =>
    world.tx((tx) => world.decisions().changeFee(tx, by, benefitId, { from: '2026-11-02', monthlyFeeCents }));
  expect(await refusal(change(300_000))).toBe('benefit.above_limit');
  await change(4000);
  expect(await world.one(benefitId)).toMatchObject({ valueCents: 2800 });
  expect(await refusal(change(5000))).toBe('benefit.above_limit');
  await change(5000, world.supervisor);
  expect(await world.one(benefitId)).toMatchObject({ valueCents: 3500 });
  world.rooms.clock.advance(120 * 86_400_000);
  await change(4900);
});
