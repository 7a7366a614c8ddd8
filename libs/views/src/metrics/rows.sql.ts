import type { AnalysisMetric } from '#contracts';
import { ON_PAPER } from '../dashboard/dashboard.sql.js';

/**
 * What each metric counts, as rows: `id`, `at` (which decides the day), `case_id`, `value`, and `person_id`, `channel` and `detail` where
 * the row has its own; of money `currency` and `store_id`, too. $1 from, $2 until (not included), $3 the zone of the days, $4 now. Nothing else says what a metric is.
 */

/** The deadlines a customer would notice. */
const OF_CUSTOMERS = `k.side = 'customer' and k.metric in ('first_useful_action', 'next_response', 'next_update', 'relief', 'resolution')`;

const IN_PERIOD = (at: string): string => `${at} >= $1 and ${at} < $2`;
const ID_OF_CLOCK = `md5(k.case_id::text || k.metric || k.round)::uuid as id`;
const MINUTES = (span: string): string => `greatest(0, round(extract(epoch from ${span}) / 60, 2))`;
const NO_OTHER = 'null::uuid as person_id, null::text as channel';

/** A deadline is decided when it is met, or else when it is due. */
const SLA_MET = `
  select ${ID_OF_CLOCK}, k.met_at as at, k.case_id, 1::numeric as value, ${NO_OTHER}, k.metric as detail
  from clock k where ${OF_CUSTOMERS} and k.breached_at is null and k.met_at is not null and ${IN_PERIOD('k.met_at')}
  union all
  select ${ID_OF_CLOCK}, k.breached_at, k.case_id, 0, ${NO_OTHER}, k.metric
  from clock k where ${OF_CUSTOMERS} and k.breached_at is not null and ${IN_PERIOD('k.breached_at')}`;

const TIME_OF = (metric: 'first_useful_action' | 'relief'): string => `
  select ${ID_OF_CLOCK}, k.met_at as at, k.case_id, ${MINUTES('k.met_at - k.started_at')} as value, ${NO_OTHER}, null::text as detail
  from clock k where k.side = 'customer' and k.metric = '${metric}' and k.met_at is not null and ${IN_PERIOD('k.met_at')}`;

const SETTLED = 'least(p.due_at, coalesce(p.kept_at, p.decided_at, p.due_at))';
const PROMISES_KEPT = `
  select p.id, ${SETTLED} as at, p.case_id, (p.state = 'kept' and coalesce(p.kept_at, p.decided_at) <= p.due_at)::int::numeric as value, p.by_id as person_id,
    null::text as channel, p.kind as detail
  from promise p where p.state <> 'withdrawn' and ${IN_PERIOD(SETTLED)} and ${SETTLED} <= $4`;

/** What was late from when to when. What was kept or answered at the very moment somebody came was late until then. */
const LATE = `
  select p.case_id, p.due_at as since, coalesce(p.kept_at, p.decided_at, $4) as until, 'update_late' as detail
  from promise p where p.kind = 'update' and p.due_at < $2 and p.due_at < $4
  union all
  select k.case_id, k.breached_at, coalesce(k.met_at, k.ended_at, $4), 'answer_late'
  from clock k where k.side = 'customer' and k.metric in ('first_useful_action', 'next_response') and k.breached_at is not null and k.breached_at < $2`;
const HAD_TO_ASK = `
  select distinct on (i.case_id, (i.occurred_at at time zone $3)::date) i.id, i.occurred_at as at, i.case_id, 1::numeric as value, null::uuid as person_id, i.channel, l.detail
  from (${LATE}) l join interaction i on i.case_id = l.case_id and i.occurred_at > l.since and i.occurred_at <= l.until and ${IN_PERIOD('i.occurred_at')}
    and i.direction = 'inbound' and not i.automatic
  where l.until >= $1
  order by i.case_id, (i.occurred_at at time zone $3)::date, i.occurred_at, i.id, l.detail desc`;

const TOLD_AGAIN = `
  select r.id, r.at, r.case_id, 1::numeric as value, ${NO_OTHER}, r.source as detail
  from re_explanation r where not r.dismissed and ${IN_PERIOD('r.at')}`;

/** Who spoke with the customer, and who had the case. */
const HANDLERS_OF = `
  select i.author_id as id from interaction i where i.case_id = h.id and i.author_kind = 'agent' and i.author_id is not null and not i.automatic
  union select (e.data ->> 'assigneeId')::uuid from case_event e
    where e.case_id = h.id and e.type in ('case.assigned', 'case.routed') and e.data ->> 'assigneeId' is not null
  union select h.assignee_id where h.assignee_id is not null`;
const HANDLERS = `
  select h.id, h.closed_at as at, h.id as case_id, (select count(*) from (${HANDLERS_OF}) people)::numeric as value, ${NO_OTHER}, null::text as detail
  from cases h where h.status = 'closed' and h.closed_at is not null and ${IN_PERIOD('h.closed_at')}`;

const IS_BACK = `e.type = 'case.status_changed' and e.data ->> 'from' in ('restored', 'closed') and e.data ->> 'to' in ('new', 'understood', 'in_solution', 'waiting')`;
const CAME_BACK = `
  select e.id, e.at, e.case_id, 1::numeric as value, ${NO_OTHER}, e.data ->> 'to' as detail
  from case_event e where ${IS_BACK} and ${IN_PERIOD('e.at')}`;

const BACK_ON_PAPER = `${CAME_BACK}
  and not exists (select from clock k where k.case_id = e.case_id and ${OF_CUSTOMERS} and k.breached_at <= e.at)`;

/** The same as the dashboard shows. */
const ON_PAPER_NOW = `
  select c.id, c.opened_at as at, c.id as case_id, 1::numeric as value, ${NO_OTHER}, null::text as detail
  from case_ledger l join cases c on c.id = l.case_id where not l.is_over and ${ON_PAPER}`;

/** A case that waits for somebody is being solved all the while. */
const STAGE = (status: string): string => `case when ${status} = 'waiting' then 'in_solution' else ${status} end`;
const TO_ANOTHER = (event: string): string =>
  `${STAGE(`${event}.data ->> 'from'`)} <> ${STAGE(`${event}.data ->> 'to'`)}`;

/** Each stay in a stage that ended: since the case came to it, or was opened. */
const STAY_IN = (stage: string): string => `
  select e.id, e.at, e.case_id, ${MINUTES('e.at - coalesce(came.at, o.opened_at)')} as value, ${NO_OTHER}, e.data ->> 'to' as detail
  from case_event e join cases o on o.id = e.case_id
    left join lateral (select b.at from case_event b where b.case_id = e.case_id and b.seq < e.seq and b.type = 'case.status_changed' and ${TO_ANOTHER('b')}
      order by b.seq desc limit 1) came on true
  where e.type = 'case.status_changed' and ${IN_PERIOD('e.at')} and ${STAGE(`e.data ->> 'from'`)} = '${stage}' and ${TO_ANOTHER('e')}
    and e.data ->> 'to' not in ('merged', 'spam')`;

/** Where it was given: the store of who gave it, else the one the customer came to last. */
const GIVEN_AT = `coalesce((select a.store_id from agent a where a.id = b.decided_by), (select v.store_id from interaction i join visit v on v.interaction_id = i.id
    where i.case_id = b.case_id order by i.occurred_at desc, i.id desc limit 1)) as store_id`;
const DAY_AT = `(d.day + time '12:00') at time zone b.time_zone`;
/** Days of discounts are those of their store: noon there is on the same day wherever it is read. */
const GIVEN = `
  select b.id, b.decided_at as at, b.case_id, b.value_cents::numeric as value, b.decided_by as person_id, null::text as channel, b.kind as detail, b.currency, ${GIVEN_AT}
  from benefit b where b.decided_at is not null and b.state not in ('refused', 'cancelled') and b.kind <> 'fee_discount' and b.value_cents > 0 and ${IN_PERIOD('b.decided_at')}
  union all
  select md5(d.benefit_id::text || d.day)::uuid, ${DAY_AT}, b.case_id, d.amount_cents::numeric, b.decided_by, null::text, b.kind, b.currency, ${GIVEN_AT}
  from benefit_accrual d join benefit b on b.id = d.benefit_id and b.customer_id = d.customer_id
  where d.amount_cents > 0 and d.day >= ($1::timestamptz - interval '1 day')::date and d.day <= ($2::timestamptz + interval '1 day')::date and ${IN_PERIOD(DAY_AT)}`;

export const ROWS: Readonly<Record<AnalysisMetric, string>> = {
  sla_met: SLA_MET,
  promises_kept: PROMISES_KEPT,
  first_useful_action: TIME_OF('first_useful_action'),
  time_to_relief: TIME_OF('relief'),
  had_to_ask: HAD_TO_ASK,
  told_again: TOLD_AGAIN,
  handlers: HANDLERS,
  reopened: CAME_BACK,
  on_paper_now: ON_PAPER_NOW,
  on_paper: BACK_ON_PAPER,
  stage_received: STAY_IN('new'),
  stage_understood: STAY_IN('understood'),
  stage_in_solution: STAY_IN('in_solution'),
  stage_restored: STAY_IN('restored'),
  goodwill: GIVEN,
};
