import { randomUUID } from 'node:crypto';
import { CaseLoans } from '#contracts';
import { aLoanOfGranVia } from './foreign.loaners.js';
import { aRepair } from './foreign.repairs.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** A loan bridges a repair of its own case, and of no other, whoever may see that. */
describe('the repair a loan bridges', () => {
  let world: World;
  let agent: Staff;
  /** At the counter of Goya. */
  let store: Staff;
  let at: { caseId: string; repairId: string };
  /** Of somebody else, at Gran Vía. */
  let foreign: { caseId: string; repairId: string };

  beforeAll(async () => {
    world = await startWorld();
    [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
    at = await aCase('goya', 'Ana Ruiz');
    foreign = await aCase('granvia', 'Begoña Otra');
  }, 60_000);
  afterAll(() => world?.stop());

  const aCase = async (shop: 'goya' | 'granvia', displayName: string) => {
    const email = `${shop}@correo.test`;
    const { caseId } = await agent.visit({
      ...{ storeId: world.stores[shop], customer: { displayName, email }, text: 'No enciende.' },
    });
    return { caseId, repairId: (await aRepair(world, agent, caseId)).repairId };
  };
  const decided = () => world.database.query('select repair_order_id as "repairId" from loan_decision order by at');
  const decide = (who: Staff, repairId: string) =>
    who.ask(`/cases/${at.caseId}/loan-decisions`, {
      ...{ method: 'POST', body: { outcome: 'none_available', storeId: world.stores.goya, repairId } },
    });
  const handOver = (who: Staff, loanId: string, repairId: string) =>
    who.ask(`/loans/${loanId}/hand-over`, {
      ...{ method: 'POST', body: { termsVersion: 1, unsignedBecause: 'En papel', repairId } },
    });
  const loan = async (id: string) =>
    (await world.database.query('select state, repair_order_id as "repairId" from loan where id = $1', [id]))[0];

  it('is decided on for what is of this case', async () => {
    for (const [who, repairId] of [
      [store, foreign.repairId],
      [agent, foreign.repairId],
      [agent, randomUUID()],
    ] as const)
      expect(errorOf(await decide(who, repairId))).toMatchObject({ status: 404, code: 'repair.not_found' });
    expect(await decided()).toEqual([]);
    expect((await decide(store, at.repairId)).status).toBe(201);
    expect(await decided()).toEqual([{ repairId: at.repairId }]);
  });

  it('is handed over for what is of this case, and stays where it is otherwise', async () => {
    const supervisor = await world.login('supervisor@hilo.test');
    const { loanId } = await aLoanOfGranVia(world, at.caseId);
    for (const repairId of [foreign.repairId, randomUUID()])
      expect(errorOf(await handOver(supervisor, loanId, repairId)).code).toBe('repair.not_found');
    expect(await loan(loanId)).toEqual({ state: 'reserved', repairId: null });
    const { body, status } = await handOver(supervisor, loanId, at.repairId);
    expect(status).toBe(200);
    expect(CaseLoans.parse(body).loans).toMatchObject([{ state: 'active', repairId: at.repairId }]);
    expect(await loan(loanId)).toEqual({ state: 'active', repairId: at.repairId });
  });
});
