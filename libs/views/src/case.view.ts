import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TEXT_LIMITS, TWITTER_FILES, TWITTER_FILES_PER_REPLY, type CaseDetail, type KnownName } from '#contracts';
import { DomainError } from '#platform';
import { asJson, CASE_COLUMNS, CASE_ROW_JOINS, visibleTo } from './case-row.sql.js';
import { UUID } from './cursor.js';
import type { Reader } from './inbox.view.js';
import { NEXT_ACTION } from './ownership.sql.js';
import { IMPACTS, PROBLEMS, RE_EXPLANATIONS, STORY } from './story.sql.js';
import { maskedDetail, NAMES } from './told-story.js';
import { newestEntries, timelinePage, type FoundEntries } from './timeline.sql.js';

const FILES = JSON.stringify({ most: TWITTER_FILES_PER_REPLY, types: TWITTER_FILES });

/** ThreadLimits (contracts) of a thread `t`. */
const THREAD_LIMITS = `case t.channel
  when 'twitter' then json_build_object('textLength', ${TEXT_LIMITS.twitter}, 'files', '${FILES}'::json, 'queue', twitter_line(t.account))
  when 'email' then json_build_object('textLength', ${TEXT_LIMITS.email}, 'files', null, 'queue', null) end`;

/** Whether X refused what was last sent on a thread `t`, and they have not written since. */
const REFUSED = `(select d.reason = 'recipient.closed' and i.occurred_at > t.last_inbound_at as closed
  from interaction i join delivery d on d.interaction_id = i.id where i.thread_id = t.id and d.state in ('sent', 'failed')
  order by i.occurred_at desc, i.id desc limit 1)`;

/** What an account on X was called before; no other address has such a past. */
const PAST_HANDLES = `(select coalesce(json_agg(json_build_object('handle', h.handle, 'until', iso(h.until)) order by h.until desc, h.handle), '[]')
        from contact_handle h where h.contact_point_id = p.id)`;

/** What nobody could write to them; there is next to none, and an index of its own knows it. */
const UNTOLD = `(select coalesce(json_agg(json_build_object('id', n.id, 'es', n.es, 'en', n.en, 'at', iso(n.created_at)) order by n.created_at, n.id), '[]')
  from customer_news n where n.case_id = c.id and n.interaction_id is null and n.settled_at is null)`;

/** Found by the index of their case. */
const BENEFITS = `(select coalesce(json_agg(json_build_object('id', b.id, 'state', b.state) order by b.created_at, b.id), '[]') from benefit b where b.case_id = c.id)`;

const HANDOFFS = `(select coalesce(json_agg(json_build_object('id', h.id, 'reference', h.reference, 'state', h.state, 'partnerName', p.name) order by h.opened_at desc, h.id desc), '[]')
  from handoff h join partner p on p.id = h.partner_id where h.case_id = c.id)`;
const ANSWERED_BY = `(select json_build_object('id', p.id, 'name', p.name) from partner p where p.id = accountable(c.id))`;

/** Everything on the page of a case that was not said on it; `$2` is how far the reader sees. */
const DETAIL_COLUMNS = `${CASE_COLUMNS},
    case when c.assignee_id is not null then json_build_object('id', c.assignee_id, 'displayName', a.display_name) end as owner,
    coalesce(c.next_action_text, c.next_action) as "nextAction", ${NEXT_ACTION} as next, c.merged_into as "mergedInto", iso(c.closed_at) as "closedAt",
    (select coalesce(json_agg(json_build_object('status', s.status, 'at', iso(s.at)) order by s.at), '[]') from (
       select 'new' as status, c.opened_at as at
       union all select e.data ->> 'to', e.at from case_event e where e.case_id = c.id and e.type = 'case.status_changed') s) as stages,
    ${IMPACTS} as impacts, ${PROBLEMS} as problems, ${RE_EXPLANATIONS} as "reExplanations", iso(c.next_update_due_at) as "nextUpdateDueAt",
    (select coalesce(json_agg(json_build_object('id', t.id, 'channel', t.channel, 'contactPointId', p.id, 'address', coalesce('@' || p.handle, p.value, p.display),
         'open', p.valid_to is null and (t.channel = 'email' or (t.channel = 'twitter' and t.last_inbound_at is not null and not coalesce(w.closed, false))),
         'reason', case when p.valid_to is not null then 'contact.ended' when t.channel = 'twitter' and t.last_inbound_at is null then 'never_wrote' when t.channel = 'phone' then 'call' when w.closed then 'recipient.closed' end,
         'lastInboundAt', iso(t.last_inbound_at), 'limits', ${THREAD_LIMITS}) order by t.last_inbound_at desc nulls last), '[]')
       from channel_thread t join contact_point p on p.id = t.contact_point_id left join lateral ${REFUSED} w on t.channel = 'twitter'
       where t.case_id = c.id and p.customer_id = c.customer_id) as threads,
    (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'handle', p.handle, 'display', p.display,
        'handles', ${PAST_HANDLES}) order by p.created_at, p.id), '[]')
       from contact_point p where p.customer_id = c.customer_id and p.valid_to is null and p.kind in ('twitter', 'email', 'phone')) as "contactPoints",
    (select coalesce(json_agg(json_build_object('id', o.id, 'reference', o.reference, 'problem', o.problem, 'status', o.status, 'openedAt', iso(o.opened_at)) order by o.opened_at desc), '[]')
       from (select * from cases o where o.customer_id = c.customer_id and o.id <> c.id and o.status <> 'merged' and ${visibleTo('$2', 'o')} order by o.opened_at desc limit 20) o) as "otherCases",
    ${STORY} as story,
    (select coalesce(json_agg(json_build_object('id', n.id, 'state', n.state) order by n.reserved_at, n.id), '[]') from loan n where n.case_id = c.id) as loans,
    (select coalesce(json_agg(json_build_object('id', r.id, 'state', r.stage) order by r.opened_at desc, r.id desc), '[]') from repair_order r where r.case_id = c.id) as repairs, ${HANDOFFS} as handoffs, ${ANSWERED_BY} as "answeredBy", ${BENEFITS} as benefits, ${UNTOLD} as untold`;

const DETAIL = `c.id, ${NAMES} as names, ${asJson(DETAIL_COLUMNS)}::text as detail`;

interface FoundDetail {
  id: string;
  names: KnownName[];
  detail: string;
}

const detailBy = (column: string) => ({
  alone: `select ${DETAIL} from cases c ${CASE_ROW_JOINS} where ${column} = $1 and ${visibleTo('$2')}`,
  withTimeline: `select ${DETAIL}, t.items, t.next from cases c ${CASE_ROW_JOINS} cross join lateral (${newestEntries('$3', '$2')}) t
    where ${column} = $1 and ${visibleTo('$2')}`,
});
/** Made once: a text that is put together at each request is read anew by all that look at it. */
const BY_ID = detailBy('c.id');
const BY_REFERENCE = detailBy('c.reference');

/** The page of one case. */
@Injectable()
export class CaseDetailView {
  /**
   * @param idOrReference a case id, or its canonical reference
   * @returns a CaseDetail (contracts) as JSON text; documents, customer numbers, lines and IMEIs masked as the reader may read them
   * @throws DomainError case.not_found, also when the reader may not see it
   */
  async find(tx: EntityManager, reader: Reader, idOrReference: string): Promise<string> {
    const rows: FoundDetail[] = await tx.query(statement(idOrReference).alone, [idOrReference, reader.storeId]);
    if (!rows[0]) throw new DomainError('case.not_found');
    return told(reader, rows[0]);
  }

  /** The same with the newest `limit` entries of its timeline (`timeline`): all a page of a case needs, of one moment. */
  async findWithTimeline(tx: EntityManager, reader: Reader, idOrReference: string, limit: number): Promise<string> {
    const rows: (FoundDetail & FoundEntries)[] = await tx.query(statement(idOrReference).withTimeline, [
      idOrReference,
      reader.storeId,
      limit,
    ]);
    if (!rows[0]) throw new DomainError('case.not_found');
    return `${(await told(reader, rows[0])).slice(0, -1)},"timeline":${timelinePage(rows[0])}}`;
  }
}

/** The detail as this reader may be told it; who has proven who they are is asked of only where something is masked. */
async function told(reader: Reader, { id, names, detail }: FoundDetail): Promise<string> {
  const masked = maskedDetail(JSON.parse(detail) as CaseDetail, names);
  return masked === null || (await reader.readsWhole?.(id)) ? detail : JSON.stringify(masked);
}

const statement = (idOrReference: string) => (UUID.test(idOrReference) ? BY_ID : BY_REFERENCE);
