import type { EntityManager } from 'typeorm';
import type { Channel } from '#contracts';
import { newId } from '#platform';
import { problemOf } from '../intake.rules.js';
import { record, type Actor } from '../record.js';

interface FirstEntry {
  channel: Channel;
  text: string;
  subject: string | null;
}

/**
 * A case for a customer who has none open, about an entry that is on another one yet; nothing is on it when this returns.
 * @param entryId what it is about; null: a problem that moves here brings its own words
 * @returns its id
 */
export async function openCaseFor(
  tx: EntityManager,
  actor: Actor,
  customerId: string,
  entryId: string | null,
  at: Date,
): Promise<string> {
  const rows: FirstEntry[] = await tx.query('select channel, text, subject from interaction where id = $1', [entryId]);
  const first = rows[0];
  const problem = first ? problemOf(first.text, first.subject) || null : null;
  const id = newId();
  await tx.query(
    `insert into cases (id, reference, customer_id, status, queue_id, next_action, customer_name, problem, last_interaction_at, opened_at)
     select $1, case_reference(nextval('case_reference_number')), c.id, 'new', (select id from queue where is_default), 'reply', c.display_name, $3, $4, $4
     from customer c where c.id = $2`,
    [id, customerId, problem, at],
  );
  if (problem)
    await tx.query('insert into problem (id, case_id, statement, created_at) values ($1, $2, $3, $4)', [
      newId(),
      id,
      problem,
      at,
    ]);
  if (first && entryId)
    await record(tx, id, actor, 'api', at, [
      { type: 'case.opened', data: { interactionId: entryId, channel: first.channel, callsWaiting: false } },
    ]);
  return id;
}
