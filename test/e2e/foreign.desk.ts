import { randomUUID } from 'node:crypto';
import type { Attempt } from './attempt.js';
import type { World } from './world.js';

/** A handoff of a case of another store, sent, and a link by which its partner reads it. */
export async function aDeskLink({ database }: World, caseId: string, reference: string) {
  const [partnerId, handoffId, deskLinkId] = [randomUUID(), randomUUID(), randomUUID()];
  await database.query(
    `insert into partner (id, name, kind, language, time_zone, gateway, terms, version, changed_at)
     values ($1, 'Taller Sur', 'lab', 'es', 'Europe/Madrid', 'desk', '{}', 1, now())`,
    [partnerId],
  );
  await database.query(`insert into partner_version values ($1, 1, '{}', null, now())`, [partnerId]);
  await database.query(
    `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, ask, gateway, document,
       opened_at, sent_at) values ($1, $2, 'out', $3, $4, 1, 'advise', 'sent', now(), 'normal', 'Diagnóstico', 'desk', '{}', now(), now())`,
    [handoffId, `${reference}.90`, caseId, partnerId],
  );
  await database.query(
    `insert into handoff_link (id, handoff_id, partner_id, token_hash, issued_at, expires_at)
     values ($1, $2, $3, sha256('x'), now(), now() + interval '1 day')`,
    [deskLinkId, handoffId, partnerId],
  );
  return { deskHandoffId: handoffId, deskLinkId };
}

/** The links of a handoff of another store. */
export function deskAttempts(of: { deskHandoffId: string; deskLinkId: string }): Record<string, Attempt> {
  const at = [of.deskHandoffId];
  return {
    'GET /api/v1/handoffs/{id}/links': { at },
    'POST /api/v1/handoffs/{id}/links': { at },
    'DELETE /api/v1/handoffs/{id}/links/{linkId}': { at: [...at, of.deskLinkId] },
  };
}
