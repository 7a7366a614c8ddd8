import type { Person } from './outside.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';
import { waitFor } from '../support/wait.js';

const DAY = 86_400_000;
const SOON = { timeout: 20_000 };

/** From "it works again" to the end of a case, over the real roads out and in. */
describe('ending a case', () => {
  let world: World;
  let agent: Staff;
  beforeAll(async () => {
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
  }, 60_000);
  afterAll(() => world?.stop());

  async function wrote(person: Person, text: string): Promise<string> {
    await world.outside.writeDm(person, text);
    let caseId = '';
    await waitFor(async () => {
      const row = (await agent.cases()).find(({ customer }) => customer.displayName === person.displayName);
      caseId = row?.id ?? '';
      return row !== undefined;
    }, SOON);
    return caseId;
  }
  /** Whoever was logged in is not any more. */
  const later = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    agent = await world.login('agent@hilo.test');
  };
  const patch = async (caseId: string, body: object) =>
    agent.ask(`/cases/${caseId}`, { method: 'PATCH', body: { ...body, version: (await agent.case(caseId)).version } });
  const asked = async (person: Person) =>
    (await world.outside.dmsTo(person)).filter(({ text }) => text.includes('¿Está todo bien?'));
  const statusIs = (caseId: string, status: string) =>
    waitFor(async () => (await agent.case(caseId)).status === status, SOON);

  it('is refused while something is open; restored, asked once, seven quiet days: it closes by itself', async () => {
    const person = await world.outside.newcomer('Quim Reposo');
    const caseId = await wrote(person, 'No puedo llamar');
    await agent.ask(`/cases/${caseId}/impacts`, { method: 'POST', body: { kind: 'calls', part: 'out' } });
    const refused = await patch(caseId, { status: 'closed' });
    expect(errorOf(refused)).toMatchObject({
      status: 409,
      code: 'case.not_closable',
      details: { blockers: [{ kind: 'impact', text: { es: 'Llamadas (salientes): sin comprobar' } }] },
    });
    const { impacts, problems } = await agent.case(caseId);
    await agent.ask(`/cases/${caseId}/impacts/${impacts[0]?.id}`, { method: 'PATCH', body: { state: 'restored' } });
    await agent.ask(`/cases/${caseId}/problems/${problems[0]?.id}`, { method: 'PATCH', body: { stage: 'restored' } });
    expect((await agent.case(caseId)).status).toBe('restored');
    await later(60_000);
    await waitFor(async () => (await asked(person)).length > 0, SOON);
    await waitFor(async () => (await agent.interactions(caseId)).some(({ delivery }) => delivery?.state === 'sent'));
    await later(7 * DAY);
    await statusIs(caseId, 'closed');
    expect(await asked(person)).toHaveLength(1);
  });

  it('a no by the same way takes the work up again', async () => {
    const person = await world.outside.newcomer('Nora Niega');
    const caseId = await wrote(person, 'Se apaga solo');
    expect((await patch(caseId, { status: 'restored' })).status).toBe(200);
    await later(60_000);
    await waitFor(async () => (await asked(person)).length > 0, SOON);
    await world.outside.writeDm(person, 'No, sigue apagándose');
    await statusIs(caseId, 'in_solution');
    await later(8 * DAY);
    expect((await agent.case(caseId)).status).toBe('in_solution');
  });
});
