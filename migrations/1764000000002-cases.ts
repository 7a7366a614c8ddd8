import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The heart: customers and their addresses, cases, what was said, what happened. */
export class Cases1764000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(FUNCTIONS);
    await db.query(CUSTOMERS);
    await db.query(CASES);
    await db.query(INTERACTIONS);
    await db.query(EVENTS);
    await db.query(ARRIVALS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table channel_cursor, inbound_reject, inbound_mail, case_event, call, visit, attachment, delivery, note, interaction,
        channel_thread, impact, problem, case_store, cases, contact_point, customer;
      drop sequence case_reference_number;
      drop function case_event_is_append_only, case_reference, fold, iso, new_id;
    `);
  }
}

const FUNCTIONS = `
  -- UUID version 7 with microseconds in place of the first random bits (RFC 9562 §6.2, method 3): in the order of making.
  create function new_id() returns uuid language sql volatile parallel safe as $$
    select (lpad(to_hex(us / 1000), 12, '0') || '7' || lpad(to_hex(us % 1000 * 4096 / 1000), 3, '0')
      || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid
    from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as us) now
  $$;

  -- ISO 8601 UTC with milliseconds, as the API writes times.
  create function iso(at timestamptz) returns text language sql immutable parallel safe as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  $$;

  -- Search ignores case and accents: "averia" finds "avería". The eñe stays a letter of its own.
  create function fold(words text) returns text language sql immutable parallel safe as $$
    select translate(lower(words), 'áàâäãéèêëíìîïóòôöõúùûüç', 'aaaaaeeeeiiiiooooouuuuc')
  $$;

  create sequence case_reference_number as bigint;

  -- H-7K2F-9Q: 29 letters nobody mixes up (no H, so the one in front may be left out), five from a scrambled running number, the last a check letter that catches
  -- every wrong letter and every swap of neighbours. After 29^5 cases the body grows by one letter.
  create function case_reference(number bigint) returns text language plpgsql immutable as $$
  declare
    alphabet constant text := '023456789ACDEFGJKLMNPQRTUVWXY';
    body text := '';
    lap bigint := number / 20511149;
    rest bigint := (number % 20511149 * 12345701 + 12800584) % 20511149;
    total bigint := 4;
  begin
    for i in 1..5 loop
      body := substr(alphabet, (rest % 29)::int + 1, 1) || body;
      rest := rest / 29;
    end loop;
    while lap > 0 loop
      body := substr(alphabet, (lap % 29)::int + 1, 1) || body;
      lap := lap / 29;
    end loop;
    for i in 1..length(body) loop
      total := total + i * (strpos(alphabet, substr(body, i, 1)) - 1);
    end loop;
    return 'H-' || left(body, -1) || '-' || right(body, 1) || substr(alphabet, (total % 29)::int + 1, 1);
  end $$;
`;

const CUSTOMERS = `
  create table customer (
    id uuid primary key,
    display_name text not null,
    language text not null default 'es' check (language in ('es', 'en')),
    tier text not null default 'standard' check (tier in ('standard', 'silver', 'gold')),
    -- Made by an arrival and not yet confirmed by a person.
    provisional boolean not null default true,
    merged_into uuid references customer,
    created_at timestamptz not null
  );
  create index customer_name on customer (fold(display_name) text_pattern_ops, id);

  create table contact_point (
    id uuid primary key,
    customer_id uuid not null references customer,
    kind text not null check (kind in ('twitter', 'email', 'phone')),
    value text,
    handle text check (handle = lower(handle)),
    display text not null,
    source text not null check (source in ('message', 'staff', 'import')),
    created_at timestamptz not null,
    constraint contact_point_says_something check (value is not null or (kind = 'twitter' and handle is not null))
  );
  create unique index contact_point_value on contact_point (kind, value) where value is not null;
  create unique index contact_point_pending_handle on contact_point (handle) where value is null;
  create index contact_point_handle on contact_point (handle) where handle is not null;
  create index contact_point_customer on contact_point (customer_id);
`;

const CASES = `
  create table cases (
    id uuid primary key,
    reference text not null unique,
    customer_id uuid not null references customer,
    status text not null check (status in ('new', 'understood', 'in_solution', 'waiting', 'restored', 'closed', 'merged', 'spam')),
    is_open boolean not null generated always as (status not in ('closed', 'merged', 'spam')) stored,
    wait_reason text check (wait_reason in ('customer', 'partner', 'parts', 'courier')),
    priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'critical')),
    assignee_id uuid references agent,
    queue_id uuid references queue,
    next_action text not null check (next_action <> ''),
    merged_into uuid references cases,
    -- What a row of the inbox shows, kept by the writes themselves.
    customer_name text not null,
    problem text,
    channels text[] not null default '{}',
    lacks text[] not null default '{}',
    preview text not null default '',
    last_channel text,
    last_direction text check (last_direction in ('inbound', 'outbound')),
    last_interaction_at timestamptz not null,
    unread int not null default 0,
    failed_sends int not null default 0,
    version int not null default 0,
    opened_at timestamptz not null,
    closed_at timestamptz,
    constraint waiting_has_a_reason check ((status = 'waiting') = (wait_reason is not null)),
    constraint an_open_case_is_owned check (status in ('closed', 'merged', 'spam') or assignee_id is not null or queue_id is not null)
  ) with (fillfactor = 85);
  create unique index one_open_case_per_customer on cases (customer_id) where is_open;
  create index cases_customer on cases (customer_id, opened_at desc);
  create index cases_open on cases (last_interaction_at desc, id desc) where is_open;
  create index cases_unassigned on cases (last_interaction_at desc, id desc) where is_open and assignee_id is null;
  create index cases_assigned on cases (assignee_id, last_interaction_at desc, id desc) where is_open and assignee_id is not null;
  create index cases_lacking on cases (last_interaction_at desc, id desc) where is_open and lacks <> '{}';
  create index cases_failed on cases (last_interaction_at desc, id desc) where failed_sends > 0;
  create index cases_over on cases (last_interaction_at desc, id desc) where not is_open;

  -- The stores a case has been to: what store staff may see.
  create table case_store (
    store_id uuid not null references store,
    case_id uuid not null references cases,
    primary key (store_id, case_id)
  );
  create index case_store_case on case_store (case_id);

  create table problem (
    id uuid primary key,
    case_id uuid not null references cases,
    statement text not null,
    created_at timestamptz not null
  );
  create index problem_case on problem (case_id);

  create table impact (
    id uuid primary key,
    case_id uuid not null references cases,
    kind text not null check (kind in ('calls', 'data', 'apps', 'photos', 'other')),
    state text not null check (state in ('reported', 'confirmed', 'relieved', 'restored')),
    reported_at timestamptz not null,
    restored_at timestamptz,
    unique (case_id, kind)
  );
`;

const INTERACTIONS = `
  create table channel_thread (
    id uuid primary key,
    case_id uuid not null references cases,
    contact_point_id uuid not null references contact_point,
    channel text not null check (channel in ('twitter', 'email', 'store', 'phone')),
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
    channel text not null check (channel in ('twitter', 'email', 'store', 'phone')),
    direction text not null check (direction in ('inbound', 'outbound')),
    external_id text,
    message_id text,
    subject text,
    text text not null,
    html text,
    -- Sanitised once, by a job; what the browser gets.
    html_safe text,
    author_kind text not null check (author_kind in ('customer', 'agent', 'system')),
    author_id uuid references agent,
    author_name text not null,
    store_id uuid references store,
    matched_by text check (matched_by in ('contact_point', 'handle', 'reference', 'customer', 'new_customer')),
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
  -- Audit trail, timeline and outbox at once. Append-only but for the published mark.
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
    at timestamptz not null,
    published_at timestamptz
  ) with (fillfactor = 90);
  create index case_event_unpublished on case_event (seq) where published_at is null;
  create index case_event_case on case_event (case_id, at desc, id desc);

  create function case_event_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'case_event is append-only';
  end $$;
  create trigger case_event_no_delete before delete on case_event
    for each row execute function case_event_is_append_only();
  create trigger case_event_no_change before update on case_event for each row
    when ((old.id, old.seq, old.case_id, old.case_version, old.type, old.data, old.actor_kind, old.actor_id, old.actor_name, old.source, old.at)
      is distinct from (new.id, new.seq, new.case_id, new.case_version, new.type, new.data, new.actor_kind, new.actor_id, new.actor_name, new.source, new.at))
    execute function case_event_is_append_only();
`;

const ARRIVALS = `
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
    channel text not null check (channel in ('twitter', 'email', 'store', 'phone')),
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
