import type { EntityManager } from 'typeorm';
import type { Candidate } from './recipients.rules.js';

/** Whether X refused what was last sent on a thread `t`, and they have not written since. */
const REFUSED = `(select d.reason = 'recipient.closed' and i.occurred_at > t.last_inbound_at as closed
  from interaction i join delivery d on d.interaction_id = i.id where i.thread_id = t.id and d.state in ('sent', 'failed')
  order by i.occurred_at desc, i.id desc limit 1)`;

const SAID = (field: string): string =>
  `(select nullif(p.value, 'null') from customer_preference p where p.customer_id = cu.id and p.field = '${field}')`;

const THREADS = `(select coalesce(json_agg(json_build_object('channel', t.channel, 'threadId', t.id, 'address', coalesce(p.value, p.handle),
      'state', case when t.channel = 'email' then 'open' when t.last_inbound_at is null then 'silent' when w.closed then 'closed' else 'open' end,
      'lastInboundAt', (extract(epoch from t.last_inbound_at) * 1000)::bigint) order by t.id), '[]')
    from channel_thread t join contact_point p on p.id = t.contact_point_id left join lateral ${REFUSED} w on t.channel = 'twitter'
    where t.case_id = c.id and p.customer_id = c.customer_id and p.valid_to is null and t.channel in ('twitter', 'email'))`;

/** An address by which nobody has written on this case; the newest that is theirs alone. */
const MAILBOX = `(select json_build_array(json_build_object('channel', 'email', 'threadId', null, 'address', p.value, 'state', 'open', 'lastInboundAt', null))
    from contact_point p where p.customer_id = c.customer_id and p.kind = 'email' and p.valid_to is null
      and not exists (select from channel_thread t where t.case_id = c.id and t.contact_point_id = p.id and t.channel = 'email')
    order by p.shared, p.created_at desc limit 1)`;

interface FoundCandidate extends Omit<Candidate, 'ways'> {
  threads: Candidate['ways'];
  mailbox: Candidate['ways'] | null;
}

/** What is known of the customers of these cases, in the order of the ids; a case that is not there is left out. */
export async function candidatesOf(tx: EntityManager, caseIds: readonly string[]): Promise<Candidate[]> {
  const rows: FoundCandidate[] = await tx.query(
    `select c.id as "caseId", c.reference, c.is_open as "isOpen",
       json_build_object('displayName', cu.display_name, 'language', cu.language, 'languageKnown', cu.language_known) as customer,
       ${SAID('channel')} as preferred, ${SAID('hours')} as hours, ${THREADS} as threads, ${MAILBOX} as mailbox
     from unnest($1::uuid[]) with ordinality w (id, n) join cases c on c.id = w.id join customer cu on cu.id = c.customer_id order by w.n`,
    [caseIds],
  );
  return rows.map(({ threads, mailbox, ...one }) => ({
    ...one,
    // The reply makes a thread only where there is none of the channel.
    ways: threads.some(({ channel }) => channel === 'email') ? threads : [...threads, ...(mailbox ?? [])],
  }));
}
