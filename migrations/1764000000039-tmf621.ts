import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Handoffs as trouble tickets (TMF621): which ticket is which handoff, who listens to us, and whom we listen to. */
export class Tmf6211764000000039 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TICKETS);
    await db.query(HUB);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger handoff_entry_told on handoff_entry;
      drop function handoff_entry_told();
      drop table tmf_event, tmf_subscription, tmf_registration, tmf_ticket;
    `);
  }
}

const TICKETS = `
  create table tmf_ticket (
    handoff_id uuid primary key references handoff,
    partner_id uuid not null references partner,
    -- Where the ticket is kept: with whoever took the work.
    home text not null check (home in ('ours', 'theirs')),
    -- Its number there; of ours it is the handoff's own.
    ticket_id text,
    -- Of a ticket they gave us: what we keep nowhere else.
    posted jsonb not null default '{}',
    -- Of a ticket of theirs: what was in it when it was last looked at (Seen), and what of its history we caused.
    seen jsonb not null default '{}',
    caused text[] not null default '{}',
    -- When it is looked at next.
    look_at timestamptz,
    fails int not null default 0,
    error text,
    -- They took it off their list.
    deleted_at timestamptz,
    constraint theirs_has_a_number check (home = 'ours' or ticket_id is not null),
    constraint only_theirs_is_looked_at check (home = 'theirs' or look_at is null),
    unique (partner_id, ticket_id)
  );
  create index tmf_ticket_look on tmf_ticket (look_at) where look_at is not null;

  -- That they tell us of their tickets.
  create table tmf_registration (
    partner_id uuid primary key references partner,
    url text not null,
    hub_id text,
    registered_at timestamptz not null
  );
`;

const HUB = `
  -- That we tell them of ours.
  create table tmf_subscription (
    id uuid primary key,
    partner_id uuid not null references partner,
    -- By which they said so: with it the listener ends.
    key_id uuid not null references partner_key,
    callback text not null check (callback <> ''),
    query text not null,
    created_at timestamptz not null,
    ended_at timestamptz
  );
  create unique index tmf_subscription_once on tmf_subscription (partner_id, callback, query) where ended_at is null;

  -- One thing to tell one listener. Each waits for those before it.
  create table tmf_event (
    seq bigint generated always as identity primary key,
    id uuid not null unique default gen_random_uuid(),
    subscription_id uuid not null references tmf_subscription,
    handoff_id uuid not null references handoff,
    entry_id uuid not null references handoff_entry,
    state text not null check (state in ('waiting', 'sent', 'dead')),
    attempts int not null default 0,
    due_at timestamptz,
    error text,
    -- Nobody took it in three days; a person has it told again, or puts it away.
    given_up_at timestamptz,
    settled_by uuid references agent,
    settled_at timestamptz,
    constraint waiting_is_due check ((state = 'waiting') = (due_at is not null)),
    constraint given_up_is_dead check (given_up_at is null or state = 'dead'),
    unique (subscription_id, entry_id)
  );
  create index tmf_event_given_up on tmf_event (given_up_at, id) where given_up_at is not null;
  create index tmf_event_of on tmf_event (subscription_id) where given_up_at is not null;
  create index tmf_event_waiting on tmf_event (subscription_id, seq) where state = 'waiting';

  -- Whatever is said so that the partner may hear it is told to those of them who listen, in the same moment.
  create function handoff_entry_told() returns trigger language plpgsql as $$
  begin
    if new.audience <> 'internal' and new.applied then
      insert into tmf_event (subscription_id, handoff_id, entry_id, state, due_at)
      select s.id, new.handoff_id, new.id, 'waiting', new.recorded_at from tmf_subscription s
      join handoff h on h.id = new.handoff_id and h.partner_id = s.partner_id where s.ended_at is null order by s.id;
    end if;
    return null;
  end $$;
  create trigger handoff_entry_told after insert on handoff_entry for each row execute function handoff_entry_told();
`;
