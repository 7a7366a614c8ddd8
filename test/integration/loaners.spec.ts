import { CaseService } from '#cases';
import type { LoanDecisionBody } from '#contracts';
import { newId } from '#platform';
import { openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
beforeAll(async () => {
  world = await openLoaners();
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const impactsOf = (caseId: string) =>
  world.rooms.db.query('select kind, state from impact where case_id = $1 order by kind', [caseId]);
const storyOf = (caseId: string) =>
  world.rooms.db.query(
    `select values ->> 'says' as says from story_fact where case_id = $1 and code = 'loan' and superseded_by is null and withdrawn_at is null order by created_at`,
    [caseId],
  );

it('is decided instead of a phone of the case or of its customer, of no other', async () => {
  const { rooms } = world;
  const [caseId, other] = [await world.aCase(), await world.aCase()];
  const aDevice = async (): Promise<string> => {
    const id = newId();
    await rooms.db.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga One', $2)`, [
      ...[id, rooms.clock.now()],
    ]);
    return id;
  };
  const [shown, owned, sold, foreign] = [await aDevice(), await aDevice(), await aDevice(), await aDevice()];
  const show = (of: string, id: string) =>
    rooms.db.query('insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, $3, $3)', [
      ...[of, id, rooms.clock.now()],
    ]);
  const own = (id: string, until: Date | null) =>
    rooms.db.query(
      `insert into device_ownership (id, device_id, customer_id, "from", until) select new_id(), $2, customer_id, $3, $4 from cases where id = $1`,
      [caseId, id, new Date(0), until],
    );
  await show(caseId, shown);
  await show(other, foreign);
  await own(owned, null);
  await own(sold, rooms.clock.now());
  const decide = (deviceId: string, more: Partial<LoanDecisionBody> = {}) =>
    world.decide(caseId, { outcome: 'declined', reason: 'Tiene otro', deviceId, ...more });
  for (const id of [shown, owned]) expect((await decide(id)).decisionId).toBeTruthy();
  const loanerId = await world.loaner(await world.model());
  for (const id of [foreign, sold, newId()]) {
    await expect(decide(id)).rejects.toEqual(refused('device.not_on_case'));
    // Decided anew with another phone it is refused as well, and nothing is kept for anybody.
    await expect(decide(id, { outcome: 'accepted', loanerId })).rejects.toEqual(refused('device.not_on_case'));
  }
  expect(await world.stateOf(loanerId)).toBe('available');
  const kept = await rooms.db.query<{ id: string }>('select device_id as id from loan_decision where case_id = $1', [
    caseId,
  ]);
  expect(kept.map(({ id }) => id).toSorted()).toEqual([shown, owned].toSorted());
});

describe('a loan', () => {
  it('is kept, handed over with what it relieves, and given back to be cleaned', async () => {
    const [caseId, loanerId] = [await world.aCase(['calls', 'data']), await world.loaner(await world.model())];
    const loanId = await world.reserve(caseId, loanerId);
    expect(await world.stateOf(loanerId)).toBe('reserved');
    expect(await storyOf(caseId)).toEqual([{ says: 'reserved' }]);
    await world.lend(loanId, { relieves: ['calls', 'apps'], grade: 'A', accessories: ['charger'] });
    expect(await world.stateOf(loanerId)).toBe('on_loan');
    expect(await impactsOf(caseId)).toEqual([
      { kind: 'calls', state: 'relieved' },
      { kind: 'data', state: 'reported' },
    ]);
    expect(await world.loan(loanId)).toMatchObject({
      ...{ state: 'active', relieves: ['calls'], terms_version: 1, deposit_cents: null },
      due_at: new Date(world.rooms.clock.now().getTime() + 14 * 86_400_000),
    });
    await expect(close(caseId)).rejects.toEqual(refused('case.not_closable'));
    await world.takeBack(loanId);
    expect(await world.stateOf(loanerId)).toBe('hygiene');
    expect(await impactsOf(caseId)).toContainEqual({ kind: 'calls', state: 'confirmed' });
    expect(await storyOf(caseId)).toEqual([{ says: 'returned' }]);
    expect((await world.events(caseId)).map(({ type }) => type)).toEqual([
      ...['loan.reserved', 'loan.decided', 'loan.started', 'loan.returned'],
    ]);
  });

  it('comes back clean, each step by somebody, before it is lent again', async () => {
    const [caseId, loanerId] = [await world.aCase(), await world.loaner(await world.model())];
    await world.takeBack(await world.lent(caseId, loanerId));
    for (const step of ['signed_out', 'lock_off', 'sim_removed', 'sim_removed'] as const)
      await world.clean(loanerId, step);
    expect(await world.stateOf(loanerId)).toBe('hygiene');
    await expect(world.reserve(await world.aCase(), loanerId)).rejects.toEqual(refused('loaner.not_available'));
    await world.clean(loanerId, 'erased');
    expect(await world.stateOf(loanerId)).toBe('available');
    expect(
      await world.rooms.db.query('select step, by_name from loaner_cleaning where loaner_id = $1', [loanerId]),
    ).toHaveLength(4);
    await world.reserve(await world.aCase(), loanerId);
  });

  it('a finger that comes down late counts for no later cleaning', async () => {
    const loanerId = await world.loaner(await world.model());
    const back = async () => world.takeBack(await world.lent(await world.aCase(), loanerId));
    const steps = ['signed_out', 'lock_off', 'sim_removed', 'erased'] as const;
    await back();
    const first = await world.cleaningOf(loanerId);
    for (const step of steps) await world.clean(loanerId, step, first);
    await expect(world.clean(loanerId, 'erased', first)).rejects.toEqual(refused('loaner.cleaning_over'));
    await back();
    for (const step of steps)
      await expect(world.clean(loanerId, step, first)).rejects.toEqual(refused('loaner.cleaning_over'));
    expect(await world.stateOf(loanerId)).toBe('hygiene');
    const second = await world.cleaningOf(loanerId);
    expect(await world.rooms.db.query('select step from loaner_cleaning where cleaning_id = $1', [second])).toEqual([]);
    await Promise.all(steps.map((step) => world.clean(loanerId, step, second)));
    expect(await world.stateOf(loanerId)).toBe('available');
  });

  it('is one of a loaner and one of a case', async () => {
    const [model, caseId] = [await world.model(), await world.aCase()];
    const [one, other] = [await world.loaner(model), await world.loaner(model)];
    await world.reserve(caseId, one);
    await expect(world.reserve(caseId, other)).rejects.toEqual(refused('loan.case_has_one'));
    await expect(world.reserve(await world.aCase(), one)).rejects.toEqual(refused('loaner.not_available'));
    // Whatever a program says, the database does not lend one phone twice.
    await world.rooms.db.query(`update loaner set state = 'available' where id = $1`, [one]);
    await expect(world.reserve(await world.aCase(), one)).rejects.toEqual(refused('loaner.not_available'));
  });
});

async function close(caseId: string): Promise<string> {
  await world.rooms.db.query(`update impact set state = 'restored', restored_at = now() where case_id = $1 and false`, [
    caseId,
  ]);
  const [row] = await world.rooms.db.query<{ version: number }>('select version from cases where id = $1', [caseId]);
  return world.do((tx) =>
    world.rooms.get(CaseService).change(tx, world.agent, caseId, { status: 'closed', version: row?.version ?? 0 }),
  );
}

it('500 at once for 20 loaners: 20 loans, and 480 told clearly', async () => {
  const modelId = await world.model();
  const loaners: string[] = [];
  for (let n = 0; n < 20; n += 1) loaners.push(await world.loaner(modelId));
  const cases: string[] = [];
  for (let n = 0; n < 500; n += 1) cases.push(await world.aCase());
  const answers = await Promise.all(
    cases.map((caseId) =>
      world.decide(caseId, { modelId }).then(
        ({ loanId }) => (loanId ? 'lent' : 'nothing'),
        (error: { code?: string }) => error.code ?? String(error),
      ),
    ),
  );
  const counted = Object.fromEntries(
    [...new Set(answers)].map((each) => [each, answers.filter((one) => one === each).length]),
  );
  expect(counted).toEqual({ lent: 20, 'loaner.none_available': 480 });
  const [rows] = await world.rooms.db.query(
    `select count(*)::int as loans, count(distinct loaner_id)::int as phones from loan where loaner_id = any($1) and state = 'reserved'`,
    [loaners],
  );
  expect(rows).toEqual({ loans: 20, phones: 20 });
});
