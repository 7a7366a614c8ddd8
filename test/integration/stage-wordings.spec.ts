import { CUSTOMER_STAGES, type CustomerStages } from '#contracts';
import type { Principal } from '#identity';
import { StageWordings } from '#repairs';
import { aPerson } from '../factories/rooms.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
let supervisor: Principal;
beforeAll(async () => {
  world = await openRepairs();
  supervisor = await aPerson(world.rooms, 'supervisor');
});
afterAll(() => world.rooms.close());

const set = (version: number, content: CustomerStages, by = supervisor) =>
  world.rooms.database.transaction((tx) => world.rooms.get(StageWordings).set(tx, by, { version, content }));
const current = () => world.rooms.get(StageWordings).current(world.rooms.database.manager, world.agent);
const ownWords = (text: string): CustomerStages => ({
  ...CUSTOMER_STAGES,
  es: { ...CUSTOMER_STAGES.es, repaired: { title: 'Listo', text } },
});

describe('how customers are told the stages of a repair', () => {
  it('is as the product comes until somebody who may says otherwise; what was said before stays', async () => {
    expect(await current()).toEqual({ version: 0, content: CUSTOMER_STAGES, by: null, at: null });
    await expect(set(0, ownWords('Ven cuando quieras'), world.agent)).rejects.toMatchObject({
      code: 'permission.denied',
    });
    await set(0, ownWords('Ven cuando quieras'));
    await set(1, ownWords('Pásate por la tienda'));
    expect(await current()).toMatchObject({
      version: 2,
      content: { es: { repaired: { text: 'Pásate por la tienda' } }, en: CUSTOMER_STAGES.en },
      by: { id: supervisor.id },
    });
    const kept = await world.rooms.db.query<{ text: string; by: string }>(
      `select content -> 'es' -> 'repaired' ->> 'text' as text, created_by as by from stage_wording order by version`,
    );
    expect(kept).toEqual([
      { text: 'Ven cuando quieras', by: supervisor.id },
      { text: 'Pásate por la tienda', by: supervisor.id },
    ]);
  });

  it('of two who change it at once one is told that it has changed', async () => {
    const { version } = await current();
    const tried = await Promise.allSettled([set(version, ownWords('Uno')), set(version, ownWords('Dos'))]);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(tried.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'wording.version_conflict' },
    });
    expect((await current()).version).toBe(version + 1);
  });

  it('is what they are written', async () => {
    const { version } = await current();
    await set(version, ownWords('Tráete el resguardo'));
    const { caseId, repairId } = await world.taken();
    for (const to of ['diagnosed', 'in_repair', 'repaired'] as const) await world.move(repairId, to);
    expect(await world.told(caseId)).toEqual([expect.stringMatching(/Tráete el resguardo\. .*\/t\//u)]);
  });
});
