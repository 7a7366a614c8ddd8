import type { EntityManager } from 'typeorm';
import { ACTOR } from './ledger.store.js';
import { MS } from './milliseconds.js';
import type { HandoffHere } from './moments.rules.js';

/** @returns the handoffs of these cases that were sent, with what was said of each while it was of another case */
export async function handedHere(tx: EntityManager, caseIds: string[]): Promise<Map<string, HandoffHere[]>> {
  const rows: (HandoffHere & { caseId: string })[] = await tx.query(
    `select h.case_id as "caseId", h.id, h.state in ('closed', 'expired', 'cancelled', 'recalled') as ended,
       (select coalesce(json_agg(json_build_object('seq', e.seq::text, 'type', e.type, 'data', e.data, 'at', ${MS('e.at')},
          'actor', ${ACTOR('e.actor_kind', 'e.actor_id', 'e.actor_name')}) order by e.seq), '[]')
        from case_event e where e.type like 'handoff.%' and e.data ->> 'handoffId' = h.id::text and e.case_id <> h.case_id) as elsewhere
     from handoff h where h.case_id = any($1) and h.direction = 'out' and h.sent_at is not null order by h.sent_at, h.id`,
    [caseIds],
  );
  return Map.groupBy(rows, ({ caseId }) => caseId);
}
