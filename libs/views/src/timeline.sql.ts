import { TIMELINE_EVENTS } from '#contracts';
import { asJson, seesAll } from './case-row.sql.js';
import { encodeCursor, FROM_MICROS, MICROS } from './cursor.js';

const ATTACHMENTS = `(select coalesce(json_agg(json_build_object('id', t.id, 'fileName', t.file_name, 'contentType', t.content_type, 'size', t.size, 'inline', t.inline) order by t.id), '[]')
  from attachment t where t.interaction_id = i.id)`;

/** Of an entry that names another case than the one it is on; only a mail can. */
const REVIEW = `(select json_build_object('caseReference', q.reference, 'evidence', json_build_object('by', r.named_by, 'value', r.evidence))
  from entry_review r join cases q on q.id = living_case(r.case_id) where r.interaction_id = i.id and r.state = 'open' and q.id <> i.case_id)`;

/**
 * An InteractionEntry (contracts) as JSON.
 * @param sees a condition: whether the reader sees every case, and so which other one an entry names
 */
export const interactionEntry = (sees: string): string =>
  asJson(`'interaction' as type, i.id, iso(i.occurred_at) as at, i.channel, i.direction,
  json_build_object('kind', i.author_kind, 'id', i.author_id, 'displayName', i.author_name) as author,
  i.subject, i.text, i.quoted, i.notices, i.channel = 'email' and i.raw_key is not null as "hasOriginal", i.html_safe as html, iso(i.occurred_at) as "occurredAt",
  case when d.interaction_id is not null then json_build_object('state', d.state, 'reason', d.reason, 'detail', d.detail,
    'dueAt', case when d.state in ('held', 'pending') then iso(d.due_at) end, 'attempts', d.attempts, 'sentAt', iso(d.sent_at), 'queue', case when d.channel = 'twitter' and d.state in ('held', 'pending') then twitter_place(d) end, 'report', d.report) end as delivery,
  ${ATTACHMENTS} as attachments, i.external_id as "externalId", i.message_id as "messageId",
  case when i.public_url is not null or i.answers_post is not null then json_build_object('url', i.public_url, 'answers', 'post:' || i.answers_post) end as public,
  i.matched_by as "matchedBy", i.automatic, i.automatic_kind as "automaticKind", i.auth as sender,
  case when i.channel = 'email' and i.direction = 'inbound' and ${sees} then ${REVIEW} end as review, i.thread_id as "threadId",
  coalesce('@' || p.handle, p.value, p.display) as address,
  case when i.store_id is not null then json_build_object('id', i.store_id, 'name', st.name) end as store,
  case when i.channel = 'phone' then (select json_build_object('outcome', k.outcome, 'times', k.times, 'durationSeconds', k.duration_seconds, 'extension', k.extension)
    from call k where k.interaction_id = i.id) end as call,
  case when i.channel = 'other' then (select json_build_object('place', w.place, 'url', w.url, 'authorName', w.author_name) from elsewhere w where w.interaction_id = i.id) end as elsewhere`);

export const INTERACTION_FROM = `interaction i left join delivery d on d.interaction_id = i.id left join contact_point p on p.id = i.contact_point_id left join store st on st.id = i.store_id`;

/** A NoteEntry as JSON. */
export const NOTE = `json_build_object('type', 'note', 'id', n.id, 'at', iso(n.occurred_at), 'author', json_build_object('kind', 'agent', 'id', n.author_id, 'displayName', n.author_name),
  'text', n.text, 'audience', n.audience)`;

/** What an event says of another case, which store staff may not see. */
const OTHER_CASE = `array['caseReference', 'fromReference', 'toReference', 'fromCaseId', 'toCaseId', 'otherCaseId', 'otherReference', 'otherName']`;

/** @param sees a condition: whether the reader sees every case */
const event = (
  sees: string,
): string => `json_build_object('type', 'event', 'id', e.id, 'at', iso(e.at), 'event', e.type,
  'data', case when ${sees} then e.data else e.data - ${OTHER_CASE} end,
  'author', json_build_object('kind', e.actor_kind, 'id', e.actor_id, 'displayName', e.actor_name))`;

const EVENT_TYPES = TIMELINE_EVENTS.map((type) => `'${type}'`).join(', ');

/** Of a page of entries: their JSON, oldest first, with commas; and where the next page begins, null when there is none. */
export interface FoundEntries {
  items: string | null;
  next: string | null;
}

/**
 * One row, FoundEntries: the newest `limit` entries of the case `c`, of all kinds, each kind read along its own index. One more
 * is read, to know whether there is a next page.
 * @param reader parameter of how far the reader sees: null is everything
 * @param before parameters of a cursor (instant, id): only what is older
 */
export function newestEntries(limit: string, reader: string, before?: { at: string; id: string }): string {
  const older = (at: string, id: string) =>
    before ? `and (${at}, ${id}) < (${FROM_MICROS(before.at)}, ${before.id}::uuid)` : '';
  const most = `limit ${limit}::int + 1`;
  return `
    select string_agg(item, ',' order by at, id) filter (where place <= ${limit}) as items,
      case when count(*) > ${limit} then max(${MICROS('at')} || ' ' || id) filter (where place = ${limit}) end as next
    from (select item, at, id, row_number() over (order by at desc, id desc) as place from (
      (select ${interactionEntry(seesAll(reader))}::text as item, i.occurred_at as at, i.id from ${INTERACTION_FROM}
        where i.case_id = c.id and d.state is distinct from 'undone' ${older('i.occurred_at', 'i.id')} order by i.occurred_at desc, i.id desc ${most})
      union all
      (select ${NOTE}::text, n.occurred_at, n.id from note n where n.case_id = c.id ${older('n.occurred_at', 'n.id')} order by n.occurred_at desc, n.id desc ${most})
      union all
      (select ${event(seesAll(reader))}::text, e.at, e.id from case_event e where e.case_id = c.id and e.type in (${EVENT_TYPES}) ${older('e.at', 'e.id')} order by e.at desc, e.id desc ${most})
    ) entries order by at desc, id desc ${most}) placed`;
}

/** A TimelinePage (contracts) as JSON text. */
export function timelinePage({ items, next }: FoundEntries): string {
  const [at, id] = next?.split(' ') ?? [];
  const cursor = at && id ? encodeCursor({ at, id }) : null;
  return `{"items":[${items ?? ''}],"nextCursor":${JSON.stringify(cursor)}}`;
}
