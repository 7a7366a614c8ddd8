/** The least that holds the same facts: who wrote, their one open case, what they said, what happened. */
export const BARE_SCHEMA = `
  create table customer (id bigint generated always as identity primary key, email text not null unique, name text not null);
  create table cases (
    id bigint generated always as identity primary key, customer_id bigint not null references customer, is_open boolean not null default true,
    customer_name text not null, problem text not null, preview text not null, thread_subject text, last_message_id text, message_refs text[],
    last_at timestamptz not null, unread int not null default 1, version int not null default 1
  ) with (fillfactor = 85);
  create unique index one_open_case on cases (customer_id) where is_open;
  create index cases_open on cases (last_at desc, id desc) where is_open;
  create table message (
    id bigint generated always as identity primary key, case_id bigint not null references cases, external_id text not null unique, subject text,
    text text not null, html text, at timestamptz not null, search tsvector not null
  );
  create index message_case on message (case_id, at desc);
  create index message_search on message using gin (search);
  create table attachment (id bigint generated always as identity primary key, message_id bigint not null references message, name text not null, type text not null, size int not null, path text not null);
  create index attachment_message on attachment (message_id);
  create table event (
    id bigint generated always as identity primary key, case_id bigint not null references cases, version int not null, type text not null,
    data jsonb not null, actor text not null, at timestamptz not null, published_at timestamptz
  );
  create index event_unpublished on event (id) where published_at is null;
  create index event_case on event (case_id, id);

  create function take(batch jsonb) returns int language plpgsql as $$
  declare
    m record;
    who bigint;
    the_case bigint;
    the_message bigint;
    the_version int;
    taken int := 0;
  begin
    for m in select * from jsonb_to_recordset(batch) as t (external_id text, email text, name text, subject text, text text, html text, at timestamptz,
        message_id text, refs text[], preview text, problem text, files jsonb) loop
      continue when exists (select from message where external_id = m.external_id);
      select id into who from customer where email = m.email;
      if not found then
        insert into customer (email, name) values (m.email, m.name) on conflict (email) do update set name = excluded.name returning id into who;
      end if;
      update cases set preview = m.preview, last_at = greatest(last_at, m.at), unread = unread + 1, version = version + 1,
        last_message_id = m.message_id, message_refs = m.refs
        where customer_id = who and is_open returning id, version into the_case, the_version;
      if not found then
        insert into cases (customer_id, customer_name, problem, preview, thread_subject, last_message_id, message_refs, last_at)
        values (who, m.name, m.problem, m.preview, m.subject, m.message_id, m.refs, m.at)
        on conflict (customer_id) where is_open do update set unread = cases.unread + 1, version = cases.version + 1 returning id, version into the_case, the_version;
        insert into event (case_id, version, type, data, actor, at) values (the_case, the_version, 'opened', '{}', m.name, m.at);
      end if;
      insert into message (case_id, external_id, subject, text, html, at, search)
      values (the_case, m.external_id, m.subject, m.text, m.html, m.at, to_tsvector('spanish', coalesce(m.subject, '') || ' ' || m.text)) returning id into the_message;
      if m.files is not null then
        insert into attachment (message_id, name, type, size, path)
        select the_message, f ->> 'name', f ->> 'type', (f ->> 'size')::int, f ->> 'path' from jsonb_array_elements(m.files) f;
      end if;
      insert into event (case_id, version, type, data, actor, at) values (the_case, the_version, 'received', jsonb_build_object('message', the_message), m.name, m.at);
      taken := taken + 1;
    end loop;
    return taken;
  end $$;
`;
