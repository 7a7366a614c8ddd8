import type { EntityManager } from 'typeorm';
import type { Condition, ConsentHow, DecisionOutcome, KnownName, Language, Purchase, ToldFact } from '#contracts';
import { DomainError } from '#platform';

/** Everything a document could be made of, whoever is told it. */
export interface CaseFacts {
  customer: { name: string; phone: string | null; email: string | null; language: Language };
  /** All that identifies the customer, for what must not be told in what people wrote. */
  known: KnownName[];
  names: string[];
  device: { model: string | null; imei: string | null; purchase: Purchase | null } | null;
  repair: {
    fault: string;
    diagnosis: string;
    intake: {
      condition?: Condition | null;
      accessories?: string[];
      liquid?: string;
      activationLock?: string;
      backUp?: string;
    };
    consent: { at: string; how: ConsentHow; mayErase: boolean; wanted: string[] } | null;
  } | null;
  problems: string[];
  impacts: { kind: string; part: string | null; state: string }[];
  story: (ToldFact & { at: string; authorKind: 'customer' | 'agent' | 'system' })[];
  decision: { outcome: DecisionOutcome; clause: string | null } | null;
  terms: { kind: string; provider: string; endsOn: string }[];
  files: { id: string; fileName: string; contentType: string; size: number }[];
}

/** What a document is made for. */
export interface About {
  caseId: string;
  deviceId: string | null;
  repairId: string | null;
  attachmentIds: string[];
  /** Whom it is for. */
  partnerId: string;
}

/** What another company said is no business of this one. */
const NOT_OF_ANOTHER = `not exists (select from handoff o where f.origin like 'handoff:%' and o.id::text = split_part(f.origin, ':', 2) and o.partner_id is distinct from $2::uuid)`;

/** What is between us and the customer alone: loans, benefits, promises and debts are no partner's business. */
const TOLD_KINDS = `('broke', 'lost', 'tried', 'decided')`;
const TOLD_CODES = `('device', 'call_attempt', 'warranty', 'handoff')`;

const CUSTOMER = `select json_build_object('name', u.display_name, 'language', u.language, 'phone', ${pointOf('phone')}, 'email', ${pointOf('email')}) as customer,
    (select coalesce(json_agg(json_build_object('kind', p.kind, 'value', p.value)), '[]') from contact_point p where p.customer_id = u.id and p.value is not null) as known,
    (select array_agg(distinct n.name) from (select u.display_name as name union all select c.customer_name
       union all select p.handle from contact_point p where p.customer_id = u.id and p.handle is not null) n where n.name is not null) as names,
    (select coalesce(json_agg(p.statement order by p.created_at, p.id), '[]') from problem p where p.case_id = c.id) as problems,
    (select coalesce(json_agg(json_build_object('kind', i.kind, 'part', i.part, 'state', i.state) order by i.reported_at, i.id), '[]') from impact i where i.case_id = c.id) as impacts,
    (select coalesce(json_agg(json_build_object('kind', f.kind, 'code', f.code, 'values', f.values, 'text', f.text, 'at', iso(f.at), 'authorKind', f.author_kind) order by f.at, f.id), '[]')
       from (select * from story_fact f where f.case_id = c.id and f.superseded_by is null and f.withdrawn_at is null and f.kind in ${TOLD_KINDS}
         and (f.code is null or f.code in ${TOLD_CODES}) and ${NOT_OF_ANOTHER} order by f.at desc, f.id desc limit 80) f) as story
  from cases c join customer u on u.id = c.customer_id where c.id = $1`;

/** The one they showed to be theirs, of several the newest. */
function pointOf(kind: string): string {
  return `(select p.value from contact_point p where p.customer_id = u.id and p.kind = '${kind}' and p.value is not null and p.valid_to is null
    order by p.shared, p.verified_at desc nulls last, p.created_at desc, p.id limit 1)`;
}

const DEVICE = `select json_build_object('model', coalesce(m.brand || ' ' || m.name, d.model_name), 'imei', d.imei, 'purchase', d.purchase) as device,
    (select coalesce(json_agg(json_build_object('kind', t.kind, 'provider', t.provider, 'endsOn', t.ends_on) order by t.ends_on desc, t.id), '[]')
       from warranty_term t where t.device_id in (select device_records(d.id)) and t.removed_at is null) as terms,
    (select json_build_object('outcome', w.outcome, 'clause', w.clause) from warranty_decision w
       where w.case_id = $2 and w.device_id in (select device_records(d.id)) and w.place = 'holds' order by w.decided_at desc limit 1) as decision
  from device d left join device_model m on m.id = d.model_id where d.id = living_device($1)`;

/** The one that is handed over; of an unnamed one the newest of the device on this case. */
const REPAIR = `select r.fault, r.diagnosis, r.intake, (select json_build_object('at', iso(t.consent_at), 'how', t.consent_how, 'mayErase', t.may_erase,
      'wanted', (select coalesce(json_agg(i.category order by i.category), '[]') from data_item i where i.repair_order_id = r.id and i.wanted))
    from data_recovery t where t.repair_order_id = r.id and t.consent_at is not null) as consent
  from repair_order r where r.case_id = $1 and case when $2::uuid is null then r.device_id in (select device_records(living_device($3))) else r.id = $2 end
  order by r.opened_at desc, r.id desc limit 1`;

/** Files of the case only, in the order they were named. */
const FILES = `select a.id, a.file_name as "fileName", a.content_type as "contentType", a.size::int as size
  from unnest($2::uuid[]) with ordinality n(id, place) join attachment a on a.id = n.id
  where exists (select from interaction i where i.id = a.interaction_id and i.case_id = $1)
    or exists (select from case_file f where f.attachment_id = a.id and f.case_id = $1)
  order by n.place`;

/** @throws DomainError case.not_found */
export async function readFacts(tx: EntityManager, about: About): Promise<CaseFacts> {
  const [told]: Pick<CaseFacts, 'customer' | 'known' | 'names' | 'problems' | 'impacts' | 'story'>[] = await tx.query(
    CUSTOMER,
    [about.caseId, about.partnerId],
  );
  if (!told) throw new DomainError('case.not_found');
  const [device]: Pick<CaseFacts, 'device' | 'terms' | 'decision'>[] = about.deviceId
    ? await tx.query(DEVICE, [about.deviceId, about.caseId])
    : [];
  const [repair]: NonNullable<CaseFacts['repair']>[] = await tx.query(REPAIR, [
    about.caseId,
    about.repairId,
    about.deviceId,
  ]);
  const photos = (repair?.intake as { photoIds?: string[] } | undefined)?.photoIds ?? [];
  const named = [...new Set([...about.attachmentIds, ...photos])];
  const files: CaseFacts['files'] = named.length > 0 ? await tx.query(FILES, [about.caseId, named]) : [];
  return { device: null, terms: [], decision: null, ...told, ...device, repair: repair ?? null, files };
}
