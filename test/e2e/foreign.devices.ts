import { DecidedWarranty, PresentedDevice } from '#contracts';
import type { Staff } from './staff.js';

const post = (body: unknown) => ({ method: 'POST', body });

/** A phone of a case, and what an agent says of its warranty. */
export async function aPhone(agent: Staff, caseId: string) {
  const { deviceId: phoneId } = await agent.done(`/cases/${caseId}/devices`, PresentedDevice, {
    ...post({ imei: '356938035643809' }),
  });
  const { decisionId } = await agent.done(`/cases/${caseId}/warranty-decisions`, DecidedWarranty, {
    ...post({ deviceId: phoneId, outcome: 'covered' }),
  });
  return { phoneId, decisionId };
}

/** The phone of a case of another store, and what was decided about it. */
export function deviceAttempts(of: {
  caseId: string;
  phoneId: string;
  decisionId: string;
}): Record<string, { at: string[]; body?: unknown }> {
  const onCase = [of.caseId];
  const device = [of.caseId, of.phoneId];
  const decision = [of.decisionId];
  const about = '/api/v1/cases/{id}/devices/{deviceId}';
  const term = { kind: 'insurance', provider: 'Mapfre', startsOn: '2026-01-01', endsOn: '2027-01-01' };
  return {
    'GET /api/v1/cases/{id}/devices': { at: onCase },
    'POST /api/v1/cases/{id}/devices': { at: onCase, body: { imei: '490154203237518' } },
    [`POST ${about}/correct`]: { at: device, body: { modelName: 'Otro' } },
    [`POST ${about}/faults`]: { at: device, body: { kind: 'screen' } },
    [`POST ${about}/owner`]: { at: device, body: { reason: 'family' } },
    [`POST ${about}/join`]: { at: device, body: { otherId: of.phoneId, reason: 'Es el mismo' } },
    [`POST ${about}/replace`]: { at: device, body: { imei: '490154203237518', reason: 'warranty' } },
    [`POST ${about}/reveal`]: { at: device },
    [`POST ${about}/terms`]: { at: device, body: term },
    [`POST ${about}/terms/{termId}/remove`]: { at: [...device, of.phoneId] },
    'POST /api/v1/cases/{id}/news/{newsId}/told': { at: device, body: { how: 'phone' } },
    'GET /api/v1/cases/{id}/warranty-decisions': { at: onCase },
    'POST /api/v1/cases/{id}/warranty-decisions': { at: onCase, body: { deviceId: of.phoneId, outcome: 'covered' } },
    'POST /api/v1/warranty-decisions/{id}/accept': { at: decision },
    'POST /api/v1/warranty-decisions/{id}/withdraw': { at: decision },
    'POST /api/v1/warranty-decisions/{id}/tell': { at: decision, body: { told: true } },
    'POST /api/v1/warranty-decisions/{id}/second-opinion': { at: decision, body: { reason: 'Otra' } },
    'POST /api/v1/warranty-decisions/{id}/review': { at: decision, body: { verdict: 'confirmed', reason: 'Sí' } },
  };
}
