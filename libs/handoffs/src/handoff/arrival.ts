import type { EntityManager } from 'typeorm';
import { partnerAt } from '../partners/partner-record.js';
import type { HandoffRecord } from './handoff-record.js';
import { nudgeAfter } from './nudge.rules.js';

/**
 * They have it in hand since then. Unanswered, the next of theirs is written to, and it ends, in the times that were agreed, from there on:
 * nobody is late with what never reached them. The caller holds the handoff.
 */
export async function arrived(tx: EntityManager, handoff: HandoffRecord, at: Date): Promise<void> {
  const { terms } = await partnerAt(tx, handoff.partnerId, handoff.partnerVersion);
  const after = handoff.state === 'sent' ? nudgeAfter(terms, handoff.targets, handoff.nudges) : null;
  await tx.query(
    `update handoff set delivered_at = coalesce(delivered_at, $2), nudge_at = coalesce(nudge_at, $3),
       expires_at = coalesce(expires_at, $2::timestamptz + make_interval(mins => $4)) where id = $1`,
    [handoff.id, at, after === null ? null : new Date(at.getTime() + after), terms.expiresMinutes],
  );
}
