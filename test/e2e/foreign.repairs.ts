import { randomUUID } from 'node:crypto';
import { CaseRepairs, RepairOrder } from '#contracts';
import type { Staff } from './staff.js';
import type { World } from './world.js';

const post = (body: unknown = {}) => ({ method: 'POST', body });
const quote = { lines: [{ description: 'Placa', kind: 'part', listCents: 40_000, agreedCents: 40_000 }] };

export type ForeignRepair = Awaited<ReturnType<typeof aRepair>>;

/** A device in repair on a case, with a quote of it and something that relieves meanwhile. */
export async function aRepair(world: World, agent: Staff, caseId: string) {
  const deviceId = randomUUID();
  await world.database.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga One', now())`, [
    deviceId,
  ]);
  await world.database.query(
    'insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, now(), now())',
    [caseId, deviceId],
  );
  const order = { deviceId, storeId: world.stores.granvia, fault: 'no_power' };
  const { id: repairId } = await agent.done(`/cases/${caseId}/repairs`, RepairOrder, post(order));
  const { quotes } = await agent.done(`/repairs/${repairId}/quotes`, RepairOrder, post(quote));
  const task = { kind: 'duplicate_sim', impact: 'calls', dueAt: '2099-01-01T00:00:00.000Z' };
  const { relief } = await agent.done(`/cases/${caseId}/relief`, CaseRepairs, post(task));
  return { repairId, deviceId, quoteId: quotes[0]?.id ?? '', reliefId: relief[0]?.id ?? '' };
}

/** Every route of repairs and quotes, asked for what is of another store. */
export function repairAttempts(
  { stores }: World,
  { caseId, repairId, deviceId, quoteId, reliefId }: ForeignRepair & { caseId: string },
): Record<string, { at: string[]; body?: unknown }> {
  const [onCase, onRepair, onQuote] = [[caseId], [repairId], [quoteId]];
  const day = '2099-01-01T00:00:00.000Z';
  return {
    'GET /api/v1/cases/{id}/repairs': { at: onCase },
    'POST /api/v1/cases/{id}/repairs': { at: onCase, body: { deviceId, storeId: stores.goya, fault: 'x' } },
    'POST /api/v1/cases/{id}/relief': { at: onCase, body: { kind: 'other', impact: 'calls', dueAt: day } },
    'PATCH /api/v1/relief/{id}': { at: [reliefId], body: { state: 'done' } },
    'GET /api/v1/repairs/{id}': { at: onRepair },
    'PATCH /api/v1/repairs/{id}': { at: onRepair, body: { erases: true } },
    'POST /api/v1/repairs/{id}/stage': { at: onRepair, body: { to: 'diagnosed' } },
    'POST /api/v1/repairs/{id}/promise': { at: onRepair, body: { returnAt: day } },
    'POST /api/v1/repairs/{id}/hand-back': { at: onRepair, body: { dataBack: 'all' } },
    'PUT /api/v1/repairs/{id}/options': { at: onRepair, body: { options: [] } },
    'POST /api/v1/repairs/{id}/way': { at: onRepair, body: { way: 'repair', reason: 'x' } },
    'POST /api/v1/repairs/{id}/data-recovery': { at: onRepair },
    'POST /api/v1/repairs/{id}/data-recovery/consent': {
      ...{ at: onRepair, body: { byName: 'x', how: 'store', categories: [], mayErase: true } },
    },
    'POST /api/v1/repairs/{id}/data-recovery/results': { at: onRepair, body: { results: {} } },
    'POST /api/v1/repairs/{id}/quotes': { at: onRepair, body: quote },
    'PUT /api/v1/quotes/{id}': { at: onQuote, body: quote },
    'POST /api/v1/quotes/{id}/offer': { at: onQuote },
    'POST /api/v1/quotes/{id}/approve': {
      at: onQuote,
      body: { byName: 'x', hash: '0'.repeat(64), signatureId: quoteId },
    },
    'POST /api/v1/quotes/{id}/decline': { at: onQuote, body: { byName: 'x', reason: 'y' } },
  };
}
