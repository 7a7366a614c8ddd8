import { visibleTo } from '../case-row.sql.js';

/** Loaners and loans as JSON, named as the contract names them. */

export const MODEL = `json_build_object('id', m.id, 'brand', m.brand, 'name', m.name, 'os', m.os, 'sims', m.sims)`;
export const STORE = (store: string): string => `json_build_object('id', ${store}.id, 'name', ${store}.name)`;
export const BY = (of: string, verb = 'by'): string =>
  `case when ${of}.${verb}_id is not null then json_build_object('id', ${of}.${verb}_id, 'displayName', ${of}.${verb}_name) end`;

/** Whose turn it is while the loan `n` is late; as `faultOf` has it. */
export const FAULT = (now: string): string =>
  `case when n.state = 'active' and n.due_at < ${now} then case when n.repair_order_id is not null and n.repair_back_at is null then 'ours' else 'customer' end end`;

/** Of a case only what its reader may see. */
const LOAN = (now: string, reader: string): string =>
  `(select json_build_object('id', n.id, 'state', n.state, 'caseId', case when ${visibleTo(reader)} then c.id end,
      'reference', case when ${visibleTo(reader)} then c.reference end, 'customer', case when ${visibleTo(reader)} then c.customer_name end,
      'keepUntil', iso(n.keep_until), 'dueAt', iso(n.due_at), 'fault', ${FAULT(now)})
    from loan n join cases c on c.id = n.case_id where n.loaner_id = l.id and n.state in ('reserved', 'active'))`;

const CLEANED = `(select coalesce(json_agg(json_build_object('step', k.step, 'by', ${BY('k')}, 'at', iso(k.at)) order by k.at), '[]')
  from loaner_cleaning k where k.cleaning_id = l.cleaning_id)`;

const TRANSFER = `(select json_build_object('by', json_build_object('id', t.sent_by, 'displayName', t.sent_name), 'at', iso(t.sent_at), 'to', ${STORE('o')})
  from loaner_transfer t join store o on o.id = t.to_store where t.loaner_id = l.id and t.received_at is null and t.lost_at is null)`;

/** A Loaner (contracts) of `loaner l` with its model and store. */
export const LOANER = (
  now: string,
  reader: string,
): string => `json_build_object('id', l.id, 'label', l.label, 'imei', l.imei, 'model', ${MODEL}, 'grade', l.grade, 'state', l.state, 'stateAt', iso(l.state_at),
  'store', ${STORE('s')}, 'note', l.note, 'loan', ${LOAN(now, reader)}, 'cleaningId', l.cleaning_id, 'cleaned', ${CLEANED}, 'transfer', ${TRANSFER})`;

export const LOANER_FROM = `loaner l join loaner_model m on m.id = l.model_id join store s on s.id = l.store_id`;

/** Store staff see the pool of theirs; `reader`: the parameter of how far they see. */
export const OF_READER = (reader: string, of = 'l'): string =>
  `(${reader}::text is null or ${of}.store_id = any(string_to_array(${reader}, ',')::uuid[]))`;
