import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which customers follow their case, and who may see a case beside the store it has been to. */
export class Tracking1764000000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(SIGHT);
    await db.query(LINKS);
    await db.query(DOORS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table interaction drop constraint interaction_channel_check;
      alter table interaction add constraint interaction_channel_check check (channel in ('twitter', 'email', 'store', 'phone', 'other')) not valid;
      drop table passing_file, door_attempt, case_link, break_glass;
      drop view case_sight;
      drop table case_grant;
    `);
  }
}

const SIGHT = `
  -- Who may see a case for a while: a store while its customer is there, a person who has broken the glass.
  create table case_grant (
    -- A store, or a member of staff.
    viewer uuid not null,
    case_id uuid not null references cases,
    until timestamptz not null,
    primary key (viewer, case_id)
  );
  create index case_grant_case on case_grant (case_id);
  create index case_grant_until on case_grant (until);

  -- What whoever does not see all cases sees of them: each condition on cases asks here, and nowhere else.
  create view case_sight (viewer, case_id) as
    select store_id, case_id from case_store
    union all
    select viewer, case_id from case_grant where until > now();

  -- Each time somebody opened a case that was none of theirs: by breaking the glass, with a reason and for a while; or by a visit
  -- they wrote down to a typed reference and nothing else, for good.
  create table break_glass (
    id uuid primary key,
    case_id uuid not null references cases,
    agent_id uuid not null references agent,
    store_id uuid references store,
    how text not null default 'reason' check (how in ('reason', 'reference')),
    reason text check (length(reason) between 1 and 500),
    until timestamptz,
    created_at timestamptz not null,
    reviewed_by uuid references agent,
    reviewed_at timestamptz,
    constraint a_reason_is_for_a_while check ((how = 'reason') = (reason is not null) and (reason is null) = (until is null)),
    constraint a_review_is_somebodys check ((reviewed_by is null) = (reviewed_at is null))
  );
  create index break_glass_case on break_glass (case_id);
  create index break_glass_newest on break_glass (created_at desc, id desc);
  create index break_glass_unseen on break_glass (created_at desc, id desc) where reviewed_at is null;
`;

const LINKS = `
  -- A link to one case for whoever was sent it. What it reads is known by its hash only: a leaked table opens nothing.
  create table case_link (
    id uuid primary key,
    case_id uuid not null references cases,
    -- Where it was sent; null when it was handed over another way.
    contact_point_id uuid references contact_point,
    purpose text not null check (purpose in ('track')),
    token_hash bytea not null unique check (length(token_hash) = 32),
    -- Null when the house itself issued it.
    issued_by uuid references agent,
    issued_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    revoked_at timestamptz,
    revoked_by uuid references agent,
    first_opened_at timestamptz,
    last_opened_at timestamptz,
    opens int not null default 0
  );
  create index case_link_case on case_link (case_id, issued_at desc);
  create index case_link_contact_point on case_link (contact_point_id) where contact_point_id is not null;

  -- What customers write on the page of their case.
  alter table interaction drop constraint interaction_channel_check;
  alter table interaction add constraint interaction_channel_check check (channel in ('twitter', 'email', 'store', 'phone', 'other', 'web'));
`;

const DOORS = `
  -- Knocks at doors without a login, and at the glass: so many in so long, then it stays shut for a while.
  create table door_attempt (
    key text primary key check (length(key) <= 120),
    attempts int not null,
    window_started_at timestamptz not null
  );
  create index door_attempt_age on door_attempt (window_started_at);

  -- Files that came through a door without a login, before any row names them: a refused form leaves them to nobody.
  create table passing_file (
    storage_key text primary key,
    kept_at timestamptz not null
  );
  create index passing_file_age on passing_file (kept_at);
`;
