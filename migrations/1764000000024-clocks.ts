import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long things may take, and the clocks that count it. */
export class Clocks1764000000024 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Of the active ones the first whose conditions are true of a case when it is opened.
      create table sla_policy (
        id uuid primary key,
        name text not null unique,
        position int not null,
        is_active boolean not null default true
      );
      -- Never changed: a clock keeps the version it runs by.
      create table sla_policy_version (
        id uuid primary key,
        policy_id uuid not null references sla_policy,
        version int not null,
        -- {priorities?, tiers?, channels?, lacks?}: lists of which one has to be true, nothing: all.
        conditions jsonb not null,
        -- metric → {minutes, calendar: house, always or the id of one}
        targets jsonb not null,
        created_by uuid references agent,
        created_at timestamptz not null,
        unique (policy_id, version)
      );

      -- How far the clocks of a case have read in what happened to it, and what they know of it. No foreign key to cases, here and
      -- below: clocks are written while cases are, and nobody may wait for the other. Cases are never deleted.
      create table case_ledger (
        case_id uuid primary key,
        seq bigint not null default 0,
        policy_version_id uuid references sla_policy_version,
        -- Of the calendars its due times were worked out by.
        calendar_revision int not null default 0,
        -- Of the calendars its first clocks went by.
        first_revision int,
        lacks text[] not null default '{}',
        waiting_for text check (waiting_for in ('customer', 'partner', 'parts', 'courier')),
        is_over boolean not null default false,
        -- The promises to write again that are open: [{id, dueAt}].
        promises jsonb not null default '[]',
        -- What partners were given of it, as far as was read: [{id, partner, state, agreed, left}].
        handoffs jsonb not null default '[]',
        -- metric → how many of it there have been.
        rounds jsonb not null default '{}',
        -- The nearest of the customer's clocks that run.
        next_metric text,
        next_due_at timestamptz,
        next_is_late boolean not null default false,
        -- A promise to write again is overdue; nobody of us has said a word for so long as the policy allows.
        update_late boolean not null default false,
        quiet boolean not null default false,
        -- How the case stood then: who has it, what the customer cannot do (relieved by other means or not), in whose turn it is.
        assignee_id uuid,
        queue_id uuid,
        without_service boolean not null default false,
        -- 0 calls, 1 data, 2 apps, 3 something else, 4 nothing.
        impact_rank smallint not null default 4,
        -- 0 gold, 1 silver, 2 standard.
        tier_rank smallint not null default 2,
        -- What could not be read, and is tried again: the error.
        stuck text,
        -- Clocks made anew from what happened are others than these: in what.
        mismatch text
        -- Many that lie side by side may be late in the same second: each finds room for what it becomes on its own page.
      ) with (fillfactor = 60);
      create index case_ledger_revision on case_ledger (calendar_revision) where not is_over;
      create index case_ledger_waits on case_ledger (queue_id, next_due_at, impact_rank, tier_rank, case_id) where not is_over and assignee_id is null;
      create index case_ledger_mine on case_ledger (assignee_id, next_due_at, impact_rank, tier_rank, case_id) where not is_over and assignee_id is not null;
      create index case_ledger_stuck on case_ledger (case_id) where stuck is not null;

      -- Up to which case ledgers were compared with what happened.
      create table clock_audit (
        id boolean primary key default true check (id),
        after_case uuid
      );
      insert into clock_audit default values;

      -- The team has a row only where its clock is another than the customer's.
      create table clock (
        case_id uuid not null references case_ledger,
        metric text not null check (metric in ('first_useful_action', 'next_response', 'next_update', 'silence', 'relief', 'resolution', 'partner_acknowledge',
          'partner_answer', 'partner_return')),
        side text not null check (side in ('customer', 'team', 'partner')),
        round int not null,
        started_at timestamptz not null,
        started_kind text not null check (started_kind in ('customer', 'agent', 'system')),
        started_id uuid,
        started_name text not null,
        -- Null: it has a fixed time.
        minutes int,
        -- Minutes that counted before it ran last.
        counted double precision not null,
        runs_since timestamptz,
        paused_for text check (paused_for in ('customer', 'partner', 'parts', 'courier', 'us')),
        due_at timestamptz,
        breached_at timestamptz,
        -- Its case says that it is late.
        is_told boolean not null default false,
        met_at timestamptz,
        ended_at timestamptz,
        -- Of a partner: which handoff it is about, and by what the minutes count that were agreed (null: as the policy says).
        handoff_id uuid,
        partner_name text,
        calendar text,
        constraint a_handoff_is_a_partners check (handoff_id is null or (side = 'partner' and partner_name is not null)),
        primary key (case_id, metric, side, round)
      ) with (fillfactor = 85);
      create unique index clock_one_live on clock (case_id, metric, side, handoff_id) nulls not distinct where met_at is null and ended_at is null;
      create index clock_due on clock (due_at) where met_at is null and ended_at is null and breached_at is null and due_at is not null;

      create index clock_untold on clock (case_id) where breached_at is not null and not is_told;

      -- With the clocks of teams that are the customer's still.
      create view clock_side as
        select * from clock
        union all
        select k.case_id, k.metric, 'team', k.round, k.started_at, k.started_kind, k.started_id, k.started_name, k.minutes, k.counted, k.runs_since, k.paused_for,
          k.due_at, k.breached_at, k.is_told, k.met_at, k.ended_at, k.handoff_id, k.partner_name, k.calendar
        from clock k where k.side = 'customer' and k.metric in ('relief', 'resolution')
          and not exists (select from clock t where t.case_id = k.case_id and t.metric = k.metric and t.side = 'team' and t.round = k.round);

      -- All that happened to a clock after it was started. Append-only. Of a team without a row of its own: what happened to the customer's.
      create table clock_line (
        id bigint generated always as identity primary key,
        -- No foreign key: a line comes by the statement that changes its clock, and to look up its ledger costs half as much again.
        case_id uuid not null,
        metric text not null,
        side text not null,
        round int not null,
        type text not null check (type in ('paused', 'resumed', 'met', 'breached', 'ended', 'reapplied')),
        at timestamptz not null,
        actor_kind text not null check (actor_kind in ('customer', 'agent', 'system')),
        actor_id uuid,
        actor_name text not null,
        reason text,
        minutes double precision not null
      );
      create index clock_line_case on clock_line (case_id, id);
      create trigger clock_line_no_change before update or delete on clock_line for each row execute function case_event_is_append_only();

      -- Clocks read a case's events in their order.
      create index case_event_order on case_event (case_id, seq);
      create index case_event_bare on case_event (case_id) where type = 'redirect.bare';

      with policy as (insert into sla_policy (id, name, position) values (new_id(), 'General', 1000) returning id)
      insert into sla_policy_version (id, policy_id, version, conditions, targets, created_at)
      select new_id(), id, 1, '{}', '{"first_useful_action": {"minutes": 60, "calendar": "house"}, "next_response": {"minutes": 120, "calendar": "house"},
          "silence": {"minutes": 1440, "calendar": "always"}, "relief": {"minutes": 1440, "calendar": "always"},
          "resolution": {"minutes": 7200, "calendar": "always"}, "partner_answer": {"minutes": 2880, "calendar": "house"},
          "partner_acknowledge": {"minutes": 1440, "calendar": "house"}, "partner_return": {"minutes": 14400, "calendar": "always"}}', now()
      from policy;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index case_event_order, case_event_bare;
      drop view clock_side;
      drop table clock_line, clock, clock_audit, case_ledger, sla_policy_version, sla_policy;
    `);
  }
}
