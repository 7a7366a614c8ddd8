import { CaseDetail, factText, type CaseDetail as Detail } from '#contracts';
import { StoryView } from '#views';
import { arrive, aStore, dm, readerOf } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

let world: StoryWorld;
let serial = 900;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world.rooms.close());

const opened = (text = 'Se me ha muerto el móvil', lacks: ('calls' | 'data' | 'apps')[] = ['calls', 'data']) =>
  arrive(world.rooms, dm(String((serial += 1)), { text, lacks }));
const only = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1);
  return items[0] as T;
};
const told = (detail: Detail, kind: string, language: 'es' | 'en' = 'es') =>
  detail.story.filter((fact) => fact.kind === kind).map((fact) => factText(fact, language));

describe('problems', () => {
  it('are understood when the customer agreed: by whom, how, when, written down by whom', async () => {
    const { caseId, interactionId } = await opened();
    const { problems } = await world.detail(caseId);
    await world.problem(caseId, only(problems).id, {
      statement: 'No enciende ni carga',
      stage: 'understood',
      agreement: { how: 'message', entryId: interactionId },
    });
    const after = await world.detail(caseId);
    expect(CaseDetail.safeParse(after).error).toBeUndefined();
    expect(after).toMatchObject({ status: 'understood', problem: 'No enciende ni carga' });
    expect(only(after.problems)).toMatchObject({
      stage: 'understood',
      agreed: {
        by: after.customer.displayName,
        how: 'message',
        entryId: interactionId,
        recordedBy: world.agent.displayName,
      },
    });
    expect((await world.events(caseId, 'problem.%')).map(({ type }) => type)).toEqual([
      'problem.corrected',
      'problem.moved',
    ]);
  });

  it('put anew have to be agreed with anew', async () => {
    const { caseId } = await opened();
    const { id } = only((await world.detail(caseId)).problems);
    await world.problem(caseId, id, { stage: 'understood', agreement: { how: 'phone', by: 'Su hermana' } });
    await world.problem(caseId, id, { statement: 'Otra cosa' });
    expect(only((await world.detail(caseId)).problems)).toMatchObject({ stage: 'received', agreed: null });
  });

  it('refuse what the table forbids, and restoring while something is lacking', async () => {
    const { caseId } = await opened();
    const { id } = only((await world.detail(caseId)).problems);
    await expect(world.problem(caseId, id, { stage: 'closed' })).rejects.toMatchObject({
      code: 'problem.transition_forbidden',
    });
    await expect(world.problem(caseId, id, { stage: 'restored' })).rejects.toMatchObject({
      code: 'problem.not_restored',
      details: { impacts: [{ kind: 'calls' }, { kind: 'data' }] },
    });
    const elsewhere = await opened();
    await expect(world.problem(elsewhere.caseId, id, { stage: 'in_solution' })).rejects.toMatchObject({
      code: 'problem.not_found',
    });
  });

  it('carry the case along: it is restored when the last of them is', async () => {
    const { caseId } = await opened();
    await world.addProblem(caseId, 'Además le cobran dos veces');
    const [phone, bill] = (await world.detail(caseId)).problems.map(({ id }) => id) as [string, string];
    await world.problem(caseId, bill, { stage: 'in_solution' });
    expect((await world.detail(caseId)).status).toBe('in_solution');
    await world.problem(caseId, bill, { stage: 'restored' });
    expect((await world.detail(caseId)).status).toBe('in_solution');
    await world.restoreAll(caseId);
    await world.problem(caseId, phone, { stage: 'restored' });
    expect(await world.detail(caseId)).toMatchObject({ status: 'restored', lacks: [] });
    await world.report(caseId, 'calls');
    expect(await world.detail(caseId)).toMatchObject({ status: 'in_solution', lacks: ['calls'] });
  });
});

describe('impacts', () => {
  it('lack until they are relieved, and are open until they are restored', async () => {
    const { caseId } = await opened('Sin línea', ['calls', 'data']);
    const [calls, data] = (await world.detail(caseId)).impacts.map(({ id }) => id) as [string, string];
    await world.impact(caseId, calls, 'confirmed');
    expect((await world.detail(caseId)).lacks).toEqual(['calls', 'data']);
    await world.impact(caseId, calls, 'relieved');
    expect((await world.detail(caseId)).lacks).toEqual(['data']);
    await world.impact(caseId, data, 'restored');
    const after = await world.detail(caseId);
    expect(after.lacks).toEqual([]);
    expect(after.impacts).toMatchObject([
      { kind: 'calls', state: 'relieved', restoredAt: null },
      { kind: 'data', state: 'restored', restoredAt: world.rooms.clock.now().toISOString() },
    ]);
    await expect(world.impact(caseId, data, 'relieved')).rejects.toMatchObject({ code: 'impact.transition_forbidden' });
    expect((await world.events(caseId, 'impact.moved')).map(({ data: { from, to } }) => [from, to])).toEqual([
      ['reported', 'confirmed'],
      ['confirmed', 'relieved'],
      ['reported', 'restored'],
    ]);
  });

  it('that worked again and are reported by the customer anew are lacking anew', async () => {
    const { caseId } = await opened('Sin línea', ['calls']);
    await world.restoreAll(caseId);
    await arrive(world.rooms, dm(String(serial), { text: 'Otra vez sin llamadas', lacks: ['calls'] }));
    expect(await world.detail(caseId)).toMatchObject({
      lacks: ['calls'],
      impacts: [{ state: 'reported', restoredAt: null }],
    });
  });
});

describe('the story', () => {
  it('tells by itself what broke, what was lost, what was tried', async () => {
    const storeId = await aStore(world.rooms);
    const first = await world.call('600 10 20 30', {
      direction: 'inbound',
      outcome: 'no_answer',
      times: 2,
      displayName: 'Lía',
    });
    const device = { imei: '356938035643809', model: 'Auriga One' };
    for (let times = 0; times < 2; times += 1)
      await world.visit({
        storeId,
        customer: { displayName: 'Lía', phone: '600102030' },
        text: 'No enciende',
        lacks: ['calls'],
        device,
      });
    const detail = await world.detail(first.caseId);
    expect(told(detail, 'tried')).toEqual(['Llamó 2 veces, nadie respondió']);
    expect(told(detail, 'tried', 'en')).toEqual(['Called 2 times, nobody answered']);
    expect(told(detail, 'broke')).toContain('Auriga One · IMEI •••• 809');
    expect(told(detail, 'broke').filter((text) => text.includes('IMEI'))).toHaveLength(1);
    expect(told(detail, 'lost')).toEqual(['Llamadas: sin comprobar']);
    expect(detail.story.find(({ kind }) => kind === 'tried')).toMatchObject({ entryId: first.interactionId });
  });

  it('is corrected by newer facts and withdrawn with a reason; nothing is overwritten', async () => {
    const { caseId, interactionId } = await opened();
    await world.fact(caseId, { kind: 'tried', text: 'Otro cable', entryId: interactionId });
    const first = only((await world.detail(caseId)).story.filter(({ source }) => source === 'fact'));
    expect(first).toMatchObject({
      at: '2026-03-02T08:59:00.000Z',
      entryId: interactionId,
      language: 'es',
      corrected: false,
    });
    await world.correct(caseId, first.id, { text: 'Otro cargador' });
    await expect(world.correct(caseId, first.id, { text: 'Otra cosa' })).rejects.toMatchObject({
      code: 'fact.outdated',
    });
    const second = only((await world.detail(caseId)).story.filter(({ source }) => source === 'fact'));
    expect(second).toMatchObject({ text: 'Otro cargador', corrected: true, entryId: interactionId });
    await world.withdraw(caseId, second.id, 'Era otra persona');
    expect((await world.detail(caseId)).story.filter(({ source }) => source === 'fact')).toEqual([]);
    const versions = await world.rooms
      .get(StoryView)
      .versions(world.rooms.database.manager, readerOf(world.agent), caseId);
    expect(versions).toMatchObject([
      {
        text: 'Otro cargador',
        supersededBy: null,
        withdrawn: { reason: 'Era otra persona', by: world.agent.displayName },
      },
      { text: 'Otro cable', supersededBy: second.id, withdrawn: null },
    ]);
  });

  it('takes facts of entries of this case only', async () => {
    const [one, other] = [await opened(), await opened()];
    await expect(
      world.fact(one.caseId, { kind: 'tried', text: 'Reinicio', entryId: other.interactionId }),
    ).rejects.toMatchObject({ code: 'entry.not_on_case' });
  });

  it('holds promises: who, until when, kept or broken; the nearest update is on the case', async () => {
    const { caseId } = await opened();
    await world.promise(caseId, { kind: 'update', dueAt: '2026-03-03T18:00:00.000Z' });
    await world.promise(caseId, { kind: 'update', dueAt: '2026-03-03T12:00:00.000Z' });
    await world.promise(caseId, { kind: 'other', text: 'Copiar las fotos', dueAt: '2026-03-04T12:00:00.000Z' });
    const detail = await world.detail(caseId);
    expect(detail.nextUpdateDueAt).toBe('2026-03-03T12:00:00.000Z');
    expect(told(detail, 'promised', 'en')).toEqual([
      'Write to them with news',
      'Write to them with news',
      'Copiar las fotos',
    ]);
    const promises = detail.story.flatMap(({ promise }) => (promise ? [promise] : []));
    const [later, sooner, photos] = promises as [(typeof promises)[0], (typeof promises)[0], (typeof promises)[0]];
    await world.decide(caseId, sooner.id, { state: 'kept' });
    await world.decide(caseId, later.id, { dueAt: '2026-03-05T09:00:00.000Z' });
    await world.decide(caseId, photos.id, { state: 'broken' });
    await world.decide(caseId, photos.id, { state: 'kept' });
    expect((await world.detail(caseId)).nextUpdateDueAt).toBe('2026-03-05T09:00:00.000Z');
    await expect(world.decide(caseId, photos.id, { state: 'broken' })).rejects.toMatchObject({
      code: 'promise.transition_forbidden',
    });
    expect((await world.events(caseId, 'promise.%')).map(({ type }) => type)).toEqual([
      ...Array.from({ length: 3 }, () => 'promise.made'),
      'promise.decided',
      'promise.moved',
      'promise.decided',
      'promise.decided',
    ]);
  });

  it('counts what had to be said again, once for each entry; dismissed is none', async () => {
    const { caseId, interactionId } = await opened('Ya os lo he explicado');
    await world.again(caseId, { source: 'agent_asked', asked: ['imei'], dismissed: false });
    for (let times = 0; times < 2; times += 1)
      await world.again(caseId, { source: 'customer_said', asked: [], entryId: interactionId, dismissed: false });
    expect((await world.detail(caseId)).reExplanations).toBe(2);
    await world.again(caseId, { source: 'customer_said', asked: [], entryId: interactionId, dismissed: true });
    expect((await world.detail(caseId)).reExplanations).toBe(1);
  });
});
