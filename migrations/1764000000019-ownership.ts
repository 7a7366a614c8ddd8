import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who answers for a case and what they do next, how it changes hands, and what is known of the stores people are sent to. */
export class Ownership1764000000019 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(STORES);
    await db.query(NEXT_ACTION);
    await db.query(HANDS);
    await db.query(REDIRECTS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table warm_redirect, handover;
      drop trigger next_action_follows on cases;
      drop function next_action_follows, follow_next_action;
      alter table cases drop constraint next_action_is_known, drop constraint other_is_written_out, drop constraint due_or_a_reason,
        drop column next_action_text, drop column next_action_values, drop column next_action_due_at, drop column next_action_no_due,
        drop column next_action_by, drop column next_action_at, drop column next_action_id, drop column next_action_parked, drop column owner_why;
      alter table agent drop column on_shift, drop column capacity;
      alter table customer drop column city, drop column postcode;
      drop trigger store_has_a_queue on store;
      drop function store_has_a_queue;
      alter table queue drop column store_id;
      alter table store drop column postcode, drop column lat, drop column lon, drop column hours, drop column waiting, drop column waiting_at;
    `);
  }
}

const STORES = `
  alter table store
    add column postcode text,
    add column lat double precision check (lat between -90 and 90),
    add column lon double precision check (lon between -180 and 180),
    -- {weekly: {mon: [{from, to}]}, exceptions: [{date, spans}]}, wall-clock times of its own zone.
    add column hours jsonb,
    -- How many wait at the counter, as the store said last.
    add column waiting int check (waiting >= 0),
    add column waiting_at timestamptz,
    add constraint a_place_has_both check ((lat is null) = (lon is null));

  -- Where the customer lives, as far as anybody knows: what is near is measured from there.
  alter table customer add column city text, add column postcode text;

  -- What is handed to a store waits in its queue.
  alter table queue add column store_id uuid unique references store;
  create function store_has_a_queue() returns trigger language plpgsql as $$
  begin
    insert into queue (id, name, store_id) values (gen_random_uuid(), new.name, new.id)
    on conflict (name) do update set store_id = coalesce(queue.store_id, excluded.store_id);
    if not exists (select from queue where store_id = new.id) then
      insert into queue (id, name, store_id) values (gen_random_uuid(), new.name || ' · ' || new.code, new.id);
    end if;
    return null;
  end $$;
  create trigger store_has_a_queue after insert on store for each row execute function store_has_a_queue();
  insert into queue (id, name, store_id) select gen_random_uuid(), s.name || ' · ' || s.code, s.id from store s;
`;

const NEXT_ACTION = `
  alter table cases
    add column next_action_text text,
    add column next_action_values jsonb not null default '{}',
    add column next_action_due_at timestamptz,
    add column next_action_no_due text default 'in_turn' check (next_action_no_due in ('in_turn', 'customers_turn', 'others_turn')),
    -- Of what a person planned; all null: it follows from the conversation.
    add column next_action_by uuid references agent,
    add column next_action_at timestamptz,
    add column next_action_id uuid,
    -- What was planned when the customer wrote: they are answered first.
    add column next_action_parked jsonb,
    add constraint next_action_is_known check (next_action in ('reply', 'await_customer', 'call_back', 'send_update', 'check_store', 'check_partner', 'answer_partner', 'after_rejection', 'after_partner', 'welcome',
      'confirm_solved', 'other')),
    add constraint other_is_written_out check ((next_action = 'other') = (next_action_text is not null) and next_action_text is distinct from ''),
    add constraint due_or_a_reason check ((next_action_due_at is null) <> (next_action_no_due is null));

  -- What is known of a next action that follows from the conversation: who wrote last.
  create function follow_next_action(c cases, code text) returns cases language plpgsql immutable as $$
  begin
    c.next_action := code;
    c.next_action_text := null;
    c.next_action_values := '{}';
    c.next_action_due_at := null;
    c.next_action_no_due := case when code = 'await_customer' then 'customers_turn' else 'in_turn' end;
    c.next_action_by := null;
    c.next_action_at := null;
    c.next_action_id := null;
    return c;
  end $$;

  -- Writers on the road of messages say 'reply' or 'await_customer' and no more. A plan a person made is neither lost nor done
  -- by that: when the customer writes it waits until they are answered, and answering them does not undo it. Planned by somebody
  -- or not, there is one next action at any moment.
  create function next_action_follows() returns trigger language plpgsql as $$
  declare
    -- 'reply' and 'await_customer' are done once the one or the other has written; a call back once we have called.
    lasting boolean := old.next_action_id is not null and old.next_action not in ('reply', 'await_customer')
      and not (old.next_action = 'call_back' and new.last_channel = 'phone' and new.last_direction = 'outbound'
        and new.last_interaction_at is distinct from old.last_interaction_at);
    plan jsonb := case when lasting then jsonb_build_object('next_action', old.next_action, 'next_action_text', old.next_action_text,
        'next_action_values', old.next_action_values, 'next_action_due_at', old.next_action_due_at, 'next_action_no_due', old.next_action_no_due,
        'next_action_by', old.next_action_by, 'next_action_at', old.next_action_at, 'next_action_id', old.next_action_id)
      else old.next_action_parked end;
    code text := new.next_action;
  begin
    new := follow_next_action(new, code);
    if code = 'await_customer' and plan is not null then
      new := jsonb_populate_record(new, plan);
      new.next_action_parked := null;
    elsif code = 'reply' then
      new.next_action_parked := plan;
    end if;
    return new;
  end $$;
  create trigger next_action_follows before update of next_action on cases for each row
    when (old.next_action <> new.next_action and old.next_action_id is not distinct from new.next_action_id)
    execute function next_action_follows();
`;

const HANDS = `
  alter table agent
    -- Whether cases may come to them by themselves, and how many at most.
    add column on_shift boolean not null default false,
    add column capacity int not null default 40 check (capacity between 0 and 1000);

  -- Why the case came to who has it: {agentId, code, values, at}; of another assignee it says nothing.
  alter table cases add column owner_why jsonb;

  -- A case changes hands inside the house: why, and whether whoever receives it has said that they have it.
  create table handover (
    id uuid primary key,
    case_id uuid not null references cases,
    from_agent uuid references agent,
    from_queue uuid references queue,
    to_agent uuid references agent,
    to_queue uuid references queue,
    by_id uuid not null references agent,
    by_name text not null,
    reason text not null check (reason <> ''),
    note text,
    at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by uuid references agent,
    -- It went on before anybody said that they had it.
    superseded_at timestamptz,
    constraint from_one check ((from_agent is null) <> (from_queue is null)),
    constraint to_one check ((to_agent is null) <> (to_queue is null)),
    constraint acknowledged_by_somebody check ((acknowledged_at is null) = (acknowledged_by is null))
  );
  create index handover_case on handover (case_id, at desc);
  create index handover_open_person on handover (to_agent, at) where acknowledged_at is null and superseded_at is null;
  create index handover_open_queue on handover (to_queue, at) where acknowledged_at is null and superseded_at is null;
`;

const REDIRECTS = `
  -- Somebody was shown the way to a store, which knows that they are coming.
  create table warm_redirect (
    id uuid primary key,
    case_id uuid not null references cases,
    store_id uuid not null references store,
    -- What was sent; taken back while it was held, nobody is on their way.
    interaction_id uuid not null unique references interaction,
    bring text[] not null default '{}',
    by_id uuid not null references agent,
    by_name text not null,
    at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by uuid references agent,
    taken_back_at timestamptz,
    constraint redirect_acknowledged_by_somebody check ((acknowledged_at is null) = (acknowledged_by is null))
  );
  create index warm_redirect_store on warm_redirect (store_id, at desc) where taken_back_at is null;
  create index warm_redirect_case on warm_redirect (case_id);
`;
