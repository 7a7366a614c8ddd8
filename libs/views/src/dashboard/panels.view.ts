import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  DASHBOARD_DAYS,
  type DashboardPanels,
  type PhonePanel,
  type PlacePanel,
  type PresenceState,
  type QueuePanel,
  type StaffPanel,
} from '#contracts';
import { CLOCK, CONFIG, Lately, type Clock, type Config } from '#platform';
import { COUNT_CAP, FIGURES } from './dashboard.sql.js';
import { QUEUES_KEPT } from './dashboard.view.js';
import { stateOf, type StaffFacts } from './staff.rules.js';

/** $1: now. Of each queue figures and indexes of what waits; nothing looks at all cases. */
const QUEUES = `select id, name, waiting, "oldestAt", "dueSoon", staff from (select q.is_default, q.store_id, q.id, q.name, coalesce((select f.count from ${FIGURES} f where f.tile = 'waiting' and f.queue_id = q.id), 0) as waiting,
    (select iso(min(c.opened_at)) from cases c where c.is_open and c.assignee_id is null and c.queue_id = q.id) as "oldestAt",
    (select count(*)::int from (select from case_ledger l where not l.is_over and l.assignee_id is null and l.queue_id = q.id
      and l.next_due_at <= $1::timestamptz + interval '1 hour' limit ${COUNT_CAP}) x) as "dueSoon",
    case when exists (select from queue_member m where m.queue_id = q.id) then
      (select count(*)::int from queue_member m join agent a on a.id = m.agent_id where m.queue_id = q.id and a.active and a.on_shift
        and not is_away(a.away_since, a.away_until, $1)) end as staff
  from queue q where q.removed_at is null) queues where store_id is null or waiting > 0 order by is_default desc, waiting desc, name limit 100`;

/** $1: now, $2: the queue. */
const PLACES = `select place, array[count(*) filter (where age < interval '1 day')::int, count(*) filter (where age >= interval '1 day' and age < interval '3 days')::int,
      count(*) filter (where age >= interval '3 days' and age < interval '5 days')::int, count(*) filter (where age >= interval '5 days')::int] as ages, iso(min(opened_at)) as "oldestAt"
  from (select $1::timestamptz - c.opened_at as age, c.opened_at, case when c.status = 'waiting' then c.wait_reason
      when case when c.assignee_id is not null then a.store_id else q.store_id end is not null then 'store' else 'us' end as place
    from cases c left join agent a on a.id = c.assignee_id left join queue q on q.id = c.queue_id
    where c.is_open and ($2::uuid is null or c.queue_id = $2)) open group by place`;

/** $1: now, $2: the queue. What is over is in no index that is looked at. */
const PHONES = `select holder, array[sum(a)::int, sum(b)::int, sum(c)::int, sum(d)::int] as ages, iso(min(oldest)) as "oldestAt",
    json_agg(json_build_object('stage', stage, 'count', a + b + c + d) order by stage) as stages
  from (select r.holder, r.stage, min(r.opened_at) as oldest, count(*) filter (where r.opened_at > $1::timestamptz - interval '1 day')::int as a,
      count(*) filter (where r.opened_at <= $1::timestamptz - interval '1 day' and r.opened_at > $1::timestamptz - interval '3 days')::int as b,
      count(*) filter (where r.opened_at <= $1::timestamptz - interval '3 days' and r.opened_at > $1::timestamptz - interval '5 days')::int as c,
      count(*) filter (where r.opened_at <= $1::timestamptz - interval '5 days')::int as d
    from repair_order r join cases k on k.id = r.case_id where r.stage not in ('returned', 'closed') and ($2::uuid is null or k.queue_id = $2)
    group by r.holder, r.stage) held group by holder`;

const PEOPLE = `select * from (select a.id, a.display_name as "displayName", a.role, s.name as store, a.on_shift as "onShift", is_away(a.away_since, a.away_until, $1) as "isAway", iso(a.away_until) as "awayUntil", a.capacity,
    (select count(*)::int from (select from cases c where c.is_open and c.assignee_id = a.id limit ${COUNT_CAP}) x) as load
  from agent a left join store s on s.id = a.store_id where a.active and a.role in ('agent', 'store')) people
  order by "isAway", "onShift" desc, load::float / greatest(capacity, 1) desc, "displayName" limit 200`;

/** $1: the first day, $2: the queue. */
const DAYS_BEFORE = `select day::text, sum(count)::int as count from service_day where day >= ($1::timestamptz at time zone $3)::date - ${DASHBOARD_DAYS} and ($2::uuid is null or queue_id = $2) group by day order by day`;

type Staff = Omit<StaffPanel, 'state' | 'until'> & StaffFacts;

/** What stands below the figures: queues, where cases lie, who is there, and the last days. */
@Injectable()
export class DashboardPanelsView {
  private readonly known = new Lately<{ until: number; panels: Promise<DashboardPanels> }>(QUEUES_KEPT);

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Never looks more often than a tenth of the time: with many cases an answer is a few seconds old, and says so (`at`).
   * @param doing what each person is doing at a case now
   */
  async read(queueId: string | null, doing: ReadonlyMap<string, PresenceState>): Promise<DashboardPanels> {
    const key = queueId ?? '';
    const known = this.known.get(key);
    if (known && performance.now() < known.until) return this.withStates(await known.panels, doing);
    const began = performance.now();
    const panels = this.look(queueId);
    const entry = { until: Infinity, panels };
    this.known.set(key, entry);
    try {
      const found = await panels;
      entry.until = performance.now() + 9 * (performance.now() - began);
      return this.withStates(found, doing);
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }

  private withStates(panels: DashboardPanels, doing: ReadonlyMap<string, PresenceState>): DashboardPanels {
    return {
      ...panels,
      people: panels.people.map((person) => ({ ...person, state: doing.get(person.id) ?? person.state })),
    };
  }

  private async look(queueId: string | null): Promise<DashboardPanels> {
    const now = this.clock.now();
    const [queues, places, phones, people, days]: [
      QueuePanel[],
      PlacePanel[],
      PhonePanel[],
      Staff[],
      DashboardPanels['days'],
    ] = await Promise.all([
      this.database.query(QUEUES, [now]),
      this.database.query(PLACES, [now, queueId]),
      this.database.query(PHONES, [now, queueId]),
      this.database.query(PEOPLE, [now]),
      this.database.query(DAYS_BEFORE, [now, queueId, this.config.timeZone]),
    ]);
    return {
      at: now.toISOString(),
      queues,
      places,
      phones,
      people: people.map(({ onShift, isAway, awayUntil, ...person }) => ({
        ...person,
        ...stateOf({ onShift, isAway, awayUntil }),
      })),
      days,
    };
  }
}
