import { METRICS, type AnalysisGroup, type AnalysisMetric } from '#contracts';
import { FROM_MICROS, MICROS } from '../cursor.js';
import { ROWS } from './rows.sql.js';

const isMoney = (metric: AnalysisMetric): boolean => METRICS[metric].kind === 'money';

/**
 * All that is shown of a metric is made of the same rows: `counted`, which are those of its definition with whose they are. $1 to $4 as
 * there, $5 a channel or null, $6 a queue or null, $7 of money its currency.
 */
const COUNTED = (metric: AnalysisMetric): string => `counted as (
    select f.id, f.at, (f.at at time zone $3)::date as day, f.case_id, f.value, f.detail, ${isMoney(metric) ? 'f.currency, f.store_id' : 'null::text as currency, null::uuid as store_id'}, c.reference, c.customer_name as customer,
      coalesce(f.channel, c.channels[1]) as channel, c.queue_id, coalesce(f.person_id, c.assignee_id) as person_id, cu.tier
    from (${ROWS[metric]}) f join cases c on c.id = f.case_id join customer cu on cu.id = c.customer_id
    where c.status <> 'spam' and $1::timestamptz < $2::timestamptz and $3::text <> '' and $4::timestamptz is not null
      and ($5::text is null or coalesce(f.channel, c.channels[1]) = $5) and ($6::uuid is null or c.queue_id = $6)
      and ${isMoney(metric) ? 'f.currency = $7::text' : `coalesce($7::text, '') = ''`})`;

/** In which currencies there are rows; $7 is none. */
export const currenciesSql = (metric: AnalysisMetric): string =>
  `select distinct f.currency from (${ROWS[metric]}) f join cases c on c.id = f.case_id where c.status <> 'spam' and $3::text <> '' and $4::timestamptz is not null order by 1`;

const VALUE: Record<(typeof METRICS)[AnalysisMetric]['kind'], string> = {
  share: 'avg(value)::float8',
  duration: 'percentile_cont(0.5) within group (order by value::float8)',
  count: 'sum(value)::float8',
  mean: 'avg(value)::float8',
  money: 'sum(value)::float8',
};

const FIGURE = (
  metric: AnalysisMetric,
): string => `json_build_object('value', ${VALUE[METRICS[metric].kind]}, 'n', count(*)::int, 'sum', sum(value)::float8,
    'average', avg(value)::float8, 'median', percentile_cont(0.5) within group (order by value::float8),
    'p90', percentile_cont(0.9) within group (order by value::float8))`;

const GROUPED_BY: Record<AnalysisGroup, string> = {
  day: 'day',
  channel: 'channel',
  queue: 'queue_id',
  person: 'person_id',
  tier: 'tier',
  kind: 'detail',
  store: 'store_id',
};
const NAMED: Partial<Record<AnalysisGroup, string>> = {
  store: '(select s.name from store s where s.id = g.key::uuid)',
  queue: '(select q.name from queue q where q.id = g.key::uuid)',
  person: '(select a.display_name from agent a where a.id = g.key::uuid)',
};

/** Since $8 the period itself, before that the one to compare with. */
const IS_NOW = (metric: AnalysisMetric): string => (METRICS[metric].isNow ? 'true' : 'at >= $8');

/** The card, with its days: rows of {isNow, day, figure}; day null: all of them. */
export const cardSql = (metric: AnalysisMetric): string => `with ${COUNTED(metric)}
  select is_now as "isNow", day::text, ${FIGURE(metric)} as figure from (select *, ${IS_NOW(metric)} as is_now from counted where $8::timestamptz is not null) f
  group by grouping sets ((is_now), (is_now, day)) having is_now or grouping(day) = 1 order by day`;

/** The card, its days, every channel on every day, and the rows of a group: {part, key, day, name, figure}. */
export const detailSql = (metric: AnalysisMetric, group: AnalysisGroup): string => {
  const by = GROUPED_BY[group];
  return `with ${COUNTED(metric)}, f as (select *, ${IS_NOW(metric)} as is_now from counted where $8::timestamptz is not null),
    g as (
      select case when is_now then 'now' else 'before' end as part, null::text as key, null::date as day, ${FIGURE(metric)} as figure from f group by is_now
      union all select 'days', null, day, ${FIGURE(metric)} from f where is_now group by day
      union all select 'cells', channel, day, ${FIGURE(metric)} from f where is_now group by channel, day
      union all select 'groups', ${by}::text, null, ${FIGURE(metric)} from f where is_now group by ${by})
  select part, key, day::text, ${NAMED[group] ? `case when part = 'groups' then ${NAMED[group]} end` : 'null'} as name, figure
  from g order by part, ${group === 'day' ? 'g.key' : `(figure ->> 'n')::int desc, g.key`}, g.day`;
};

const AS_ROW = `json_build_object('id', f.id, 'at', iso(f.at), 'day', f.day::text, 'case', json_build_object('id', f.case_id, 'reference', f.reference, 'customer', f.customer),
    'channel', f.channel, 'queue', (select json_build_object('id', q.id, 'name', q.name) from queue q where q.id = f.queue_id),
    'person', (select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = f.person_id),
    'tier', f.tier, 'value', f.value::float8, 'currency', f.currency, 'detail', f.detail)`;

/** Those rows themselves, newest first, after the place of $8 (microseconds) and $9 (id); $10 of them at most, null: all. */
export const rowsSql = (metric: AnalysisMetric): string => `with ${COUNTED(metric)},
    chosen as (select * from counted where $8::text is null or (at, id) < (${FROM_MICROS('$8')}, $9::uuid) order by at desc, id desc limit $10::int)
  select ${AS_ROW} as item, ${MICROS('f.at')} as at, f.id from chosen f order by f.at desc, f.id desc`;
