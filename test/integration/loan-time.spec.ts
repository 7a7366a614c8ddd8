import { Teller } from '#notifications';
import { LoanFollow, LoanFollowJob } from '#loaners';
import { record, SYSTEM } from '#cases';
import { newId } from '#platform';
import { DAY, HOUR, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
beforeAll(async () => {
  world = await openLoaners();
});
afterAll(() => world.rooms.close());

const now = () => world.rooms.clock.now();
const later = (ms: number) => world.rooms.clock.advance(ms);
/** All that is due is done, and several look at once. */
const sweep = () => Promise.all([world.sweep(), world.sweep(), world.sweep()]);

/** What the room of repairs tells of one, as it tells it. */
async function repairSays(caseId: string, events: Parameters<typeof record>[5]): Promise<void> {
  await world.do((tx) => record(tx, caseId, SYSTEM, 'test', now(), events));
  const rows = await world.rooms.db.query<{ id: string; seq: string; type: string; data: Record<string, unknown> }>(
    `select id, seq::text, type, data from case_event where case_id = $1 and type like 'repair.%' order by seq desc limit $2`,
    [caseId, events.length],
  );
  const told = rows.map((row) => ({ ...row, caseId, caseVersion: 1, at: now().toISOString(), correlationId: null }));
  const job = world.rooms.get(LoanFollowJob);
  // Jobs may run twice, and at the same time.
  await Promise.all([job.run({ events: told, correlationId: null }), job.run({ events: told, correlationId: null })]);
  await job.run({ events: told, correlationId: null });
}

const promised = (repairId: string, from: Date | null, to: Date) => ({
  type: 'repair.promise_moved' as const,
  data: { repairId, from: from?.toISOString() ?? null, to: to.toISOString(), reason: null },
});

async function lentOnRepair(days: number) {
  const [caseId, loanerId, repairId] = [await world.aCase(['calls']), await world.loaner(await world.model()), newId()];
  const back = new Date(now().getTime() + days * DAY);
  await repairSays(caseId, [promised(repairId, null, back)]);
  const loanId = await world.lent(caseId, loanerId, { repairId, relieves: ['calls'] });
  return { caseId, loanerId, loanId, repairId, back };
}
const dueOf = async (loanId: string) => (await world.loan(loanId))['due_at'] as Date;
const days = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / DAY);

describe('a repair that slips', () => {
  it('three days: the loaner is due three days later, and nobody is dunned', async () => {
    const { caseId, loanId, repairId, back } = await lentOnRepair(5);
    const before = await dueOf(loanId);
    expect(days(now(), before)).toBe(7);
    expect(await world.told(caseId)).toEqual([]);
    const slipped = new Date(back.getTime() + 3 * DAY);
    await repairSays(caseId, [promised(repairId, back, slipped)]);
    expect(days(before, await dueOf(loanId))).toBe(3);
    expect(await world.events(caseId, 'loan.due_moved')).toMatchObject([{ data: { because: 'repair' } }]);
    // Long after it was due: their phone is still with us.
    later(60 * DAY);
    await sweep();
    expect(await world.told(caseId)).toEqual([]);
    expect(await world.events(caseId, 'loan.overdue')).toEqual([]);
    expect(await world.rooms.db.query('select from loan_rung where loan_id = $1', [loanId])).toEqual([]);
  });

  it('once it is back, late, they have two days from then; then it is for them to come', async () => {
    const { caseId, loanId, repairId } = await lentOnRepair(2);
    later(30 * DAY);
    await repairSays(caseId, [
      { type: 'repair.moved', data: { repairId, from: 'in_repair', to: 'repaired', reason: null } },
    ]);
    expect(days(now(), await dueOf(loanId))).toBe(2);
    later(DAY);
    await repairSays(caseId, [
      { type: 'repair.moved', data: { repairId, from: 'repaired', to: 'returned', reason: null } },
    ]);
    expect(days(now(), await dueOf(loanId))).toBe(1);
    later(1.6 * DAY);
    await sweep();
    expect(await world.told(caseId)).toMatchObject([expect.stringContaining('tenía que volver')]);
  });

  it('what was agreed with them stands, and a loan that is over follows nothing', async () => {
    const { caseId, loanId, repairId, back } = await lentOnRepair(3);
    const agreed = new Date(now().getTime() + 40 * DAY);
    await world.do((tx) =>
      world.loans.extend(tx, world.agent, loanId, { dueAt: agreed.toISOString(), reason: 'De viaje' }),
    );
    await repairSays(caseId, [promised(repairId, back, new Date(back.getTime() + 3 * DAY))]);
    expect(await dueOf(loanId)).toEqual(agreed);
    expect(await world.told(caseId)).toEqual([]);
    await world.takeBack(loanId);
    expect(await world.do((tx) => world.rooms.get(LoanFollow).follow(tx, loanId))).toBe(false);
  });

  it('while it is away, who gives the loaner back is without again; once it is back repaired they are not', async () => {
    const impact = (caseId: string) => world.rooms.db.query('select state from impact where case_id = $1', [caseId]);
    const away = await lentOnRepair(3);
    await world.takeBack(away.loanId);
    expect(await impact(away.caseId)).toEqual([{ state: 'confirmed' }]);
    expect((await world.events(away.caseId, 'impact.moved')).at(-1)).toMatchObject({
      data: { from: 'relieved', to: 'confirmed', reason: 'Devolvió el móvil de préstamo' },
    });
    const back = await lentOnRepair(3);
    await repairSays(back.caseId, [
      { type: 'repair.moved', data: { repairId: back.repairId, from: 'in_repair', to: 'repaired', reason: null } },
    ]);
    await world.takeBack(back.loanId);
    expect(await impact(back.caseId)).toEqual([{ state: 'relieved' }]);
    const declined = await lentOnRepair(3);
    const { repairId } = declined;
    await repairSays(declined.caseId, [
      { type: 'repair.moved', data: { repairId, from: 'quoted', to: 'declined', reason: null } },
      { type: 'repair.moved', data: { repairId, from: 'declined', to: 'returned', reason: null } },
      { type: 'repair.returned', data: { repairId } },
    ]);
    await world.takeBack(declined.loanId);
    expect(await impact(declined.caseId)).toEqual([{ state: 'confirmed' }]);
  });
});

describe('a loaner that does not come back', () => {
  it('a friendly word, a call, a supervisor: each once, however often one looks', async () => {
    const [caseId, loanerId] = [await world.aCase(), await world.loaner(await world.model())];
    const loanId = await world.lent(caseId, loanerId);
    later(14 * DAY + 11 * HOUR);
    await sweep();
    expect(await world.told(caseId)).toEqual([]);
    const rungs: string[] = [];
    for (let hours = 0; hours < 400; hours += 6) {
      later(6 * HOUR);
      await sweep();
    }
    for (const { data } of await world.events(caseId, 'loan.overdue')) rungs.push(String(data['rung']));
    expect(rungs).toEqual(['reminder', 'call', 'supervisor']);
    const named = (await world.events(caseId, 'loan.overdue')).map(({ data }) => data['supervisorIds']);
    expect(named).toEqual([[], [], [world.boss.id]]);
    const late = await world.rooms.db.query<{ id: string }>(
      `select id from case_event where case_id = $1 and type = 'loan.overdue' order by seq`,
      [caseId],
    );
    await world.do((tx) =>
      world.rooms.get(Teller).tellOf(
        tx,
        late.map(({ id }) => id),
      ),
    );
    expect(
      await world.rooms.db.query(`select agent_id from notification where kind = 'loan_overdue' and case_id = $1`, [
        caseId,
      ]),
    ).toEqual([{ agent_id: world.boss.id }]);
    const told = await world.told(caseId);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('¿Puedes traerlo a Nexo Goya?');
    expect(await world.rooms.db.query('select next_action from cases where id = $1', [caseId])).toEqual([
      { next_action: 'call_back' },
    ]);
    expect(await world.events(caseId, 'loan.returned')).toEqual([]);
    await world.takeBack(loanId);
    expect(await world.events(caseId, 'loan.returned')).toMatchObject([{ data: { late: true } }]);
  });

  it('begins anew once they were given more time', async () => {
    const [caseId, loanerId] = [await world.aCase(), await world.loaner(await world.model())];
    const loanId = await world.lent(caseId, loanerId);
    later(15 * DAY);
    await sweep();
    expect(await world.told(caseId)).toHaveLength(1);
    const dueAt = new Date(now().getTime() + 5 * DAY).toISOString();
    await world.do((tx) => world.loans.extend(tx, world.agent, loanId, { dueAt, reason: 'Lo pide' }));
    later(4 * DAY);
    await sweep();
    expect(await world.told(caseId)).toHaveLength(1);
    later(2 * DAY);
    await sweep();
    expect(await world.told(caseId)).toHaveLength(2);
  });
});

describe('what nobody comes for', () => {
  it('is given up once, and they were told before', async () => {
    const [caseId, loanerId] = [await world.aCase(), await world.loaner(await world.model())];
    const loanId = await world.reserve(caseId, loanerId);
    later(21 * HOUR);
    await sweep();
    expect(await world.told(caseId)).toEqual([]);
    later(1.5 * HOUR);
    await sweep();
    expect(await world.told(caseId)).toMatchObject([expect.stringContaining('te guardamos un Auriga')]);
    expect(await world.loan(loanId)).toMatchObject({ state: 'reserved' });
    later(2 * HOUR);
    await sweep();
    expect(await world.loan(loanId)).toMatchObject({ state: 'released', slot: null });
    expect(await world.stateOf(loanerId)).toBe('available');
    await sweep();
    expect((await world.events(caseId, 'loan.released')).length).toBe(1);
    await world.reserve(await world.aCase(), loanerId);
    await expect(world.lend(loanId)).rejects.toMatchObject({ code: 'loan.transition_forbidden' });
  });

  it('is not given up unannounced when nobody looked for days', async () => {
    const [caseId, loanerId] = [await world.aCase(), await world.loaner(await world.model())];
    const loanId = await world.reserve(caseId, loanerId);
    later(5 * DAY);
    await sweep();
    expect(await world.loan(loanId)).toMatchObject({ state: 'reserved' });
    expect(await world.told(caseId)).toHaveLength(1);
    later(2 * HOUR);
    await sweep();
    expect(await world.loan(loanId)).toMatchObject({ state: 'released' });
  });
});
