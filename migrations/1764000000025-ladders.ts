import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happens when clocks run out: ladders, and the rungs that were reached. */
export class Ladders1764000000025 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(LADDERS);
    await db.query(ESCALATIONS);
    await db.query(SEED);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table escalation;
      alter table clock drop column ladder_version_id, drop column rungs_raised, drop column next_rung, drop column rung_at;
      drop table ladder_version, ladder;
      drop sequence ladder_revision;
    `);
  }
}

const LADDERS = `
  create sequence ladder_revision as int;
  create table ladder (
    id uuid primary key,
    name text not null unique check (name <> ''),
    -- Null: of all queues that have no other.
    queue_id uuid references queue,
    revision int not null default nextval('ladder_revision'),
    constraint ladder_queue unique nulls not distinct (queue_id)
  );
  create index ladder_revision_highest on ladder (revision);
  -- Never changed: a clock keeps the version it began with.
  create table ladder_version (
    id uuid primary key,
    ladder_id uuid not null references ladder,
    version int not null,
    -- [{when, metrics, tell, accountable, queueId, priority, acknowledgeMinutes}]
    rungs jsonb not null,
    created_by uuid references agent,
    created_at timestamptz not null,
    unique (ladder_id, version)
  );
`;

const ESCALATIONS = `
  alter table clock
    add column ladder_version_id uuid,
    -- A bit for each rung that was raised.
    add column rungs_raised int not null default 0,
    -- The rung that is reached next by time alone, and when. Of a clock that is over: when its escalations ended, until they have.
    add column next_rung smallint,
    add column rung_at timestamptz;
  create index clock_rung on clock (rung_at) where rung_at is not null;

  create table escalation (
    id uuid primary key,
    case_id uuid not null,
    metric text not null,
    side text not null,
    round int not null,
    rung smallint not null,
    -- That of its clock; versions are never changed nor deleted, as with the clock no foreign key has to say so.
    ladder_version_id uuid not null,
    reason text not null check (reason in ('share', 'breach', 'elapsed', 'unacknowledged')),
    -- When the rung was reached, and when we said so.
    due_at timestamptz not null,
    raised_at timestamptz not null,
    -- Whoever raises it has read both a moment before, and neither is ever deleted: to look them up again is a third of its price.
    accountable_id uuid,
    -- Where the case was from then on.
    queue_id uuid,
    told uuid[] not null,
    -- It stands for its clock in the list of what waits to be acknowledged: the highest that was raised, and more than a reminder.
    is_shown boolean not null,
    acknowledge_by timestamptz,
    -- It was not acknowledged in time, and the next rung was raised if there was one.
    climbed_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by uuid references agent,
    ended_at timestamptz,
    ended_why text check (ended_why in ('met', 'dropped')),
    constraint escalation_once unique (case_id, metric, round, rung),
    constraint ended_for_a_reason check ((ended_at is null) = (ended_why is null)),
    constraint somebody_acknowledged check ((acknowledged_at is null) = (acknowledged_by is null))
  );
  create index escalation_open on escalation (raised_at desc, id desc) where is_shown and acknowledged_at is null and ended_at is null;
  create index escalation_open_queue on escalation (queue_id, raised_at desc, id desc) where is_shown and acknowledged_at is null and ended_at is null;
  create index escalation_accountable on escalation (accountable_id) where acknowledged_at is null and ended_at is null;
  create index escalation_silent on escalation (acknowledge_by)
    where acknowledge_by is not null and climbed_at is null and acknowledged_at is null and ended_at is null;
  create index escalation_acknowledged on escalation (raised_at desc, id desc) where acknowledged_at is not null and ended_at is null;
  create index escalation_ended on escalation (raised_at desc, id desc) where ended_at is not null;
`;

const SEED = `
  insert into queue (id, name) values (gen_random_uuid(), 'Crítico') on conflict (name) do nothing;

  with house as (insert into ladder (id, name) values (new_id(), 'General') returning id),
  rung (n, at, metrics, tell, accountable, critical, minutes) as (values
    (1, '{"share": 0.75}', '{first_useful_action,next_response,next_update,relief,resolution,partner_acknowledge,partner_answer,partner_return}', '{owner}', null, false, null),
    (2, '{"afterBreachMinutes": 0}', '{first_useful_action,next_response,next_update,relief,resolution,partner_acknowledge,partner_answer,partner_return}',
      '{owner,supervisors}', null, false, 15),
    (3, '{"unacknowledged": true}', '{first_useful_action,next_response,next_update,relief,resolution,partner_acknowledge,partner_answer,partner_return}',
      '{supervisors}', 'supervisor', false, null),
    (4, '{"afterBreachMinutes": 0}', '{silence}', '{owner,supervisors}', null, false, null),
    (5, '{"elapsedMinutes": 1440}', '{relief}', '{supervisors}', null, true, null),
    (6, '{"elapsedMinutes": 2880}', '{relief}', '{owner,supervisors}', 'supervisor', false, null),
    (7, '{"elapsedMinutes": 4320}', '{relief}', '{owner,supervisors,admins}', null, false, null))
  insert into ladder_version (id, ladder_id, version, rungs, created_at)
  select new_id(), house.id, 1, (select jsonb_agg(jsonb_build_object('when', at::jsonb, 'metrics', to_jsonb(metrics::text[]), 'tell', to_jsonb(tell::text[]),
      'accountable', accountable, 'queueId', case when critical then (select id from queue where name = 'Crítico') end,
      'priority', case when critical then 'critical' end, 'acknowledgeMinutes', minutes) order by n) from rung), now()
  from house;

  -- Clocks that run already are read on once, and find their ladder then.
  update case_ledger set calendar_revision = 0 where not is_over;
`;
