/** Only asked of those that wait for one. */
const PARTNER_NAME = `case when c.wait_reason = 'partner' then (select p.name from handoff h join partner p on p.id = h.partner_id
  where h.case_id = c.id and h.direction = 'out' and h.state not in ('draft', 'closed', 'rejected', 'expired', 'cancelled', 'recalled')
  order by h.opened_at desc limit 1) end`;

/** The columns of a row of a list, named as the contract names them (CaseRow): of `cases c`, its customer, assignee and queue. */
export const CASE_COLUMNS = `c.id, c.reference, c.status, c.wait_reason as "waitReason", ${PARTNER_NAME} as "partnerName", c.priority, c.problem,
  json_build_object('id', c.customer_id, 'displayName', c.customer_name, 'tier', cu.tier, 'language', cu.language) as customer, c.channels, c.lacks,
  case when c.assignee_id is not null then json_build_object('id', c.assignee_id, 'displayName', a.display_name) end as assignee,
  case when c.queue_id is not null then json_build_object('id', c.queue_id, 'name', q.name) end as queue,
  case when cl.next_due_at is not null then json_build_object('metric', cl.next_metric, 'dueAt', iso(cl.next_due_at),
    'state', case when cl.next_is_late then 'breached' else 'running' end) end as "nextDue", iso(c.last_interaction_at) as "lastInteractionAt", c.last_direction as "lastDirection", c.last_channel as "lastChannel",
  c.preview, c.unread, c.failed_sends as "failedSends", iso(c.opened_at) as "openedAt", c.version`;

/** Columns as one JSON object. PostgreSQL writes a row for two thirds of what `json_build_object` takes with as many keys. */
export const asJson = (columns: string): string => `(select row_to_json(o) from (select ${columns}) o)`;

/** A CaseRow as JSON. */
export const CASE_ROW = asJson(CASE_COLUMNS);

export const CASE_ROW_JOINS = `join customer cu on cu.id = c.customer_id left join agent a on a.id = c.assignee_id left join queue q on q.id = c.queue_id
  left join case_ledger cl on cl.case_id = c.id`;

/**
 * Whether the reader sees every case.
 * @param parameter of how far they see (`visibleStore`): null, or the ids of the store and the person with a comma
 */
export const seesAll = (parameter: string): string => `${parameter}::text is null`;

/**
 * The same for readers who do not see every case, of whom alone it is asked: in lists, where PostgreSQL starts from their cases
 * instead of looking through everybody's. With the question whether they see all beside it, it could not.
 */
export const theirs = (parameter: string, caseId = 'c.id'): string =>
  `${caseId} in (select s.case_id from case_sight s where s.viewer = any(string_to_array(${parameter}::text, ',')::uuid[]))`;

/** Store staff see the cases that came to their store, and those shown to it or to them for a while; null sees all. */
export const visibleTo = (parameter: string, cases = 'c'): string =>
  `(${seesAll(parameter)} or exists (select from case_sight s where s.case_id = ${cases}.id and s.viewer = any(string_to_array(${parameter}, ',')::uuid[])))`;
