import { randomUUID } from 'node:crypto';
import type { Attempt } from './attempt.js';
import type { World } from './world.js';

/** A loan kept on a case of Gran Vía, at Gran Vía; one of its loaners. */
export async function aLoanOfGranVia(
  world: World,
  caseId: string,
): Promise<{ loanId: string; loanerId: string; modelId: string }> {
  const [modelId, loanerId, loanId] = [randomUUID(), randomUUID(), randomUUID()];
  const store = world.stores.granvia;
  await world.database.query(
    `insert into loaner_model (id, brand, name, os, sims, created_at) values ($1, 'Auriga', 'Ajeno', 'android', '{nano}', now())`,
    [modelId],
  );
  await world.database.query(
    `insert into loaner (id, store_id, model_id, label, grade, state, state_at, created_at) values ($1, $2, $3, 'AJENO-1', 'B', 'reserved', now(), now())`,
    [loanerId, store, modelId],
  );
  await world.database.query(
    `insert into loan (id, loaner_id, case_id, slot, store_id, state, period, reserved_at, keep_until)
     values ($1, $2, $3, $3, $4, 'reserved', tstzrange(now(), null), now(), now() + interval '1 day')`,
    [loanId, loanerId, caseId, store],
  );
  return { loanId, loanerId, modelId };
}

/** Every route of loans and loaners, asked for what is of another store. */
export function loanerAttempts(
  { stores }: World,
  of: { caseId: string; loanId: string; loanerId: string; modelId: string },
): Record<string, Attempt> {
  const [onLoan, onLoaner, onCase] = [[of.loanId], [of.loanerId], [of.caseId]];
  const reason = 'Porque sí';
  const unsignedBecause = reason;
  return {
    'GET /api/v1/cases/{id}/loans': { at: onCase },
    'GET /api/v1/cases/{id}/loaner-offers': { at: onCase },
    'POST /api/v1/cases/{id}/loan-decisions': {
      ...{ at: onCase, body: { outcome: 'none_available', storeId: stores.goya } },
    },
    'POST /api/v1/loans/{id}/hand-over': { at: onLoan, body: { termsVersion: 1, unsignedBecause } },
    'POST /api/v1/loans/{id}/return': { at: onLoan, body: { unsignedBecause } },
    'POST /api/v1/loans/{id}/extend': { at: onLoan, body: { dueAt: '2099-01-01T00:00:00.000Z', reason } },
    'POST /api/v1/loans/{id}/cancel': { at: onLoan, body: { reason } },
    'POST /api/v1/loans/{id}/swap': { at: onLoan, body: { loanerId: of.loanerId, reason, unsignedBecause } },
    'POST /api/v1/loans/{id}/lost': { at: onLoan, body: { text: 'x' } },
    'POST /api/v1/loans/{id}/damaged': { at: onLoan, body: { text: 'x' } },
    'GET /api/v1/stores/{id}/loaners': { at: [stores.granvia] },
    'POST /api/v1/loaners': { at: [], status: 403, body: { storeId: stores.granvia, modelId: of.modelId, label: 'x' } },
    'POST /api/v1/loaners/import': { at: [], status: 403 },
    'POST /api/v1/loaners/transfers': {
      ...{ at: [], status: 403, body: { fromStoreId: stores.granvia, toStoreId: stores.goya, count: 1 } },
    },
    'GET /api/v1/loaners/{id}': { at: onLoaner },
    'PATCH /api/v1/loaners/{id}': { at: onLoaner, status: 403, body: { grade: 'D' } },
    'POST /api/v1/loaners/{id}/moves': { at: onLoaner, body: { to: 'in_repair', reason } },
    'POST /api/v1/loaners/{id}/cleaning': { at: onLoaner, body: { cleaningId: of.loanId, step: 'erased' } },
    'POST /api/v1/loaners/{id}/transfer': { at: onLoaner, body: { toStoreId: stores.goya } },
    'POST /api/v1/loaners/{id}/receive': { at: onLoaner },
    'POST /api/v1/loaner-models': { at: [], status: 403, body: { brand: 'x', name: 'x', os: 'ios', sims: ['nano'] } },
    'PATCH /api/v1/loaner-models/{id}': { at: [of.modelId], status: 403, body: { retired: true } },
    'PATCH /api/v1/loaner-settings': { at: [], status: 403, body: { graceDays: 9 } },
  };
}
