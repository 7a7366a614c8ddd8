import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The heart: customers, their addresses and their cases. */
export class Cases1764000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(FUNCTIONS);
    await db.query(CUSTOMERS);
    await db.query(CASES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table impact, problem, case_store, cases, contact_point, customer_name, customer;
      drop sequence case_reference_number;
      drop function customer_names_added, customer_name_changed, name_parts, case_reference, name_words, fold, iso, new_id;
    `);
  }
}

const FUNCTIONS = `
  -- UUID version 7 with a fraction of the millisecond in place of the first random bits (RFC 9562 §6.2, method 3): in the order of
  -- making. PostgreSQL has its own from 18 on, ten times as fast.
  do $do$
  begin
    if current_setting('server_version_num')::int >= 180000 then
      create function new_id() returns uuid language sql volatile parallel safe as 'select uuidv7()';
    else
      create function new_id() returns uuid language sql volatile parallel safe as $$
        select (lpad(to_hex(us / 1000), 12, '0') || '7' || lpad(to_hex(us % 1000 * 4096 / 1000), 3, '0')
          || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid
        from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as us) now
      $$;
    end if;
  end $do$;

  -- ISO 8601 UTC with milliseconds, as the API writes times. Stable as to_char is: called immutable it could not be inlined.
  create function iso(at timestamptz) returns text language sql stable parallel safe as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  $$;

  -- Search ignores case and accents: "averia" finds "avería". The eñe stays a letter of its own. translate() compares each letter with all
  -- of its list: where there are only the accents of Spanish, to look for them one by one is three times as fast and says the same.
  create function fold(words text) returns text language sql immutable parallel safe as $$
    select case when lower(words) ~ '[àâäãèêëìîïòôöõùûç]' then translate(lower(words), 'áàâäãéèêëíìîïóòôöõúùûüç', 'aaaaaeeeeiiiiooooouuuuc')
      else replace(replace(replace(replace(replace(replace(lower(words), 'á', 'a'), 'é', 'e'), 'í', 'i'), 'ó', 'o'), 'ú', 'u'), 'ü', 'u') end
  $$;

  -- The words of a name, folded, one space between them. What stands between words is the same as in search.sql.ts.
  create function name_words(name text) returns text language sql immutable parallel safe as $$
    select btrim(regexp_replace(fold(name), '[][\\s.,;:''"()/_%\\\\-]+', ' ', 'g'))
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
    -- Whether anybody said so; until then what nobody typed goes out in both.
    language_known boolean not null default false,
    tier text not null default 'standard' check (tier in ('standard', 'silver', 'gold')),
    -- Made by an arrival and not yet confirmed by a person.
    provisional boolean not null default true,
    merged_into uuid references customer,
    created_at timestamptz not null
  );

  -- A name from each of its words on: "lucia ferrer gil", "ferrer gil", "gil". Who types how any word of it begins walks this
  -- key, which costs the same at a million customers; a name is as long as people are called, not as long as one can type.
  create table customer_name (
    part text collate "C" not null,
    customer_id uuid not null,
    primary key (part, customer_id)
  );
  create function name_parts(name text) returns text[] language plpgsql immutable parallel safe as $$
  declare
    words text[] := string_to_array(name_words(name), ' ');
    parts text[] := '{}';
    part text;
  begin
    -- A loop costs a quarter of the query that says the same; every arrival of somebody new pays it.
    for n in 1 .. least(coalesce(cardinality(words), 0), 8) loop
      part := left(array_to_string(words[n:8], ' '), 60);
      if part <> all(parts) then
        parts := parts || part;
      end if;
    end loop;
    return parts;
  end $$;
  -- Kept by triggers alone; inserts, of which an arrival makes many at once, by one statement.
  create function customer_names_added() returns trigger language plpgsql as $$
  begin
    insert into customer_name (part, customer_id) select part, a.id from added a, unnest(name_parts(a.display_name)) part;
    return null;
  end $$;
  create trigger customer_names_added after insert on customer referencing new table as added
    for each statement execute function customer_names_added();
  create function customer_name_changed() returns trigger language plpgsql as $$
  begin
    delete from customer_name where customer_id = old.id and part = any(name_parts(old.display_name));
    if tg_op = 'UPDATE' then
      insert into customer_name (part, customer_id) select part, new.id from unnest(name_parts(new.display_name)) part;
    end if;
    return null;
  end $$;
  create trigger customer_name_changed after update of display_name or delete on customer
    for each row execute function customer_name_changed();

  -- All that identifies a customer: what they can be reached by, and what is theirs by contract.
  create table contact_point (
    id uuid primary key,
    customer_id uuid not null references customer,
    kind text not null check (kind in ('twitter', 'email', 'phone', 'document', 'customer_number', 'line', 'imei')),
    value text,
    handle text check (handle = lower(handle)),
    display text not null,
    source text not null check (source in ('message', 'staff', 'import', 'customer')),
    -- When somebody last made sure that it is theirs, and how; by whom, where that was a person of ours.
    verified_at timestamptz,
    verified_how text check (verified_how in ('one_time_code', 'document_seen', 'signed_link', 'sender_verified', 'account')),
    verified_by uuid references agent,
    -- Theirs from (null: for as long as we know of it, created_at) until (null: still).
    valid_from timestamptz,
    valid_to timestamptz,
    ended_by uuid references agent,
    end_reason text,
    -- Several people have it (the telephone of a family): it reaches this customer, and says nothing of who calls.
    shared boolean not null default false,
    created_at timestamptz not null,
    constraint contact_point_says_something check (value is not null or (kind = 'twitter' and handle is not null)),
    constraint contact_point_verified check ((verified_at is null) = (verified_how is null)),
    constraint contact_point_shareable check (not shared or kind in ('email', 'phone')),
    constraint contact_point_ends_after_it_began check (valid_to >= valid_from)
  );
  -- Whose it is now: one customer, or a family. Every lookup of a holder says so: valid_to is null and not shared.
  create unique index contact_point_value on contact_point (kind, value) where value is not null and valid_to is null and not shared;
  create unique index contact_point_pending_handle on contact_point (handle) where value is null and valid_to is null and not shared;
  -- Who else has it, and whose it was.
  create index contact_point_others on contact_point (kind, value) where shared or valid_to is not null;
  -- With its kind: by handle alone an address of that kind seems as good, which reads all there are of them.
  create index contact_point_handle on contact_point (handle, kind) where handle is not null;
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
  ) with (fillfactor = 60);
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
