import { asJson } from '../case-row.sql.js';

/** What stands on repair orders and quotes, as the contracts name it. */

/** Shares (contracts) of a row. */
export const SHARES = (row: string): string =>
  `json_build_object('manufacturer', ${row}.manufacturer_cents, 'carrier', ${row}.carrier_cents, 'goodwill', ${row}.goodwill_cents, 'customer', ${row}.customer_cents)`;

/** How a device `d` with its model `m` is called. */
export const DEVICE = `coalesce(m.brand || ' ' || m.name, d.model_name, 'IMEI …' || right(coalesce(d.imei, d.serial), 4), '—')`;

const person = (agent: string): string =>
  `case when ${agent}.id is not null then json_build_object('id', ${agent}.id, 'displayName', ${agent}.display_name) end`;

const LINES = `(select coalesce(json_agg(json_build_object('description', l.description, 'kind', l.kind, 'quantity', l.quantity, 'listCents', l.list_cents,
    'agreedCents', l.agreed_cents, 'agreement', l.agreement, 'totalCents', l.quantity * l.agreed_cents, 'shares', ${SHARES('l')}) order by l.place), '[]')
  from quote_line l where l.quote_id = q.id)`;

/** A Quote (contracts) of `quote q`, but for how it was decided. */
export const QUOTE_COLUMNS = `q.id, q.repair_order_id as "repairId", q.version, q.state, q.currency, ${LINES} as lines, q.list_cents as "listCents", q.total_cents as "totalCents",
  ${SHARES('q')} as shares, case when q.cover_months is not null then json_build_object('months', q.cover_months, 'what', q.cover_what) end as cover,
  iso(q.valid_until) as "validUntil", q.hash, iso(q.offered_at) as "offeredAt", q.nudges`;

const DECISION = `case when q.decided_at is not null then json_build_object('how', q.decided_how, 'byName', q.decided_name, 'at', iso(q.decided_at), 'reason', q.decline_reason,
  'recordedBy', ${person('qb')}, 'ip', host(q.decided_ip), 'signatureId', q.signature_id) end`;

const QUOTES = `(select coalesce(json_agg(x.quote order by x.version desc), '[]') from (select q.version, ${asJson(
  `${QUOTE_COLUMNS}, ${person('qo')} as "offeredBy", ${DECISION} as decision`,
)} as quote from quote q left join agent qo on qo.id = q.offered_by left join agent qb on qb.id = q.decided_by where q.repair_order_id = r.id) x)`;

const STAGES = `(select coalesce(json_agg(json_build_object('from', s."from", 'to', s."to", 'by', s.by_name, 'at', iso(s.at), 'reason', s.reason) order by s.at, s.id), '[]')
  from repair_step s where s.repair_order_id = r.id)`;

const RETURNS = `(select coalesce(json_agg(json_build_object('from', iso(s.from_at), 'to', iso(s.to_at), 'reason', s.reason, 'by', s.by_name, 'at', iso(s.at)) order by s.at desc, s.id desc), '[]')
  from repair_return s where s.repair_order_id = r.id)`;

const OPTIONS = `(select coalesce(json_agg(json_build_object('way', o.way, 'currency', o.currency, 'shares', ${SHARES('o')}, 'daysWithoutPhone', o.days_without_phone,
    'data', o.data, 'note', o.note) order by array_position(array['repair', 'replace', 'refund', 'buy_out'], o.way)), '[]') from repair_option o where o.repair_order_id = r.id)`;

const DATA = `(select json_build_object('state', t.state, 'askedBy', ${person('ta')}, 'askedAt', iso(t.asked_at), 'note', t.note, 'doneAt', iso(t.done_at),
    'consent', case when t.consent_at is not null then json_build_object('byName', t.consent_name, 'how', t.consent_how, 'at', iso(t.consent_at), 'recordedBy', ${person('tc')}, 'mayErase', t.may_erase) end,
    'categories', (select coalesce(json_agg(json_build_object('category', i.category, 'wanted', i.wanted, 'result', i.result)
       order by array_position(array['photos', 'contacts', 'messages', 'apps', 'other'], i.category)), '[]') from data_item i where i.repair_order_id = r.id))
  from data_recovery t join agent ta on ta.id = t.asked_by left join agent tc on tc.id = t.consent_by where t.repair_order_id = r.id)`;

/** A RepairOrder (contracts) as JSON, of `repair_order r`, its device, model, store and who opened it. */
export const REPAIR =
  asJson(`r.id, r.case_id as "caseId", json_build_object('id', d.id, 'name', ${DEVICE}, 'imeiEnd', right(d.imei, 4)) as device,
  json_build_object('id', s.id, 'name', s.name) as store, r.stage, iso(r.stage_at) as "stageAt", r.holder, r.fault, r.diagnosis, r.erases,
  json_build_object('id', b.id, 'displayName', b.display_name) as "openedBy", iso(r.opened_at) as "openedAt", iso(r.promised_return_at) as "promisedReturnAt",
  ${RETURNS} as "returnMoves", ${STAGES} as stages, ${QUOTES} as quotes, ${OPTIONS} as options,
  case when r.way is not null then json_build_object('way', r.way, 'reason', r.way_reason, 'by', r.way_by, 'at', iso(r.way_at)) end as way, ${DATA} as data`);

export const REPAIR_FROM = `repair_order r join device d on d.id = r.device_id left join device_model m on m.id = d.model_id join store s on s.id = r.store_id
  join agent b on b.id = r.opened_by`;

/** ReliefTasks (contracts) of a case ($1), by when they are due. */
export const RELIEF = `select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'impact', t.impact, 'note', t.note,
    'owner', json_build_object('id', a.id, 'displayName', a.display_name), 'dueAt', iso(t.due_at), 'state', t.state, 'decidedBy', t.decided_by,
    'decidedAt', iso(t.decided_at), 'reason', t.reason) order by t.state <> 'planned', t.due_at, t.id), '[]') as relief
  from relief_task t join agent a on a.id = t.owner_id where t.case_id = $1`;
