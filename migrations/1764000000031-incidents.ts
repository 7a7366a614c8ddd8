import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Many cases of one cause, and what is written to all of them at once. */
export class Incidents1764000000031 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(INCIDENTS);
    await db.query(UPDATES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table incident_update_item, incident_update, incident_case, incident');
  }
}

const INCIDENTS = `
  create table incident (
    id uuid primary key,
    reference text,
    title text not null check (title <> ''),
    kind text not null check (kind in ('network', 'service', 'billing', 'device', 'other')),
    -- What customers are told while it lasts.
    told_es text not null,
    told_en text not null,
    -- IncidentFilter (contracts): by it new arrivals are suggested; null: none are.
    look jsonb,
    state text not null default 'open' check (state in ('open', 'resolved')),
    opened_by uuid not null references agent,
    opened_at timestamptz not null,
    resolved_by uuid references agent,
    resolved_at timestamptz,
    constraint somebody_resolved_it check ((state = 'resolved') = (resolved_at is not null and resolved_by is not null))
  );
  create index incident_newest on incident (opened_at desc, id desc);
  create index incident_open on incident (opened_at desc, id desc) where state = 'open';

  -- A case has been in as often as it was added; while it is, or is proposed to be, there is one row of it.
  create table incident_case (
    id uuid primary key,
    incident_id uuid not null references incident,
    case_id uuid not null references cases,
    state text not null check (state in ('in', 'proposed', 'out')),
    -- Who proposed it, then who put it in.
    added_by uuid not null references agent,
    added_at timestamptz not null,
    removed_by uuid references agent,
    removed_at timestamptz,
    constraint somebody_took_it_out check ((state = 'out') = (removed_at is not null and removed_by is not null))
  );
  create unique index incident_case_once on incident_case (incident_id, case_id) where state <> 'out';
  create index incident_case_newest on incident_case (incident_id, state, added_at desc, id desc) where state <> 'out';
  create index incident_case_case on incident_case (case_id);
`;

const UPDATES = `
  -- One text to every case of an incident.
  create table incident_update (
    id uuid primary key,
    incident_id uuid not null references incident,
    kind text not null check (kind in ('update', 'restored')),
    text_es text not null,
    text_en text not null,
    next_update_at timestamptz,
    state text not null check (state in ('running', 'stopping', 'stopped', 'done')),
    created_by uuid not null references agent,
    created_at timestamptz not null,
    stopped_by uuid references agent,
    stopped_at timestamptz,
    finished_at timestamptz,
    total int not null
  );
  create index incident_update_newest on incident_update (incident_id, created_at desc, id desc);
  -- The next one begins once all of this one is written, or it is stopped.
  create unique index incident_update_one on incident_update (incident_id) where state = 'running';
  create index incident_update_unfinished on incident_update (created_at, id) where state in ('running', 'stopping');

  create table incident_update_item (
    update_id uuid not null references incident_update,
    case_id uuid not null references cases,
    -- waiting: its turn has not come · made: there is a reply, whose delivery says how it goes.
    state text not null default 'waiting' check (state in ('waiting', 'made', 'skipped', 'failed', 'stopped')),
    channel text check (channel in ('twitter', 'email')),
    language text check (language in ('es', 'en', 'both')),
    -- Whom it goes to, so that nobody gets it twice: families share addresses.
    address text,
    reason text,
    attempts int not null default 0,
    interaction_id uuid references interaction,
    promise_id uuid references promise,
    at timestamptz,
    primary key (update_id, case_id),
    constraint a_made_one_has_its_reply check ((state = 'made') <= (interaction_id is not null))
  );
  create unique index incident_update_item_address on incident_update_item (update_id, channel, address) where address is not null;
  create index incident_update_item_waiting on incident_update_item (update_id, attempts, case_id) where state = 'waiting';
  create index incident_update_item_reply on incident_update_item (interaction_id) where interaction_id is not null;
  create index incident_update_item_case on incident_update_item (case_id);
`;
