import type { EntityManager } from 'typeorm';
import { previewOf } from './intake.rules.js';

interface LastWord {
  text: string;
  subject: string | null;
  channel: string;
  direction: string;
  occurred_at: Date;
  automatic: boolean;
}

/** The row of the inbox says what was said last, as if what was taken back or moved away had never been there;
 * what no person wrote only when nobody has said anything. */
export async function showLastWord(tx: EntityManager, caseId: string): Promise<void> {
  const rows: LastWord[] = await tx.query(
    `select i.text, i.subject, i.channel, i.direction, i.occurred_at, i.automatic
     from interaction i left join delivery d on d.interaction_id = i.id
     where i.case_id = $1 and d.state is distinct from 'undone' order by i.automatic, i.occurred_at desc, i.id desc limit 1`,
    [caseId],
  );
  const last = rows[0];
  await tx.query(
    `update cases set preview = $2, last_channel = $3, last_direction = $4, last_interaction_at = coalesce($5, opened_at),
       next_action = $6, channels = array(select distinct i.channel from interaction i where i.case_id = $1
         and not exists (select from delivery d where d.interaction_id = i.id) order by i.channel)
     where id = $1`,
    [
      caseId,
      last ? previewOf(last.text, last.subject) : '',
      last?.channel ?? null,
      last?.direction ?? null,
      last?.occurred_at ?? null,
      last?.direction === 'inbound' && !last.automatic ? 'reply' : 'await_customer',
    ],
  );
}
