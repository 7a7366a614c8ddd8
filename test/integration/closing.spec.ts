import { ClosingGuards, QuietCheck } from '#cases';
import { arrive, dm, mail } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

const DAY = 86_400_000;
let world: StoryWorld;
let serial = 5000;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world.rooms.close());

const opened = (message = dm(String((serial += 1)), { occurredAt: world.rooms.clock.now().toISOString() })) =>
  arrive(world.rooms, message);
const check = () => world.rooms.get(QuietCheck).run();
const later = (ms: number) => world.rooms.clock.advance(ms);
const questions = (caseId: string) =>
  world.rooms.db.query(
    'select state, interaction_id, answer_id from closing_question where case_id = $1 order by created_at',
    [caseId],
  );
const sentOn = (caseId: string) =>
  world.rooms.db.query(
    `select i.id, i.channel, i.text, i.author_kind, d.state from interaction i join delivery d on d.interaction_id = i.id where i.case_id = $1`,
    [caseId],
  );
/** What has been queued has left. */
const leave = (caseId: string, state: 'sent' | 'failed' = 'sent') =>
  world.rooms.db.query(
    `update delivery d set state = $2, sent_at = case when $2 = 'sent' then $3::timestamptz end from interaction i
     where i.id = d.interaction_id and i.case_id = $1 and d.state = 'pending'`,
    [caseId, state, world.rooms.clock.now()],
  );
const statusOf = async (caseId: string) => (await world.detail(caseId)).status;
async function asked(message = dm(String((serial += 1)))) {
  const arrival = await opened(message);
  await world.patch(arrival.caseId, { status: 'restored' });
  later(60_000);
  await check();
  return arrival;
}

describe('closing', () => {
  it('is refused with everything that is open, in both languages; then it is not', async () => {
    const { caseId } = await opened(dm(String((serial += 1)), { lacks: ['calls', 'apps'] }));
    await world.promise(caseId, { kind: 'other', text: 'Llamarla', dueAt: '2026-03-03T12:00:00.000Z' });
    const { impacts, story } = await world.detail(caseId);
    await world.impact(caseId, impacts[0]?.id ?? '', 'relieved');
    await expect(world.patch(caseId, { status: 'closed' })).rejects.toMatchObject({
      code: 'case.not_closable',
      details: {
        blockers: [
          { kind: 'impact', id: impacts[0]?.id, text: { es: 'Llamadas: aliviado', en: 'Calls: relieved' } },
          { kind: 'impact', text: { es: 'Apps: sin comprobar', en: 'Apps: not checked' } },
          { kind: 'promise', text: { es: expect.stringContaining('Llamarla') as string } },
        ],
      },
    });
    expect(await statusOf(caseId)).toBe('new');
    await world.restoreAll(caseId);
    const promise = story.find((fact) => fact.promise)?.promise;
    await world.decide(caseId, promise?.id ?? '', { state: 'withdrawn', reason: 'Ya no hace falta' });
    await world.patch(caseId, { status: 'closed', confirmation: { how: 'phone' } });
    expect(await world.detail(caseId)).toMatchObject({ status: 'closed', problems: [{ stage: 'closed' }] });
    expect(await world.events(caseId, 'closing.confirmed')).toMatchObject([{ data: { how: 'phone', entryId: null } }]);
  });

  it('asks the guards that other rooms register', async () => {
    const { caseId } = await opened();
    const id = '0198c0de-0000-7000-8000-000000000001';
    let lent = true;
    world.rooms
      .get(ClosingGuards)
      .register((_tx, of) =>
        Promise.resolve(
          lent && of === caseId ? [{ kind: 'loan', id, text: { es: 'Préstamo P-0142', en: 'Loan P-0142' } }] : [],
        ),
      );
    await expect(world.patch(caseId, { status: 'closed' })).rejects.toMatchObject({
      details: { blockers: [{ kind: 'loan', id }] },
    });
    lent = false;
    await world.patch(caseId, { status: 'closed' });
    expect(await statusOf(caseId)).toBe('closed');
  });
});

describe('the quiet check', () => {
  it.each([
    ['X', () => dm(String((serial += 1))), 'twitter'],
    ['mail', () => mail(`quiet${(serial += 1)}@correo.test`), 'email'],
  ] as const)(
    'asks by %s once the case is restored, and closes after seven quiet days',
    async (_way, message, channel) => {
      const { caseId } = await opened(message());
      await world.patch(caseId, { status: 'restored' });
      await check();
      expect(await sentOn(caseId)).toEqual([]);
      later(60_000);
      await Promise.all([check(), check()]);
      expect(await sentOn(caseId)).toMatchObject([
        {
          channel,
          author_kind: 'system',
          state: 'pending',
          text: expect.stringContaining('¿Está todo bien?') as string,
        },
      ]);
      await leave(caseId);
      later(7 * DAY - 1);
      await check();
      expect(await statusOf(caseId)).toBe('restored');
      later(1);
      await Promise.all([check(), check()]);
      expect(await world.detail(caseId)).toMatchObject({
        status: 'closed',
        closedAt: world.rooms.clock.now().toISOString(),
      });
      expect(await world.events(caseId, 'closing.%')).toMatchObject([
        { type: 'closing.asked', data: { channel } },
        { type: 'closing.confirmed', data: { how: 'silence' }, actor_name: 'Hilo' },
      ]);
      expect(await questions(caseId)).toMatchObject([{ state: 'closed' }]);
      expect(await sentOn(caseId)).toHaveLength(1);
    },
  );

  it('speaks the language of the customer', async () => {
    const { caseId, customerId } = await opened();
    await world.rooms.db.query(`update customer set language = 'en' where id = $1`, [customerId]);
    await world.patch(caseId, { status: 'restored' });
    later(60_000);
    await check();
    expect(await sentOn(caseId)).toMatchObject([{ text: expect.stringContaining('Is all well?') as string }]);
  });

  it.each([
    ['No, sigue sin encender', 'in_solution', 'denied', 'no'],
    ['Sí, todo bien. ¡Gracias!', 'restored', 'answered', 'yes'],
    ['¿Y la factura?', 'restored', 'answered', 'unclear'],
  ])('«%s»: the case is %s, and nothing closes by itself any more', async (text, status, state, answer) => {
    const { caseId } = await asked();
    const said = await arrive(
      world.rooms,
      dm(String(serial), { text, occurredAt: world.rooms.clock.now().toISOString() }),
    );
    await check();
    expect(await questions(caseId)).toMatchObject([{ state, answer_id: said.interactionId }]);
    expect(await statusOf(caseId)).toBe(status);
    expect(await world.events(caseId, 'closing.answered')).toMatchObject([{ data: { answer } }]);
    later(30 * DAY);
    await check();
    expect(await statusOf(caseId)).toBe(status);
  });

  it('is no silence while the question has not arrived: late it waits on, failed it closes nothing', async () => {
    const [late, failed] = [await asked(), await asked()];
    await leave(failed.caseId, 'failed');
    later(8 * DAY);
    await check();
    expect([await statusOf(late.caseId), await statusOf(failed.caseId)]).toEqual(['restored', 'restored']);
    expect(await questions(failed.caseId)).toMatchObject([{ state: 'unreachable' }]);
    await leave(late.caseId);
    later(2 * DAY);
    await check();
    expect(await statusOf(late.caseId)).toBe('restored');
    later(6 * DAY);
    await check();
    expect([await statusOf(late.caseId), await statusOf(failed.caseId)]).toEqual(['closed', 'restored']);
  });

  it('counts an answer that came in the last moment, before anybody looked', async () => {
    const { caseId } = await asked();
    later(6 * DAY);
    await arrive(world.rooms, dm(String(serial), { text: 'No', occurredAt: world.rooms.clock.now().toISOString() }));
    later(2 * DAY);
    await check();
    expect(await statusOf(caseId)).toBe('in_solution');
  });

  it('does not ask when the move was taken back, nor while something is lacking', async () => {
    const back = await opened();
    await world.patch(back.caseId, { status: 'restored' });
    await world.patch(back.caseId, { status: 'in_solution' });
    const lacking = await opened(dm(String((serial += 1)), { lacks: ['data'] }));
    await world.patch(lacking.caseId, { status: 'restored' });
    later(60_000);
    await check();
    expect([...(await sentOn(back.caseId)), ...(await sentOn(lacking.caseId))]).toEqual([]);
    expect(await questions(back.caseId)).toMatchObject([{ state: 'cancelled' }]);
    await world.restoreAll(lacking.caseId);
    later(DAY);
    await check();
    expect(await sentOn(lacking.caseId)).toHaveLength(1);
  });

  it('keeps open what has something open, and says when nobody can be asked', async () => {
    const { caseId } = await asked();
    await world.promise(caseId, { kind: 'other', text: 'Devolver 3 €', dueAt: '2026-06-01T12:00:00.000Z' });
    later(8 * DAY);
    await check();
    expect(await statusOf(caseId)).toBe('restored');
    const called = await world.call('611 22 33 44', {
      direction: 'inbound',
      outcome: 'answered',
      displayName: 'Ona',
      text: 'Sin tono',
    });
    await world.patch(called.caseId, { status: 'restored' });
    later(60_000);
    await check();
    expect(await questions(called.caseId)).toMatchObject([{ state: 'unreachable' }]);
    expect(await world.events(called.caseId, 'closing.asked')).toMatchObject([{ data: { channel: null } }]);
  });
});
