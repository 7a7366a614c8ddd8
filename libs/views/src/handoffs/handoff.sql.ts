/** What is read of handoffs `h` of partners `p`. */

export const PARTNER = `json_build_object('id', p.id, 'name', p.name, 'kind', p.kind)`;

const FILE = `json_build_object('id', f.id, 'fileName', f.file_name, 'contentType', f.content_type, 'size', f.size)`;

/** Each try to bring an entry `e` to them, by each way. */
const DELIVERIES = `(select coalesce(json_agg(json_build_object('id', d.id, 'gateway', d.gateway, 'state', d.state, 'attempts', d.attempts, 'dueAt', iso(d.due_at),
  'error', d.error, 'sentAt', iso(d.sent_at)) order by d.created_at, d.id), '[]') from handoff_delivery d where d.entry_id = e.id)`;

/** All that was said, in its order. */
const ENTRIES = `(select coalesce(json_agg(json_build_object('id', e.id, 'seq', e.seq, 'side', e.side, 'ours', e.ours, 'via', e.via, 'word', e.word, 'audience', e.audience,
    'byName', e.by_name, 'at', iso(e.at), 'applied', e.applied, 'because', e.because,
    'attachments', (select coalesce(json_agg(${FILE} order by f.created_at, f.id), '[]') from attachment f where f.id = any(e.attachment_ids)),
    'deliveries', ${DELIVERIES}) order by e.seq), '[]')
  from handoff_entry e where e.handoff_id = h.id)`;

export const HANDOFF = `'id', h.id, 'reference', h.reference, 'caseId', h.case_id, 'direction', h.direction, 'partner', ${PARTNER}, 'mode', h.mode, 'state', h.state,
  'stateAt', iso(h.state_at), 'priority', h.priority, 'deviceId', h.device_id, 'repairId', h.repair_order_id, 'storeId', h.store_id, 'ask', h.ask, 'form', h.form,
  'gateway', h.gateway, 'partnerRef', h.partner_ref, 'engineer', h.engineer, 'etaAt', iso(h.eta_at), 'outcome', h.outcome, 'question', h.question,
  'openedBy', case when o.id is not null then json_build_object('id', o.id, 'displayName', o.display_name) end, 'openedAt', iso(h.opened_at), 'sentAt', iso(h.sent_at),
  'acknowledgedAt', iso(h.acknowledged_at), 'acceptedAt', iso(h.accepted_at), 'toldAt', iso(h.told_at), 'resolvedAt', iso(h.resolved_at),
  'expiresAt', iso(h.expires_at), 'document', h.document, 'forgottenAt', iso(h.forgotten_at), 'version', h.version`;

export const WITH_ENTRIES = `json_build_object(${HANDOFF}, 'entries', ${ENTRIES})`;
export const HANDOFF_FROM = `handoff h join partner p on p.id = h.partner_id left join agent o on o.id = h.opened_by`;

const DEAD = `(select count(*)::int from handoff_delivery d where d.handoff_id = h.id and d.state = 'dead')`;
const NAME = `(select coalesce(m.brand || ' ' || m.name, v.model_name) from device v left join device_model m on m.id = v.model_id where v.id = h.device_id)`;

/** A line of the list, of a case `c`. */
export const ROW = `json_build_object('id', h.id, 'reference', h.reference, 'caseId', h.case_id, 'direction', h.direction, 'partner', ${PARTNER}, 'mode', h.mode,
  'state', h.state, 'stateAt', iso(h.state_at), 'priority', h.priority, 'etaAt', iso(h.eta_at), 'question', h.question, 'sentAt', iso(h.sent_at),
  'caseReference', c.reference, 'customer', c.customer_name, 'deviceName', ${NAME}, 'dead', ${DEAD})`;
