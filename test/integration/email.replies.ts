import { newId } from '#platform';
import { plainMail, type EmailWorld } from './email.world.js';

/** A reply of ours, as its row stands after it left. */
export interface SentReply {
  id: string;
  caseId: string;
  messageId: string;
}

/** A customer's mail and our reply to it. @param state of its delivery */
export async function aSentReply(world: EmailWorld, to: string, state = 'sent'): Promise<SentReply> {
  const nth = newId();
  await world.deliver(plainMail({ from: `<${to}>`, messageId: `<${nth}@example.com>`, text: `Hola ${nth}` }));
  await world.drained();
  const [asked] = await world.test.query<{ case_id: string; contact_point_id: string; thread_id: string }>(
    `select i.case_id, i.contact_point_id, i.thread_id from interaction i join contact_point p on p.id = i.contact_point_id
     where p.value = $1 and i.direction = 'inbound' order by i.received_at desc limit 1`,
    [to],
  );
  const id = newId();
  const messageId = `<${id}@hilo.test>`;
  await world.test.query(
    `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, message_id, subject, text, author_kind, author_name,
       occurred_at, received_at, search)
     values ($1, $2, $3, $4, 'email', 'outbound', $5, 'Re: Hola', 'Lo miramos', 'agent', 'Ana', $6, $6, '')`,
    [id, asked?.case_id, asked?.contact_point_id, asked?.thread_id, messageId, world.clock.now()],
  );
  await world.test.query(
    `insert into delivery (interaction_id, channel, state, due_at, first_due_at, sent_at, transmitting_at)
     values ($1, 'email', $2, $3, $3, case when $2 = 'sent' then $3::timestamptz end, case when $2 = 'pending' then $3::timestamptz end)`,
    [id, state, world.clock.now()],
  );
  await world.test.query(`update cases set next_action = 'await_customer', unread = 0 where id = $1`, [asked?.case_id]);
  return { id, caseId: asked?.case_id ?? '', messageId };
}

/** What the row of a delivery says. */
export const deliveryOf = async (world: EmailWorld, { id }: SentReply) =>
  (await world.test.query('select state, reason, detail, report from delivery where interaction_id = $1', [id]))[0];

export const caseOf = async (world: EmailWorld, { caseId }: SentReply) =>
  (
    await world.test.query('select status, failed_sends, next_action, unread, preview from cases where id = $1', [
      caseId,
    ])
  )[0];

export const eventsOf = async (world: EmailWorld, { caseId }: SentReply): Promise<string[]> =>
  (
    await world.test.query<{ type: string }>('select type from case_event where case_id = $1 order by seq', [caseId])
  ).map(({ type }) => type);
