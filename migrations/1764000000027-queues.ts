import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works a queue, what it takes to work it, and who is away. */
export class Queues1764000000027 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(QUEUES);
    await db.query(AWAY);
    await db.query(WORK);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger ledger_language on customer;
      drop function ledger_language;
      drop index case_ledger_take, case_ledger_own, case_ledger_update_due, case_ledger_without_service, case_ledger_partner, case_ledger_quiet;
      create index case_ledger_waits on case_ledger (queue_id, next_due_at, impact_rank, tier_rank, case_id) where not is_over and assignee_id is null;
      create index case_ledger_mine on case_ledger (assignee_id, next_due_at, impact_rank, tier_rank, case_id) where not is_over and assignee_id is not null;
      drop function queues_of, is_away, due_minute;
      alter table case_ledger drop column language;
      drop index cases_waiting_in;
      alter table handover drop column absence_id;
      drop table absence;
      alter table agent drop column skills, drop column languages, drop column away_since, drop column away_until, drop column away_reason;
      drop table queue_member;
      delete from queue where kind = 'escalation' and not exists (select from cases where queue_id = queue.id)
        and not exists (select from handover where to_queue = queue.id or from_queue = queue.id);
      drop index queue_name;
      update queue set name = name || ' · ' || id where removed_at is not null;
      alter table queue add constraint queue_name_key unique (name), drop column kind, drop column skills, drop column removed_at;
      create or replace function store_has_a_queue() returns trigger language plpgsql as $$
      begin
        insert into queue (id, name, store_id) values (gen_random_uuid(), new.name, new.id)
        on conflict (name) do update set store_id = coalesce(queue.store_id, excluded.store_id);
        if not exists (select from queue where store_id = new.id) then
          insert into queue (id, name, store_id) values (gen_random_uuid(), new.name || ' · ' || new.code, new.id);
        end if;
        return null;
      end $$;
    `);
  }
}

const QUEUES = `
  alter table queue
    add column kind text not null default 'work' check (kind in ('work', 'escalation')),
    -- All of them are needed to work it.
    add column skills text[] not null default '{}',
    -- Cases that were in it still name it.
    add column removed_at timestamptz,
    add constraint the_default_stays check (not is_default or removed_at is null),
    add constraint a_store_keeps_its_queue check (store_id is null or removed_at is null),
    drop constraint queue_name_key;
  create unique index queue_name on queue (name) where removed_at is null;
  create or replace function store_has_a_queue() returns trigger language plpgsql as $$
  begin
    insert into queue (id, name, store_id) values (gen_random_uuid(), new.name, new.id)
    on conflict (name) where removed_at is null do update set store_id = coalesce(queue.store_id, excluded.store_id);
    if not exists (select from queue where store_id = new.id) then
      insert into queue (id, name, store_id) values (gen_random_uuid(), new.name || ' · ' || new.code, new.id);
    end if;
    return null;
  end $$;

  -- Nobody in it: whoever works there (the contact centre, or its store).
  create table queue_member (
    queue_id uuid not null references queue,
    agent_id uuid not null references agent on delete cascade,
    primary key (queue_id, agent_id)
  );
  create index queue_member_agent on queue_member (agent_id);

  insert into queue (id, name, kind) values (new_id(), 'Crítico', 'escalation')
  on conflict (name) where removed_at is null do update set kind = 'escalation';
`;

const AWAY = `
  alter table agent
    add column skills text[] not null default '{}',
    -- In which they write to customers; none stated: any.
    add column languages text[] not null default '{}' check (languages <@ array['es', 'en']),
    -- As of the absence that has not ended.
    add column away_since timestamptz,
    add column away_until timestamptz,
    add column away_reason text,
    add constraint away_since_when check (away_since is not null or (away_until is null and away_reason is null)),
    add constraint away_ends_after_it_began check (away_until > away_since);

  -- Whoever is back by the time they named needs not say so.
  create function is_away(since timestamptz, until timestamptz, at timestamptz) returns boolean language sql immutable parallel safe
    return since is not null and (until is null or until > at);

  create table absence (
    id uuid primary key,
    agent_id uuid not null references agent on delete cascade,
    since timestamptz not null,
    until timestamptz,
    reason text not null check (reason <> ''),
    ended_at timestamptz,
    constraint absence_ends_after_it_began check (until > since)
  );
  create unique index absence_open on absence (agent_id) where ended_at is null;
  create index absence_agent on absence (agent_id, since desc);

  -- Handed back because somebody goes away.
  alter table handover add column absence_id uuid references absence on delete set null;
  create index handover_absence on handover (absence_id) where absence_id is not null;
`;

const WORK = `
  -- In which language a case is written: who writes in one walks past no other.
  alter table case_ledger add column language text not null default 'es' check (language in ('es', 'en'));
  update case_ledger l set language = cu.language from cases c join customer cu on cu.id = c.customer_id
  where c.id = l.case_id and l.language <> cu.language;

  -- Ledgers read it when something happens in their case. That somebody speaks another language happens to all of theirs at once.
  create function ledger_language() returns trigger language plpgsql as $$
  begin
    update case_ledger l set language = new.language from cases c
    where c.customer_id = new.id and l.case_id = c.id and l.language <> new.language;
    return null;
  end $$;
  create trigger ledger_language after update of language on customer for each row when (old.language <> new.language)
    execute function ledger_language();

  -- What is due in the same minute goes by what is graver; what is not due comes last.
  create function due_minute(due timestamptz) returns timestamptz language sql immutable parallel safe
    return coalesce(date_bin(interval '1 minute', due, timestamptz '2020-01-01 00:00+00'), timestamptz '9999-01-01 00:00+00');

  -- The lists of what is due, each in the order in which it is read.
  drop index case_ledger_waits, case_ledger_mine;
  create index case_ledger_take on case_ledger (queue_id, language, due_minute(next_due_at), impact_rank, tier_rank, case_id)
    where not is_over and assignee_id is null;
  create index case_ledger_own on case_ledger (assignee_id, due_minute(next_due_at), impact_rank, tier_rank, case_id) where not is_over and assignee_id is not null;
  create index case_ledger_update_due on case_ledger (due_minute(next_due_at), impact_rank, tier_rank, case_id)
    where not is_over and (update_late or next_metric = 'next_update');
  create index case_ledger_without_service on case_ledger (due_minute(next_due_at), impact_rank, tier_rank, case_id) where not is_over and without_service;
  create index case_ledger_partner on case_ledger (due_minute(next_due_at), impact_rank, tier_rank, case_id) where not is_over and waiting_for = 'partner';
  create index case_ledger_quiet on case_ledger (due_minute(next_due_at), impact_rank, tier_rank, case_id) where not is_over and quiet;

  -- What waits in a queue, the longest waiting first.
  create index cases_waiting_in on cases (queue_id, opened_at) where is_open and assignee_id is null;

  -- The queues somebody works: those they are a member of, and those without members at the place where they work, if they have what
  -- it takes.
  create function queues_of(person uuid) returns setof uuid language sql stable rows 10
  begin atomic
    select q.id from queue q, agent a
    where a.id = person and q.removed_at is null and q.skills <@ a.skills
      and case when exists (select from queue_member m where m.queue_id = q.id)
        then exists (select from queue_member m where m.queue_id = q.id and m.agent_id = a.id)
        else case when a.role = 'store' then q.store_id = a.store_id else q.store_id is null end end;
  end;
`;
