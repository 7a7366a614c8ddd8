import type { EntityManager } from 'typeorm';
import type { Language, ReplyChannel } from '#contracts';
import { newId } from '#platform';
import { record, SYSTEM } from './record.js';

/** A way by which the customer of a case can be written to without having asked. */
export interface Way {
  channel: ReplyChannel;
  threadId: string;
  contactPointId: string;
  customer: string;
  reference: string;
  language: Language;
}

/** The threads a message can leave by, the one used last first; an address written down but never used comes after them. */
export async function waysTo(tx: EntityManager, caseId: string): Promise<Way[]> {
  return tx.query(
    `select t.channel, t.id as "threadId", p.id as "contactPointId", c.customer_name as customer, c.reference, cu.language
     from cases c join customer cu on cu.id = c.customer_id join channel_thread t on t.case_id = c.id
       join contact_point p on p.id = t.contact_point_id and p.customer_id = c.customer_id and p.valid_to is null
     where c.id = $1 and (t.channel = 'email' or (t.channel = 'twitter' and t.last_inbound_at is not null))
     order by t.last_inbound_at desc nulls last, t.id`,
    [caseId],
  );
}

/** A direct message nobody typed, on its way at once. @returns the id of its interaction */
export async function systemMessage(
  tx: EntityManager,
  caseId: string,
  way: Way,
  { text, source, at }: { text: string; source: string; at: Date },
): Promise<string> {
  const id = newId();
  await tx.query(
    `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, text, author_kind, author_name, automatic, occurred_at, received_at, search)
     values ($1, $2, $3, $4, 'twitter', 'outbound', $5, 'system', $6, true, $7, $7, to_tsvector('spanish', fold($5)))`,
    [id, caseId, way.contactPointId, way.threadId, text, SYSTEM.name, at],
  );
  await tx.query(
    `insert into delivery (interaction_id, channel, state, due_at, first_due_at) values ($1, 'twitter', 'pending', $2, $2)`,
    [id, at],
  );
  await record(tx, caseId, SYSTEM, source, at, [
    { type: 'interaction.queued', data: { interactionId: id, channel: 'twitter' } },
  ]);
  return id;
}
