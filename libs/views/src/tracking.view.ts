import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type {
  BenefitKind,
  BenefitState,
  BenefitValues,
  CallOutcome,
  CaseStatus,
  Channel,
  DecisionOutcome,
  ImpactKind,
  ImpactState,
  KnownName,
  Language,
  WaitReason,
  NextAction,
} from '#contracts';
import { decodeCursor, encodeCursor, FROM_MICROS, MICROS } from './cursor.js';
import { asJson } from './case-row.sql.js';
import { NOTED_FOR_CUSTOMER, SAID_TO_CUSTOMER } from './for-customer.sql.js';
import { NAMES } from './told-story.js';

/** A case as its customer may see it, but for what was said. */
export interface TrackedCase {
  reference: string;
  status: CaseStatus;
  waitReason: WaitReason | null;
  /** What is wrong, in the words the case has for it. */
  problems: string[];
  openedAt: string;
  /** The door it came in by. */
  openedBy: Channel;
  closedAt: string | null;
  /** Until when we said that we write again. */
  nextUpdateDueAt: string | null;
  /** What else somebody of ours said would happen, and has not yet. */
  promises: { text: string; by: string; dueAt: string }[];
  /** What they were given, without what was refused or is not decided. */
  benefits: {
    kind: BenefitKind;
    state: BenefitState;
    values: BenefitValues;
    cents: number | null;
    currency: string;
    until: string | null;
  }[];
  owner: string | null;
  /** Where it waits while nobody has taken it, when that is a store. */
  team: string | null;
  /** What we do next, as far as it is for them; never what was written for the house. */
  next: Pick<NextAction, 'code' | 'values' | 'dueAt'>;
  customer: { displayName: string; language: Language };
  stages: { status: CaseStatus; at: string }[];
  visits: { store: string; address: string; city: string; at: string; device: boolean; model: string | null }[];
  impacts: { kind: ImpactKind; part: 'in' | 'out' | null; state: ImpactState }[];
  /** What we decided about the warranty of a phone, where they are to read it. */
  warranties: { device: string; outcome: DecisionOutcome; plainWords: string; nextStep: string | null; at: string }[];
  /** The phone of ours they have, or that is kept for them. */
  loans: TrackedLoan[];
  /** What names the customer or a device of theirs: never shown whole. */
  identifiers: string[];
  /** Those of them that the story masks, with their kind. */
  names: KnownName[];
}

export interface TrackedLoan {
  name: string;
  state: 'reserved' | 'active';
  /** Until when it is theirs, or kept for them. */
  until: string;
  store: { name: string; address: string; city: string; phone: string | null };
}

export interface TrackedFile {
  id: string;
  fileName: string;
  contentType: string;
  size: number;
}

/** Something said between the customer and us, or written for them. */
export interface TrackedEntry {
  id: string;
  at: string;
  /** Where the entries before it begin. */
  cursor: string;
  kind: 'said' | 'note';
  channel: Channel | null;
  /** `you`: the customer · `us` · `noted`: the customer, in our words · `other`: somebody else on their case. */
  by: 'you' | 'us' | 'noted' | 'other';
  /** Of one of us; of others nobody is told. */
  author: string | null;
  store: string | null;
  text: string;
  call: { direction: 'inbound' | 'outbound'; outcome: CallOutcome } | null;
  files: TrackedFile[];
}

/** What they have: a discount with what it comes to by now. */
const BENEFITS = `(select coalesce(json_agg(json_build_object('kind', b.kind, 'state', b.state, 'values', b."values", 'currency', b.currency, 'until', iso(b.expires_at),
    'cents', case when b.kind = 'fee_discount' then (select coalesce(sum(d.amount_cents), 0)::bigint from benefit_accrual d where d.benefit_id = b.id and d.customer_id = b.customer_id) end)
    order by b.decided_at, b.id), '[]') from benefit b where b.case_id = c.id and b.state in ('active', 'issued', 'stopped'))`;

const CASE =
  asJson(`c.reference, c.status, c.wait_reason as "waitReason", iso(c.opened_at) as "openedAt", iso(c.next_update_due_at) as "nextUpdateDueAt",
  coalesce((select json_agg(p.statement order by p.created_at, p.id) from problem p where p.case_id = c.id), json_build_array(c.problem)) as problems,
  (select coalesce(json_agg(json_build_object('text', p.text, 'by', split_part(p.by_name, ' ', 1), 'dueAt', iso(p.due_at)) order by p.due_at, p.id), '[]')
     from promise p where p.case_id = c.id and p.state = 'open' and p.kind = 'other' and p.text is not null) as promises,
  ${BENEFITS} as benefits, iso(c.closed_at) as "closedAt",
  coalesce((select i.channel from interaction i where i.case_id = c.id order by i.occurred_at, i.id limit 1), c.channels[1]) as "openedBy",
  (select a.display_name from agent a where a.id = c.assignee_id) as owner,
  (select s.name from queue q join store s on s.id = q.store_id where q.id = c.queue_id) as team,
  json_build_object('code', c.next_action, 'values', c.next_action_values, 'dueAt', iso(c.next_action_due_at)) as next,
  json_build_object('displayName', cu.display_name, 'language', cu.language) as customer,
  (select coalesce(json_agg(json_build_object('status', e.data ->> 'to', 'at', iso(e.at)) order by e.at, e.seq), '[]')
     from case_event e where e.case_id = c.id and e.type = 'case.status_changed') as stages,
  (select coalesce(json_agg(json_build_object('store', s.name, 'address', s.address, 'city', s.city, 'at', iso(i.occurred_at),
       'device', v.imei is not null or v.model is not null, 'model', v.model) order by i.occurred_at, i.id), '[]')
     from visit v join interaction i on i.id = v.interaction_id join store s on s.id = v.store_id where i.case_id = c.id) as visits,
  (select coalesce(json_agg(json_build_object('kind', m.kind, 'part', m.part, 'state', m.state) order by m.reported_at, m.id), '[]') from impact m where m.case_id = c.id) as impacts,
  (select coalesce(json_agg(json_build_object('device', coalesce(dm.brand || ' ' || dm.name, dv.model_name, ''), 'outcome', w.outcome,
       'plainWords', w.plain_words, 'nextStep', w.next_step, 'at', iso(w.told_at)) order by w.told_at desc, w.id), '[]')
     from warranty_decision w join device dv on dv.id = living_device(w.device_id) left join device_model dm on dm.id = dv.model_id
     where w.case_id = c.id and w.place = 'holds' and w.told_at is not null) as warranties,
  (select coalesce(json_agg(json_build_object('name', m.brand || ' ' || m.name, 'state', n.state, 'until', iso(coalesce(n.due_at, n.keep_until)),
       'store', json_build_object('name', s.name, 'address', s.address, 'city', s.city, 'phone', s.phone)) order by n.reserved_at), '[]')
     from loan n join loaner l on l.id = n.loaner_id join loaner_model m on m.id = l.model_id join store s on s.id = n.store_id
     where n.case_id = c.id and n.state in ('reserved', 'active')) as loans,
  (select coalesce(json_agg(x.value), '[]') from (
     select p.value from contact_point p where p.customer_id = c.customer_id and p.kind <> 'twitter' and p.value is not null
     union select v.imei from visit v join interaction i on i.id = v.interaction_id where i.case_id = c.id and v.imei is not null
     union select n.number from case_device k join device_number n on n.device_id = living_device(k.device_id) where k.case_id = c.id) x) as identifiers, ${NAMES} as names`);

const FILES = `(select coalesce(json_agg(json_build_object('id', t.id, 'fileName', t.file_name, 'contentType', t.content_type, 'size', t.size) order by t.id), '[]')
  from attachment t where t.interaction_id = i.id and not t.inline)`;

const SAID = asJson(`i.id, iso(i.occurred_at) as at, 'said' as kind, i.channel,
  case when i.direction = 'outbound' or i.author_kind = 'system' then 'us' when i.author_id is not null then 'noted'
    when p.id is null or p.customer_id = c.customer_id then 'you' else 'other' end as by,
  case when i.author_kind = 'agent' then split_part(i.author_name, ' ', 1) end as author,
  (select s.name from store s where s.id = i.store_id) as store, i.text,
  (select json_build_object('direction', k.direction, 'outcome', k.outcome) from call k where k.interaction_id = i.id) as call, ${FILES} as files`);

const NOTE =
  asJson(`n.id, iso(n.occurred_at) as at, 'note' as kind, null as channel, 'us' as by, split_part(n.author_name, ' ', 1) as author,
  null as store, n.text, null as call, '[]'::json as files`);

/** The page a customer follows their case on. Whoever asks has opened a link to it: there is no other reader. */
@Injectable()
export class TrackingView {
  async find(tx: EntityManager, caseId: string): Promise<TrackedCase> {
    const rows: { item: TrackedCase }[] = await tx.query(
      `select ${CASE} as item from cases c join customer cu on cu.id = c.customer_id where c.id = $1`,
      [caseId],
    );
    if (!rows[0]) throw new Error(`no case ${caseId} to follow`);
    return rows[0].item;
  }

  /** What was said, newest first, of the newest `limit` entries before the cursor. One more is read, to know whether there are older ones. */
  async entries(
    tx: EntityManager,
    caseId: string,
    { limit, before }: { limit: number; before?: string },
  ): Promise<{ entries: TrackedEntry[]; more: boolean }> {
    const after = decodeCursor(before);
    const older = (at: string, id: string) => (after ? `and (${at}, ${id}) < (${FROM_MICROS('$3')}, $4::uuid)` : '');
    const rows: { item: Omit<TrackedEntry, 'cursor'>; at: string; id: string }[] = await tx.query(
      `select item, ${MICROS('at')} as at, id from (
         (select ${SAID} as item, i.occurred_at as at, i.id from interaction i join cases c on c.id = i.case_id
            left join delivery d on d.interaction_id = i.id left join contact_point p on p.id = i.contact_point_id
          where i.case_id = $1 and ${SAID_TO_CUSTOMER} ${older('i.occurred_at', 'i.id')} order by i.occurred_at desc, i.id desc limit $2::int + 1)
         union all
         (select ${NOTE}, n.occurred_at, n.id from note n where n.case_id = $1 and ${NOTED_FOR_CUSTOMER} ${older('n.occurred_at', 'n.id')}
          order by n.occurred_at desc, n.id desc limit $2::int + 1)) e order by e.at desc, e.id desc limit $2::int + 1`,
      [caseId, limit, ...(after ? [after.at, after.id] : [])],
    );
    const entries = rows.slice(0, limit).map(({ item, at, id }) => ({ ...item, cursor: encodeCursor({ at, id }) }));
    return { entries, more: rows.length > limit };
  }

  /** Where the bytes of a file lie that is on this case and for its customer; null for every other. */
  async file(tx: EntityManager, caseId: string, id: string): Promise<(TrackedFile & { key: string }) | null> {
    const rows: (Omit<TrackedFile, 'size'> & { size: string; key: string })[] = await tx.query(
      `select t.id, t.file_name as "fileName", t.content_type as "contentType", t.size, t.storage_key as key
       from attachment t join interaction i on i.id = t.interaction_id left join delivery d on d.interaction_id = i.id
       where t.id = $1 and i.case_id = $2 and not t.inline and ${SAID_TO_CUSTOMER}`,
      [id, caseId],
    );
    return rows[0] ? { ...rows[0], size: Number(rows[0].size) } : null;
  }
}
