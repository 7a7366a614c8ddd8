import type { EntityManager } from 'typeorm';
import { DomainError, newId } from '#platform';
import type { CaseRecord } from './case-access.js';
import { lockKeys } from './contact.rules.js';

/** An address that went along with an entry, and whose it was. */
export interface MovedSender {
  contactPointId: string;
  fromCustomerId: string;
}

interface Address {
  kind: 'twitter' | 'email' | 'phone';
  value: string | null;
  handle: string | null;
  customerId: string;
  provisional: boolean;
  /** Theirs no longer. */
  ended: boolean;
  /** Others have it too. */
  shared: boolean;
}

async function addressOf(tx: EntityManager, contactPointId: string): Promise<Address> {
  const rows: Address[] = await tx.query(
    `select p.kind, p.value, p.handle, p.customer_id as "customerId", c.provisional, p.valid_to is not null as ended,
       exists (select from contact_point o where o.kind = p.kind and o.value = p.value and o.shared and o.valid_to is null) as shared
     from contact_point p join customer c on c.id = p.customer_id where p.id = $1`,
    [contactPointId],
  );
  if (!rows[0]) throw new Error(`no contact point ${contactPointId}`);
  return rows[0];
}

/** Nobody else decides meanwhile whose address this is: its key, its customer and the case's are ours until the end. */
export async function lockSender(tx: EntityManager, contactPointId: string, targetCaseId: string): Promise<void> {
  await tx.query('select lock_contacts($1)', [lockKeys(await addressOf(tx, contactPointId))]);
  await tx.query(
    `select from customer where id in (
       select customer_id from contact_point where id = $1 union select customer_id from cases where id = $2) order by id for update`,
    [contactPointId, targetCaseId],
  );
}

/**
 * The address is the case's customer's too, a person says: from now on what comes from it is theirs.
 * @returns null when it was theirs already
 * @throws DomainError contact.taken when it is the address of another customer whom a person has confirmed, contact.shared when
 * several people have it, contact.ended when it was its sender's and is no longer
 */
export async function takeSender(
  tx: EntityManager,
  contactPointId: string,
  to: CaseRecord,
): Promise<MovedSender | null> {
  const { customerId, provisional, kind, ended, shared } = await addressOf(tx, contactPointId);
  if (customerId === to.customerId) return null;
  if (shared) throw new DomainError('contact.shared', { fields: [kind] });
  if (ended) throw new DomainError('contact.ended', { fields: [kind] });
  if (!provisional) throw new DomainError('contact.taken', { fields: [kind] });
  await tx.query('update contact_point set customer_id = $2 where id = $1', [contactPointId, to.customerId]);
  return { contactPointId, fromCustomerId: customerId };
}

/**
 * The address goes back to whose it was before the move that is taken back.
 * @returns null when it is no longer the case's customer's to give
 */
export async function givenBack(
  tx: EntityManager,
  contactPointId: string,
  from: CaseRecord,
  owner: string,
): Promise<MovedSender | null> {
  const [rows]: [unknown[], number] = await tx.query(
    'update contact_point set customer_id = living_customer($3) where id = $1 and customer_id = $2 returning id',
    [contactPointId, from.customerId, owner],
  );
  return rows.length === 0 ? null : { contactPointId, fromCustomerId: from.customerId };
}

/**
 * The reply path of the entry's sender on its new case, brought up to date; none when the address is somebody else's:
 * what is said on that case must not go to them.
 * @returns the thread's id, or null
 */
export async function threadOnCase(
  tx: EntityManager,
  entry: { id: string; contactPointId: string | null; channel: string },
  to: CaseRecord,
): Promise<string | null> {
  if (!entry.contactPointId) return null;
  const rows: { id: string }[] = await tx.query(
    `insert into channel_thread as t (id, case_id, contact_point_id, channel, account, thread_ref, subject, last_message_id, message_refs, last_inbound_at)
     select $1, $3, i.contact_point_id, i.channel, o.account, o.thread_ref, i.subject, i.message_id,
       (select v.message_refs from entry_move v where v.interaction_id = i.id order by v.id desc limit 1),
       case when i.direction = 'inbound' and i.opens_thread then i.occurred_at end
     from interaction i left join channel_thread o on o.id = i.thread_id join contact_point p on p.id = i.contact_point_id
     where i.id = $2 and living_customer(p.customer_id) = $4
     on conflict (case_id, contact_point_id, channel) do update set
       account = coalesce(t.account, excluded.account), thread_ref = coalesce(t.thread_ref, excluded.thread_ref),
       subject = case when t.last_inbound_at >= excluded.last_inbound_at then t.subject else excluded.subject end,
       last_message_id = case when t.last_inbound_at >= excluded.last_inbound_at then t.last_message_id else excluded.last_message_id end,
       message_refs = case when t.last_inbound_at >= excluded.last_inbound_at then t.message_refs else excluded.message_refs end,
       last_inbound_at = greatest(t.last_inbound_at, excluded.last_inbound_at)
     returning t.id`,
    [newId(), entry.id, to.id, to.customerId],
  );
  return rows[0]?.id ?? null;
}

/**
 * The thread an entry has left: it answers the last that is still there. Emptied, it stays the way to answer its sender on
 * their own case, unless they are no longer that case's.
 */
export async function tidyThread(tx: EntityManager, threadId: string, from: CaseRecord): Promise<void> {
  const [answered]: [unknown[], number] = await tx.query(
    `update channel_thread t set subject = i.subject, last_message_id = i.message_id, last_inbound_at = i.occurred_at,
       message_refs = case when t.last_message_id = i.message_id then t.message_refs else '{}' end
     from (select subject, message_id, occurred_at from interaction
           where thread_id = $1 and direction = 'inbound' and opens_thread order by occurred_at desc, id desc limit 1) i
     where t.id = $1 returning t.id`,
    [threadId],
  );
  if (answered.length > 0) return;
  // What is left was said in public: nobody has written here.
  await tx.query(
    `update channel_thread set last_inbound_at = null
     where id = $1 and exists (select from interaction where thread_id = $1 and direction = 'inbound')`,
    [threadId],
  );
  await tx.query(
    `delete from channel_thread t using contact_point p where t.id = $1 and p.id = t.contact_point_id
       and living_customer(p.customer_id) <> $2 and not exists (select from interaction where thread_id = $1)`,
    [threadId, from.customerId],
  );
}
