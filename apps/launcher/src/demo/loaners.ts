import { lockCase } from '#cases';
import type { LoanerGrade, LoanerModelBody } from '#contracts';
import type { LoanDecisions, LoanerModels, LoanerPool, Loans } from '#loaners';
import { person, type DemoClock, type Scene } from './scene.js';

/** What plays the loaners of the demo. */
export interface LoanerHands {
  models: LoanerModels;
  pool: LoanerPool;
  decisions: LoanDecisions;
  loans: Loans;
}

interface Lacking {
  id: string;
  repairId: string | null;
}

const HOUR_MS = 3_600_000;

const MODELS: LoanerModelBody[] = [
  { brand: 'Auriga', name: 'Uno', os: 'android', sims: ['nano', 'esim'] },
  { brand: 'Boreal', name: '5', os: 'android', sims: ['nano'] },
  { brand: 'Cima', name: 'Mini', os: 'ios', sims: ['nano', 'esim'] },
];

/** Store, model and how it looks; what is written on each follows from its place. */
const POOL: readonly (readonly [store: string, model: number, grade: LoanerGrade])[] = [
  ...([0, 0, 0, 1, 2] as const).map((model, at) => ['goya', model, at === 0 ? 'A' : 'B'] as const),
  ...([0, 0, 1, 2] as const).map((model, at) => ['granvia', model, at === 1 ? 'C' : 'A'] as const),
  ...([0, 1, 2] as const).map((model) => ['colon', model, 'B'] as const),
];

/** Whom the story is told of, with her repair. */
const LUCIA = `select c.id, (select r.id from repair_order r where r.case_id = c.id order by r.opened_at desc limit 1) as "repairId"
  from cases c where c.is_open and c.customer_name like 'Lucía Ferrer%' limit 1`;

/** Customers with something lacking and nobody of the story: a repair under way comes first. */
const LACKING = `select c.id, (select r.id from repair_order r where r.case_id = c.id and r.stage in ('diagnosed', 'in_repair') order by r.opened_at desc limit 1) as "repairId"
  from cases c where c.is_open and c.customer_name not like 'Lucía Ferrer%' and (c.lacks <> '{}' or exists (select from repair_order r where r.case_id = c.id))
  order by 2 nulls last, c.opened_at limit 6`;

/** Twelve phones in three stores: two with customers whose repair is under way, one that should be back, one that is expected, one to clean. */
export async function playLoaners(scene: Scene, hands: LoanerHands, clock: DemoClock, now: Date): Promise<void> {
  const { tx, stores } = scene;
  const [elena, marta] = [person(scene, 'elena'), person(scene, 'marta')];
  const storeOf = (code: string) => stores.get(code) ?? '';
  const ago = (hours: number) => (clock.at = new Date(now.getTime() - hours * HOUR_MS));
  ago(200);
  const { models, loaners } = await stock(scene, hands);
  const [lucia]: Lacking[] = await tx.query(LUCIA);
  const cases: Lacking[] = await tx.query(LACKING);
  const keep = async (found: Lacking | undefined, loaner: number): Promise<string | null> => {
    const loanerId = loaners[loaner];
    if (!found || !loanerId) return null;
    await lockCase(tx, marta, found.id);
    const { loanId } = await hands.decisions.decide(tx, marta, {
      ...{ caseId: found.id, storeId: storeOf('goya'), outcome: 'accepted', loanerId },
      ...(found.repairId ? { repairId: found.repairId } : {}),
    });
    return loanId ?? null;
  };
  const lend = (loanId: string, more: { relieves: ('calls' | 'apps')[] }) =>
    hands.loans.handOver(tx, elena, { loanId, termsVersion: 1, unsignedBecause: 'Firmado en papel', ...more });
  // Her calls came back with it, as she tells us herself.
  ago(48);
  const hers = await keep(lucia, 2);
  if (hers) await lend(hers, { relieves: [] });
  ago(20);
  const [out, late] = [await keep(cases[0], 0), await keep(cases[1], 1)];
  if (out) await lend(out, { relieves: ['calls', 'apps'] });
  if (late) {
    await lend(late, { relieves: [] });
    // Lent before the month that is told began.
    await tx.query(
      `update loan set repair_order_id = null, due_at = $2, look_at = $2::timestamptz + interval '12 hours' where id = $1`,
      [late, new Date(now.getTime() - 8 * HOUR_MS)],
    );
  }
  ago(3);
  await keep(cases[2], 3);
  const back = await keep(cases[3], 4);
  if (back) {
    await lend(back, { relieves: [] });
    await hands.loans.takeBack(tx, elena, { loanId: back, unsignedBecause: 'Firmado en papel' });
  }
  ago(1);
  await goWithout(scene, hands, cases.slice(4), models[2] ?? '');
}

/** What Goya lacks the other stores have. */
async function goWithout(scene: Scene, hands: LoanerHands, cases: readonly Lacking[], modelId: string): Promise<void> {
  const [{ tx }, marta] = [scene, person(scene, 'marta')];
  const storeId = scene.stores.get('goya') ?? '';
  for (const { id: caseId } of cases) {
    await lockCase(tx, marta, caseId);
    await hands.decisions.decide(tx, marta, { caseId, storeId, outcome: 'none_available', modelId });
  }
}

/** Models and phones of all stores, as they were bought. */
async function stock(scene: Scene, hands: LoanerHands): Promise<{ models: string[]; loaners: string[] }> {
  const [{ tx, stores }, elena] = [scene, person(scene, 'elena')];
  const models: string[] = [];
  for (const model of MODELS) models.push(await hands.models.add(tx, elena, model));
  const loaners: string[] = [];
  for (const [at, [store, model, grade]] of POOL.entries()) {
    const body = {
      storeId: stores.get(store) ?? '',
      modelId: models[model] ?? '',
      label: `P-${String(140 + at).padStart(4, '0')}`,
      grade,
    };
    loaners.push(await hands.pool.add(tx, elena, body));
  }
  return { models, loaners };
}
