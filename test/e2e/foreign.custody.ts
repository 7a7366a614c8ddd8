import { randomUUID } from 'node:crypto';
import { CaseCustody, Leg } from '#contracts';
import type { Attempt } from './attempt.js';
import type { Staff } from './staff.js';
import type { World } from './world.js';

/** A phone of a case of another store that was lost on its way to somebody. */
export async function aParcel(world: World, agent: Staff, caseId: string) {
  const { devices } = await agent.done(`/cases/${caseId}/custody`, CaseCustody);
  const deviceId = devices[0]?.deviceId ?? '';
  const from = { kind: 'store', id: world.stores.granvia, name: 'Nexo Gran Vía' };
  const to = { kind: 'courier', id: null, name: 'Rauda' };
  const post = (body: unknown) => ({ method: 'POST', body });
  const { id, code } = await agent.done(`/cases/${caseId}/legs`, Leg, post({ deviceId, from, to }));
  await agent.done(`/legs/${id}/pick-up`, Leg, post({ code }));
  const { claim } = await agent.done(`/legs/${id}/lost`, Leg, post({ reason: 'No aparece' }));
  return { legId: id, legCode: code, legDeviceId: deviceId, claimId: claim?.id ?? randomUUID() };
}

/** Every route of shipments, asked for what is of another store. */
export function custodyAttempts(
  { stores }: World,
  of: { caseId: string; legId: string; legCode: string; legDeviceId: string; claimId: string },
): Record<string, Attempt> {
  const at = [of.legId];
  const code = of.legCode;
  const here = { kind: 'store', id: stores.goya, name: 'Nexo Goya' };
  const leg = { deviceId: of.legDeviceId, from: here, to: { kind: 'courier', id: null, name: 'x' } };
  return {
    'GET /api/v1/cases/{id}/custody': { at: [of.caseId] },
    'POST /api/v1/cases/{id}/legs': { at: [of.caseId], body: leg },
    'GET /api/v1/legs/{id}/label.pdf': { at },
    'POST /api/v1/legs/{id}/pick-up': { at, body: { code } },
    'POST /api/v1/legs/{id}/arrive': { at, body: { code } },
    'POST /api/v1/legs/{id}/lost': { at, body: { reason: 'x' } },
    'POST /api/v1/legs/{id}/cancel': { at, body: { code } },
    'POST /api/v1/legs/{id}/eta': { at, body: { etaAt: '2099-01-01T00:00:00.000Z' } },
    'GET /api/v1/parcels/{code}': { at: [code] },
    'PATCH /api/v1/claims/{id}': { at: [of.claimId], body: { state: 'refused', note: 'x' } },
    'GET /api/v1/stores/{id}/parcels': { at: [stores.granvia], status: 403 },
  };
}
