import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures of the house as rows, what they were each day, and the links of screens on walls. */
export class Dashboard1764000000028 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(LEDGER);
    await db.query(COUNTERS);
    await db.query(REST);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table wall_link, service_day, dashboard_recount;
      drop trigger ledger_counted_new on case_ledger;
      drop trigger ledger_counted on case_ledger;
      drop trigger ledger_uncounted on case_ledger;
      drop table dashboard_delta, dashboard_count;
      drop function dashboard_counted_new, dashboard_counted, dashboard_uncounted, dashboard_tiles;
      drop index clock_update_late, case_ledger_paper, case_ledger_without, case_ledger_lacking, case_ledger_next;
      drop trigger ledger_without_since on case_ledger;
      drop trigger ledger_without_since_new on case_ledger;
      drop function ledger_without_since;
      alter table case_ledger drop column on_paper, drop column is_answered, drop column without_since;
    `);
  }
}

const LEDGER = `
  alter table case_ledger
    -- No clock of the customer's runs that an answer would stop.
    add column is_answered boolean not null default false,
    -- Since when the customer is without something they lost.
    add column without_since timestamptz;
  alter table case_ledger
    -- Nothing is late, nobody waits for an answer of ours, and the customer lacks something.
    add column on_paper boolean not null generated always as
      (not is_over and lacks <> '{}' and is_answered and not next_is_late and not update_late and not quiet) stored;

  create function ledger_without_since() returns trigger language plpgsql as $$
  begin
    new.without_since := case when new.without_service then
      coalesce((select min(i.reported_at) from impact i where i.case_id = new.case_id and i.state <> 'restored'), clock_timestamp()) end;
    return new;
  end $$;
  create trigger ledger_without_since_new before insert on case_ledger for each row
    when (new.without_service) execute function ledger_without_since();
  create trigger ledger_without_since before update on case_ledger for each row
    when (new.without_service is distinct from old.without_service) execute function ledger_without_since();
  update case_ledger l set without_since = (select min(i.reported_at) from impact i where i.case_id = l.case_id and i.state <> 'restored')
  where without_service;
  update case_ledger l set is_answered = not exists (select from clock k where k.case_id = l.case_id and k.side = 'customer'
    and k.metric in ('first_useful_action', 'next_response') and k.met_at is null and k.ended_at is null and k.paused_for is null);

  -- The rows behind each figure, in the order they are shown.
  create index case_ledger_paper on case_ledger (without_since, case_id) where on_paper;
  create index case_ledger_without on case_ledger (without_since, case_id) where not is_over and without_service;
  create index case_ledger_lacking on case_ledger (without_since, case_id) where not is_over and lacks <> '{}';
  -- What is late comes first, what will be follows. That it is late stands in no index: thousands may be from one second to the next,
  -- and each would write an entry in every index of the table.
  create index case_ledger_next on case_ledger (next_due_at, case_id) where not is_over;
  create index clock_update_late on clock (due_at, case_id)
    where metric = 'next_update' and side = 'customer' and met_at is null and ended_at is null and breached_at is not null;`;

const COUNTERS = `
  -- The figures a case stands under, whatever time it is. The conditions are those of dashboard.sql.ts.
  create function dashboard_tiles(l case_ledger) returns text[] language sql immutable parallel safe as $$
    select case when l.is_over then '{}'::text[] else array_remove(array[
      case when l.on_paper then 'paper' end,
      case when l.without_service then 'without_service' end,
      case when l.lacks <> '{}' then 'without_loaner' end,
      case when l.next_is_late then 'breached' end,
      case when l.update_late then 'update_late' end,
      case when l.assignee_id is null and l.queue_id is not null then 'waiting' end], null) end
  $$;

  -- A figure is its row here and all that was added since: writers only ever add, so nobody waits for anybody.
  create table dashboard_count (
    tile text not null,
    -- All zeroes: in no queue.
    queue_id uuid not null,
    count bigint not null,
    primary key (tile, queue_id)
  ) with (fillfactor = 50);
  create table dashboard_delta (
    id bigint generated always as identity primary key,
    tile text not null,
    queue_id uuid not null,
    delta bigint not null
  );

  create function dashboard_counted_new() returns trigger language plpgsql as $$
  begin
    insert into dashboard_delta (tile, queue_id, delta)
    select tile, coalesce(a.queue_id, '00000000-0000-0000-0000-000000000000'), count(*) from after_it a, unnest(dashboard_tiles(a)) tile group by 1, 2;
    return null;
  end $$;
  create function dashboard_counted() returns trigger language plpgsql as $$
  begin
    insert into dashboard_delta (tile, queue_id, delta)
    select tile, queue_id, sum(n) from (
      select tile, coalesce(a.queue_id, '00000000-0000-0000-0000-000000000000') as queue_id, 1 as n from after_it a, unnest(dashboard_tiles(a)) tile
      union all
      select tile, coalesce(b.queue_id, '00000000-0000-0000-0000-000000000000'), -1 from before_it b, unnest(dashboard_tiles(b)) tile) moved
    group by 1, 2 having sum(n) <> 0;
    return null;
  end $$;
  create function dashboard_uncounted() returns trigger language plpgsql as $$
  begin
    insert into dashboard_delta (tile, queue_id, delta)
    select tile, coalesce(b.queue_id, '00000000-0000-0000-0000-000000000000'), -count(*) from before_it b, unnest(dashboard_tiles(b)) tile group by 1, 2;
    return null;
  end $$;
  create trigger ledger_counted_new after insert on case_ledger referencing new table as after_it
    for each statement execute function dashboard_counted_new();
  create trigger ledger_counted after update on case_ledger referencing old table as before_it new table as after_it
    for each statement execute function dashboard_counted();
  create trigger ledger_uncounted after delete on case_ledger referencing old table as before_it
    for each statement execute function dashboard_uncounted();

  insert into dashboard_count (tile, queue_id, count)
  select tile, coalesce(l.queue_id, '00000000-0000-0000-0000-000000000000'), count(*) from case_ledger l, unnest(dashboard_tiles(l)) tile group by 1, 2;

  -- Each time the figures were compared with all rows: where they differed.
  create table dashboard_recount (
    at timestamptz primary key,
    wrong jsonb not null
  );
`;

const REST = `
  -- Customers without service at the end of a day of the house, by the queue their case lay in.
  create table service_day (
    day date not null,
    queue_id uuid not null,
    count int not null,
    primary key (day, queue_id)
  );

  create table wall_link (
    id uuid primary key,
    name text not null check (name <> ''),
    token_hash bytea not null unique,
    -- Null: all queues.
    queue_id uuid references queue,
    language text not null check (language in ('es', 'en')),
    created_by uuid not null references agent,
    created_at timestamptz not null,
    last_seen_at timestamptz,
    revoked_at timestamptz
  );
  create index wall_link_current on wall_link (created_at) where revoked_at is null;
`;
