import {
  FACT_EVENTS,
  FACT_TOPICS,
  TIMELINE_EVENTS,
  topicsOf,
  type TimelineFilter,
  type TimelineTopic,
} from '#contracts';
import { asJson, seesAll } from './case-row.sql.js';
import { encodeCursor, FROM_MICROS, MICROS } from './cursor.js';
import { NOTED_FOR_CUSTOMER, SAID_TO_CUSTOMER } from './for-customer.sql.js';

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

const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** Of an event: that it is about this, or states a fact that is. */
function isAbout(topic: TimelineTopic): string {
  const names = TIMELINE_EVENTS.filter((name) => topicsOf(name).includes(topic));
  const kinds = Object.entries(FACT_TOPICS).flatMap(([kind, topics]) => (topics.includes(topic) ? [kind] : []));
  const ofFacts =
    kinds.length > 0 ? ` or e.type in (${listed(FACT_EVENTS)}) and e.data ->> 'kind' in (${listed(kinds)})` : '';
  return `(e.type in (${listed(names)})${ofFacts})`;
}

/** Which entries of each kind a filter shows: `isShownBy` (contracts) in the words of the database. Of a kind it shows none of, nothing is read. */
interface Shows {
  said?: string;
  noted?: string;
  happened?: string;
}
const SHOWS: Record<TimelineFilter, Shows> = {
  all: { said: 'true', noted: 'true', happened: `e.type in (${listed(TIMELINE_EVENTS)})` },
  conversation: { said: 'true' },
  internal: { noted: `not (${NOTED_FOR_CUSTOMER})` },
  decisions: { happened: isAbout('decisions') },
  money: { happened: isAbout('money') },
  custody: { happened: isAbout('custody') },
  customer: { said: SAID_TO_CUSTOMER, noted: NOTED_FOR_CUSTOMER },
};

/** Of a page of entries: their JSON, oldest first, with commas; and where the next page begins, null when there is none. */
export interface FoundEntries {
  items: string | null;
  next: string | null;
}

/**
 * One row, FoundEntries: the newest `limit` entries of the case `c` that the filter shows, each kind read along its own index. One
 * more is read, to know whether there is a next page.
 * @param reader parameter of how far the reader sees: null is everything
 * @param before parameters of a cursor (instant, id): only what is older
 */
export function newestEntries(
  limit: string,
  reader: string,
  before?: { at: string; id: string },
  filter: TimelineFilter = 'all',
): string {
  const most = `limit ${limit}::int + 1`;
  const read = (item: string, from: string, at: string, id: string, shows: string | undefined): string[] =>
    shows === undefined
      ? []
      : [
          `(select (${item})::text as item, ${at} as at, ${id} as id from ${from} and ${shows}
            ${before ? `and (${at}, ${id}) < (${FROM_MICROS(before.at)}, ${before.id}::uuid)` : ''} order by ${at} desc, ${id} desc ${most})`,
        ];
  const { said, noted, happened } = SHOWS[filter];
  const spoken = `${INTERACTION_FROM} where i.case_id = c.id and d.state is distinct from 'undone'`;
  const entries = [
    ...read(interactionEntry(seesAll(reader)), spoken, 'i.occurred_at', 'i.id', said),
    ...read(NOTE, 'note n where n.case_id = c.id', 'n.occurred_at', 'n.id', noted),
    ...read(event(seesAll(reader)), 'case_event e where e.case_id = c.id', 'e.at', 'e.id', happened),
  ];
  return `
    select string_agg(item, ',' order by at, id) filter (where place <= ${limit}) as items,
      case when count(*) > ${limit} then max(${MICROS('at')} || ' ' || id) filter (where place = ${limit}) end as next
    from (select item, at, id, row_number() over (order by at desc, id desc) as place from (
      ${entries.join('\n      union all\n      ')}
    ) entries order by at desc, id desc ${most}) placed`;
}

/** A TimelinePage (contracts) as JSON text. */
export function timelinePage({ items, next }: FoundEntries): string {
  const [at, id] = next?.split(' ') ?? [];
  const cursor = at && id ? encodeCursor({ at, id }) : null;
  return `{"items":[${items ?? ''}],"nextCursor":${JSON.stringify(cursor)}}`;
}
