import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { WarrantyDecision } from '#contracts';
import { FAMILY } from '../devices/device.store.js';

const person = (id: string) =>
  `(select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = ${id})`;

/** What a file or an entry is called where it stands as evidence. */
const EVIDENCE = `(select coalesce(json_agg(json_build_object('kind', e.value ->> 'kind', 'id', e.value ->> 'id', 'name', coalesce(
    (select t.file_name from attachment t where t.id = (e.value ->> 'id')::uuid),
    (select left(i.text, 80) from interaction i where i.id = (e.value ->> 'id')::uuid),
    (select left(n.text, 80) from note n where n.id = (e.value ->> 'id')::uuid), '')) order by e.ordinality), '[]')
  from jsonb_array_elements(w.evidence) with ordinality e)`;

const DECISION = `json_build_object('id', w.id, 'deviceId', w.device_id, 'outcome', w.outcome, 'state', w.state, 'clause', w.clause,
  'plainWords', w.plain_words, 'nextStep', w.next_step, 'language', w.language, 'evidence', ${EVIDENCE}, 'by', ${person('w.decided_by')},
  'at', iso(w.decided_at), 'acceptedBy', ${person('w.accepted_by')}, 'toldAt', iso(w.told_at), 'supersededBy', w.superseded_by,
  'review', (select json_build_object('askedBy', ${person('r.asked_by')}, 'askedAt', iso(r.asked_at), 'reason', r.reason, 'by', ${person('r.reviewer_id')},
     'at', iso(r.reviewed_at), 'verdict', r.verdict, 'verdictReason', r.verdict_reason) from warranty_review r where r.decision_id = w.id))`;

/** What was decided about the phones of a case, newest first. */
@Injectable()
export class DecisionReader {
  async ofCase(tx: EntityManager, caseId: string, deviceId: string | null = null): Promise<WarrantyDecision[]> {
    const rows: { item: WarrantyDecision }[] = await tx.query(
      `select ${DECISION} as item from warranty_decision w where living_case(w.case_id) = $2 and ($1::uuid is null or w.device_id in ${FAMILY})
       order by w.decided_at desc, w.id desc`,
      [deviceId, caseId],
    );
    return rows.map(({ item }) => item);
  }
}
