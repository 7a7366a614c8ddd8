import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataCategory, DataResult, Quote, RepairHolder, RepairStage } from '#contracts';
import { asJson } from '../case-row.sql.js';
import { DEVICE, QUOTE_COLUMNS } from './repair.sql.js';

/** A quote as the customer may read it: what was offered, and what they said. */
export type TrackedQuote = Omit<Quote, 'decision' | 'offeredBy'> & {
  decision: { how: 'link' | 'counter' | 'notice'; byName: string; at: string } | null;
};

/** A repair as the customer may follow it. */
export interface TrackedRepair {
  id: string;
  device: string;
  stage: RepairStage;
  holder: RepairHolder;
  /** Where it was taken in, or, while another store has it, that one. */
  store: { name: string; address: string; city: string };
  /** While a company that works with us has it: which one. */
  company: string | null;
  /** While a courier has it: to whom, where we know. */
  onItsWay: { kind: RepairHolder; name: string } | null;
  promisedReturnAt: string | null;
  /** Oldest first: when it came to each stage. */
  stages: { stage: RepairStage; at: string }[];
  /** Newest version first; no draft. */
  quotes: TrackedQuote[];
  data: { category: DataCategory; result: DataResult | null }[];
}

const QUOTES = `(select coalesce(json_agg(x.quote order by x.version desc), '[]') from (select q.version, ${asJson(
  `${QUOTE_COLUMNS}, case when q.decided_at is not null then json_build_object('how', q.decided_how, 'byName', q.decided_name, 'at', iso(q.decided_at)) end as decision`,
)} as quote from quote q where q.repair_order_id = r.id and q.offered_at is not null order by q.version desc limit 5) x)`;

/** The shipment of the device of `r` that is under way. */
const ON_ITS_WAY = `(select json_build_object('kind', l.to_kind, 'name', coalesce(p.name, l.to_name)) from custody_leg l
  left join partner p on l.to_kind = 'partner' and p.id = l.to_id
  where l.device_id in (select device_records(d.id)) and l.state = 'under_way' limit 1)`;

/** As it is called to the customer; of one we only know that it is none of ours, nothing. */
const COMPANY = `(select p.name from partner p where now.to_kind = 'partner' and p.id = now.to_id)`;

const TRACKED =
  asJson(`r.id, ${DEVICE} as device, r.stage, r.holder, (select json_build_object('name', h.name, 'address', h.address, 'city', h.city) from store h where h.id = coalesce(case when now.to_kind = 'store' then now.to_id end, s.id)) as store,
  case when r.holder = 'partner' then ${COMPANY} end as company,
  case when r.holder = 'courier' then ${ON_ITS_WAY} end as "onItsWay",
  iso(r.promised_return_at) as "promisedReturnAt", ${QUOTES} as quotes,
  (select coalesce(json_agg(json_build_object('stage', t."to", 'at', iso(t.at)) order by t.at, t.id), '[]') from repair_step t where t.repair_order_id = r.id) as stages,
  (select coalesce(json_agg(json_build_object('category', i.category, 'result', i.result) order by array_position(array['photos', 'contacts', 'messages', 'apps', 'other'], i.category)), '[]')
     from data_item i where i.repair_order_id = r.id and i.wanted) as data`);

/** What the page of a case tells of its repairs. Whoever asks has opened a link to it. */
@Injectable()
export class TrackedRepairView {
  /** Newest first. */
  async of(tx: EntityManager, caseId: string): Promise<TrackedRepair[]> {
    const rows: { item: TrackedRepair }[] = await tx.query(
      `select ${TRACKED} as item from repair_order r join device d on d.id = r.device_id left join device_model m on m.id = d.model_id
         join store s on s.id = r.store_id left join lateral last_custody(d.id) now on true where r.case_id = $1 order by r.opened_at desc, r.id desc limit 5`,
      [caseId],
    );
    return rows.map(({ item }) => item);
  }
}
