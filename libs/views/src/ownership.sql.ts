import { asJson } from './case-row.sql.js';

/** The NextAction (contracts) of `cases c`. */
export const NEXT_ACTION = `json_build_object('code', c.next_action, 'values', c.next_action_values, 'text', c.next_action_text, 'dueAt', iso(c.next_action_due_at),
  'noDue', c.next_action_no_due, 'by', (select json_build_object('id', p.id, 'displayName', p.display_name) from agent p where p.id = c.next_action_by),
  'at', iso(c.next_action_at))`;

const CASE_REF = `json_build_object('id', c.id, 'reference', c.reference, 'customer', c.customer_name, 'problem', c.problem)`;
const personRef = (id: string) =>
  `(select json_build_object('id', p.id, 'displayName', p.display_name) from agent p where p.id = ${id})`;
const queueKind = (queue: string) => `case when ${queue}.store_id is null then 'queue' else 'store' end`;

/** A Handover (contracts) of `handover h` on `cases c`, with the joins below. */
export const HANDOVER = asJson(`h.id, ${CASE_REF} as case,
  json_build_object('kind', case when h.from_agent is not null then 'agent' else ${queueKind('fq')} end, 'name', coalesce(fa.display_name, fq.name)) as from,
  json_build_object('kind', case when h.to_agent is not null then 'agent' else ${queueKind('tq')} end, 'id', coalesce(h.to_agent, tq.store_id, h.to_queue),
    'name', coalesce(ta.display_name, tq.name)) as to,
  json_build_object('id', h.by_id, 'displayName', h.by_name) as by, h.reason, h.note, iso(h.at) as at, iso(h.acknowledged_at) as "acknowledgedAt",
  ${personRef('h.acknowledged_by')} as "acknowledgedBy"`);
export const HANDOVER_JOINS = `left join agent fa on fa.id = h.from_agent left join queue fq on fq.id = h.from_queue
  left join agent ta on ta.id = h.to_agent left join queue tq on tq.id = h.to_queue`;
export const HANDOVER_OPEN = 'h.acknowledged_at is null and h.superseded_at is null';

/** Since when somebody who was sent to a store is there. */
export const ARRIVED = `(select min(v.occurred_at) from interaction v where v.case_id = w.case_id and v.store_id = w.store_id and v.channel = 'store' and v.occurred_at >= w.at)`;

/** A WarmRedirect (contracts) of `warm_redirect w` on `cases c` to `store s`. */
export const WARM_REDIRECT =
  asJson(`w.id, ${CASE_REF} as case, json_build_object('id', s.id, 'name', s.name) as store, w.bring,
  json_build_object('id', w.by_id, 'displayName', w.by_name) as by, iso(w.at) as at, i.channel, iso(w.acknowledged_at) as "acknowledgedAt",
  ${personRef('w.acknowledged_by')} as "acknowledgedBy", iso(${ARRIVED}) as "arrivedAt", i.id as "interactionId",
  (select iso(d.due_at) from delivery d where d.interaction_id = i.id and d.state = 'held') as "undoUntil"`);
export const REDIRECT_JOINS = 'join store s on s.id = w.store_id join interaction i on i.id = w.interaction_id';

/** So long somebody is expected who was shown the way to a store. */
export const ON_THEIR_WAY = `w.taken_back_at is null and w.at > now() - interval '14 days' and ${ARRIVED} is null`;
