/** A row of a list as JSON, built by PostgreSQL: columns of `cases c`, its assignee and queue. Shape: contracts CaseRow. */
export const CASE_ROW = `json_build_object(
  'id', c.id, 'reference', c.reference, 'status', c.status, 'waitReason', c.wait_reason, 'priority', c.priority, 'problem', c.problem,
  'customer', json_build_object('id', c.customer_id, 'displayName', c.customer_name, 'tier', cu.tier),
  'channels', c.channels, 'lacks', c.lacks,
  'assignee', case when c.assignee_id is not null then json_build_object('id', c.assignee_id, 'displayName', a.display_name) end,
  'queue', case when c.queue_id is not null then json_build_object('id', c.queue_id, 'name', q.name) end,
  'nextDue', null, 'lastInteractionAt', iso(c.last_interaction_at), 'lastDirection', c.last_direction, 'lastChannel', c.last_channel,
  'preview', c.preview, 'unread', c.unread, 'failedSends', c.failed_sends, 'openedAt', iso(c.opened_at), 'version', c.version)`;

export const CASE_ROW_JOINS = `join customer cu on cu.id = c.customer_id left join agent a on a.id = c.assignee_id left join queue q on q.id = c.queue_id`;

/** Store staff see the cases that came to their store; null sees all. */
export const visibleTo = (parameter: string, cases = 'c'): string =>
  `(${parameter}::uuid is null or exists (select from case_store s where s.case_id = ${cases}.id and s.store_id = ${parameter}))`;
