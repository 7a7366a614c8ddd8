import { randomUUID } from 'node:crypto';
import type { Attempt } from './attempt.js';

/** What another company has of a case of another store. */
export function handoffAttempts(of: { caseId: string; deskHandoffId: string }): Record<string, Attempt> {
  const [onCase, on] = [[of.caseId], [of.deskHandoffId]];
  const body = { partnerId: randomUUID(), mode: 'advise', ask: 'Mirad esto' };
  return {
    'GET /api/v1/cases/{id}/handoffs': { at: onCase },
    'POST /api/v1/cases/{id}/handoffs': { at: onCase, body },
    'GET /api/v1/handoffs/{id}': { at: on },
    'PATCH /api/v1/handoffs/{id}': { at: on, body: { ask: 'Otra cosa' } },
    'GET /api/v1/handoffs/{id}/preview': { at: on },
    'POST /api/v1/handoffs/{id}/send': { at: on },
    'POST /api/v1/handoffs/{id}/words': { at: on, body: { word: { kind: 'note', text: 'Hola' } } },
    'POST /api/v1/handoffs/{id}/go-on': { at: on, status: 403, body: { reason: 'Tardan', nextStep: 'Otro' } },
    'POST /api/v1/handoff-deliveries/{id}/send-again': { at: [randomUUID()] },
    'POST /api/v1/handoff-deliveries/{id}/drop': { at: [randomUUID()], status: 403 },
  };
}
