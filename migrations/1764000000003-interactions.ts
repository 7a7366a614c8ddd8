import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said on a case, what happened to it, and what came in before it was understood. */
export class Interactions1764000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(INTERACTIONS);
    await db.query(EVENTS);
    await db.query(ARRIVALS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table small_file, channel_cursor, inbound_reject, inbound_mail, case_outbox, case_event, call, visit, attachment, delivery, note, interaction,
        channel_thread;
      drop function case_event_is_append_only;
    `);
  }
}

const INTERACTIONS = `
  create table channel_thread (
    id uuid primary key,
    case_id uuid not null references cases,
    contact_point_id uuid not null references contact_point,
    channel text not null check (channel in ('twitter', 'email', 'store', 'phone', 'other')),
    account text,
    thread_ref text,
    subject text,
    last_message_id text,
    message_refs text[] not null default '{}',
    last_inbound_at timestamptz,
    unique (case_id, contact_point_id, channel)
  );

  create table interaction (
    id uuid primary key,
    case_id uuid not null references cases,
    contact_point_id uuid references contact_point,
    thread_id uuid references channel_thread,
    channel text not null check (channel in ('twitter', 'email', 'store', 'phone', 'other')),
    direction text not null check (direction in ('inbound', 'outbound')),
    external_id text,
    message_id text,
    subject text,
    -- What is new in it; what it carries along of earlier messages.
    text text not null,
    quoted text,
    -- What a reader should know beside the words: [{code, values}].
    notices jsonb not null default '[]',
    html text,
    -- Sanitised once, on arrival or, when it is long, by a job; what the browser gets.
    html_safe text,
    author_kind text not null check (author_kind in ('customer', 'agent', 'system')),
    author_id uuid references agent,
    author_name text not null,
    store_id uuid references store,
    matched_by text check (matched_by in ('reply_token', 'references', 'subject_tag', 'contact_point', 'handle', 'reference', 'customer', 'new_customer', 'moved',
      'signed_link', 'one_time_code', 'evidence')),
    raw_key text,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    search tsvector not null
  );
  create unique index interaction_external on interaction (channel, external_id) where external_id is not null;
  create index interaction_message_id on interaction (message_id) where message_id is not null;
  create index interaction_case on interaction (case_id, occurred_at desc, id desc);
  create index interaction_thread on interaction (thread_id);
  create index interaction_search on interaction using gin (search);
  -- Mails whose safe version is still to be made: short, whatever the size of the table.
  create index interaction_unsanitised on interaction (received_at) where html is not null and html_safe is null;

  create table note (
    id uuid primary key,
    case_id uuid not null references cases,
    author_id uuid not null references agent,
    author_name text not null,
    text text not null,
    audience text not null check (audience in ('internal', 'partner', 'customer')),
    occurred_at timestamptz not null
  );
  create index note_case on note (case_id, occurred_at desc, id desc);

  -- One per outgoing interaction: the row is the send queue.
  create table delivery (
    interaction_id uuid primary key references interaction,
    channel text not null check (channel in ('twitter', 'email')),
    state text not null check (state in ('held', 'pending', 'sent', 'failed', 'undone')),
    -- held: leaves then · pending: next try, or the end of the running try's lease.
    due_at timestamptz not null,
    first_due_at timestamptz not null,
    attempts int not null default 0,
    -- Set while a try is at the other side: its outcome is unknown until cleared.
    transmitting_at timestamptz,
    -- The last try somebody took on: each number is taken once, however often its job runs.
    claimed_attempt int not null default 0,
    reason text,
    detail text,
    sent_at timestamptz
  ) with (fillfactor = 85);
  create index delivery_due on delivery (due_at) where state in ('held', 'pending');

  create table attachment (
    id uuid primary key,
    interaction_id uuid references interaction,
    uploaded_by uuid references agent,
    file_name text not null,
    content_type text not null,
    size bigint not null,
    sha256 text not null,
    storage_key text not null,
    content_id text,
    inline boolean not null default false,
    created_at timestamptz not null
  );
  create index attachment_interaction on attachment (interaction_id);
  create index attachment_stored on attachment (storage_key);

  create table visit (
    id uuid primary key,
    interaction_id uuid not null unique references interaction,
    store_id uuid not null references store,
    staff_id uuid not null references agent,
    imei text,
    model text,
    created_at timestamptz not null
  );

  create table call (
    id uuid primary key,
    interaction_id uuid not null unique references interaction,
    agent_id uuid not null references agent,
    direction text not null check (direction in ('inbound', 'outbound')),
    outcome text not null check (outcome in ('answered', 'no_answer', 'busy', 'voicemail', 'failed')),
    phone text not null,
    created_at timestamptz not null
  );
`;

const EVENTS = `
  -- Audit trail and timeline at once. Append-only.
  create table case_event (
    id uuid primary key,
    seq bigint generated always as identity,
    case_id uuid not null references cases,
    case_version int not null,
    type text not null,
    data jsonb not null,
    actor_kind text not null check (actor_kind in ('customer', 'agent', 'system')),
    actor_id uuid references agent,
    actor_name text not null,
    source text not null,
    correlation_id text,
    at timestamptz not null
  );
  create index case_event_case on case_event (case_id, at desc, id desc);

  create function case_event_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'case_event is append-only';
  end $$;
  create trigger case_event_no_change before update or delete on case_event
    for each row execute function case_event_is_append_only();

  -- What has to be handed on still: a row comes with its event, by the same statement, and goes in the transaction that hands it on. The
  -- story itself is never written again: to mark an event would cost as much as to write it.
  create table case_outbox (
    seq bigint primary key,
    event_id uuid not null
  );
`;

const ARRIVALS = `
  -- Bytes of small originals and attachments, by the hash of their content; the large ones lie in storage. Written once and
  -- read whole: compressing each would cost more than it saves.
  create table small_file (
    key text primary key,
    bytes bytea not null
  );
  alter table small_file alter column bytes set storage external;

  -- Mail that was accepted: the original lies in storage, this row says whether it has been understood yet.
  create table inbound_mail (
    id uuid primary key,
    storage_key text not null,
    size bigint not null,
    envelope_from text not null,
    envelope_to text[] not null,
    remote_ip text,
    state text not null check (state in ('pending', 'done', 'rejected')),
    attempts int not null default 0,
    due_at timestamptz not null,
    interaction_id uuid references interaction,
    correlation_id text,
    received_at timestamptz not null
  );
  create index inbound_mail_pending on inbound_mail (due_at) where state = 'pending';

  -- What could not be understood, kept whole and shown.
  create table inbound_reject (
    id uuid primary key,
    channel text not null check (channel in ('twitter', 'email', 'store', 'phone', 'other')),
    reason text not null,
    detail text,
    sender text,
    subject text,
    size bigint not null,
    storage_key text not null,
    received_at timestamptz not null
  );
  create index inbound_reject_received on inbound_reject (received_at desc, id desc);
  -- The same bytes again are the same reject.
  create unique index inbound_reject_once on inbound_reject (channel, storage_key);

  create table channel_cursor (
    key text primary key,
    value text not null,
    updated_at timestamptz not null
  );
`;
