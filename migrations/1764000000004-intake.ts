import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hot path in one round trip: up to 50 arrivals become interactions on their customers' open cases.
 *
 * Input: a JSON array of `arrival`, see libs/cases/src/intake.service.ts. Output: one row per arrival, in order. Idempotent by
 * (channel, external id). Concurrent calls about the same person queue up on advisory locks of the stated addresses, taken
 * in one order by everybody.
 */
export class Intake1764000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(LOCKS);
    await db.query(ARRIVAL);
    await db.query(RECORD);
    await db.query(CUSTOMER);
    await db.query(INTERACTION);
    await db.query(INTAKE);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function intake, intake_interaction, intake_customer, record_event, lock_contacts;
      drop type intake_pointer_row, intake_customer_row, arrival;
    `);
  }
}

const LOCKS = `
  -- Everybody who is about to decide whose address this is waits here; released at the end of the transaction.
  create function lock_contacts(keys text[]) returns void language plpgsql as $$
  declare
    key bigint;
  begin
    for key in select distinct hashtextextended(k, 0) from unnest(keys) k where k is not null order by 1 loop
      perform pg_advisory_xact_lock(key);
    end loop;
  end $$;
`;

const RECORD = `
  create function record_event(of_case uuid, at_version int, what text, payload jsonb, by_kind text, by_id uuid, by_name text, via text, correlation text, moment timestamptz)
  returns void language plpgsql as $$
  begin
    with written as (insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_id, actor_name, source, correlation_id, at)
      values (new_id(), of_case, at_version, what, payload, by_kind, by_id, by_name, via, correlation, moment) returning seq, id)
    insert into case_outbox select * from written;
  end $$;
`;

const ARRIVAL = `
  create type arrival as (
    ord int, channel text, direction text, external_id text,
    contact_kind text, contact_value text, contact_handle text, contact_display text, display_name text,
    subject text, text text, quoted text, notices jsonb, html text, html_safe text, preview text, problem text, attachments jsonb, lacks text[],
    occurred_at timestamptz, received_at timestamptz, account text, thread_ref text, message_id text, message_refs text[], raw_key text,
    reply_cases text[], issued uuid[], tagged_cases text[], automatic boolean, automatic_kind text, auth jsonb,
    public_url text, opens_thread boolean,
    customer_id uuid, matched_by text, author_id uuid, author_name text, store_id uuid, correlation_id text
  );
`;

const CUSTOMER = `
  create type intake_customer_row as (customer_id uuid, contact_point_id uuid, matched_by text);
  -- Which case a mail names: one of the sender's own, and one of another customer's that it names more strongly.
  create type intake_pointer_row as (case_id uuid, matched_by text, other_case uuid, other_by text, evidence text);

  -- Whose address this is now: known → its holder; a handle staff recorded → claimed by the user id; else a new customer. What
  -- was somebody's until it ended says nothing any more, nor does what several people share: that is nobody's of them.
  create function intake_customer(m arrival) returns intake_customer_row language plpgsql as $$
  declare
    found_row intake_customer_row;
  begin
    if m.contact_value is not null then
      select customer_id, id, 'contact_point' into found_row from contact_point
      where kind = m.contact_kind and value = m.contact_value and valid_to is null and not shared;
      if found and m.contact_handle is not null then
        update contact_point set handle = m.contact_handle, display = m.contact_display
        where id = found_row.contact_point_id and handle is distinct from m.contact_handle;
      end if;
    end if;
    if found_row.customer_id is null and m.contact_handle is not null then
      select customer_id, id, 'handle' into found_row from contact_point
      where kind = m.contact_kind and handle = m.contact_handle and (value is null or m.contact_value is null) and valid_to is null and not shared
      order by value is null, value limit 1;
      if found and m.contact_value is not null then
        update contact_point set value = m.contact_value where id = found_row.contact_point_id;
      end if;
    end if;
    if m.customer_id is not null then
      if found_row.customer_id is distinct from m.customer_id and m.contact_value is not null then
        -- The telephone of a family, and a person of ours knows who of it speaks.
        select id into found_row.contact_point_id from contact_point
        where kind = m.contact_kind and value = m.contact_value and shared and valid_to is null and customer_id = m.customer_id
        union all select found_row.contact_point_id limit 1;
      end if;
      found_row.customer_id := m.customer_id;
      found_row.matched_by := coalesce(m.matched_by, 'customer');
    end if;
    if found_row.customer_id is null then
      found_row.customer_id := new_id();
      found_row.matched_by := 'new_customer';
      insert into customer (id, display_name, created_at) values (found_row.customer_id, m.display_name, m.received_at);
    end if;
    if found_row.contact_point_id is null and m.contact_kind is not null then
      found_row.contact_point_id := new_id();
      insert into contact_point (id, customer_id, kind, value, handle, display, source, created_at)
      values (found_row.contact_point_id, found_row.customer_id, m.contact_kind, m.contact_value, m.contact_handle, m.contact_display,
        case when m.author_id is null then 'message' else 'staff' end, m.received_at);
    end if;
    return found_row;
  end $$;
`;

const INTERACTION = `
  -- What was said, where it was said and what came with it.
  create function intake_interaction(m arrival, the_interaction uuid, the_case uuid, who intake_customer_row, by_kind text, by_name text)
  returns void language plpgsql as $$
  declare the_thread uuid;
  begin
    if who.contact_point_id is not null then
      insert into channel_thread as t (id, case_id, contact_point_id, channel, account, thread_ref, subject, last_message_id, message_refs, last_inbound_at)
      values (new_id(), the_case, who.contact_point_id, m.channel, m.account, m.thread_ref, m.subject, m.message_id, m.message_refs,
        case when m.direction = 'inbound' and m.opens_thread is not false then m.occurred_at end)
      on conflict (case_id, contact_point_id, channel) do update set
        account = coalesce(excluded.account, t.account), thread_ref = coalesce(excluded.thread_ref, t.thread_ref),
        subject = coalesce(excluded.subject, t.subject), last_message_id = coalesce(excluded.last_message_id, t.last_message_id),
        message_refs = case when excluded.last_message_id is null then t.message_refs else excluded.message_refs end,
        last_inbound_at = greatest(t.last_inbound_at, excluded.last_inbound_at)
      returning t.id into the_thread;
    end if;

    insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, external_id, message_id, subject, text, quoted, notices, html, html_safe,
      author_kind, author_id, author_name, store_id, matched_by, raw_key, occurred_at, received_at, automatic, automatic_kind, auth, public_url, opens_thread, search)
    values (the_interaction, the_case, who.contact_point_id, the_thread, m.channel, m.direction, m.external_id, m.message_id, m.subject, m.text, m.quoted,
      coalesce(m.notices, '[]'), m.html, m.html_safe, by_kind, m.author_id, by_name, m.store_id, who.matched_by, m.raw_key, m.occurred_at, m.received_at,
      coalesce(m.automatic, false), m.automatic_kind, m.auth, m.public_url,
      coalesce(m.opens_thread, true),
      to_tsvector('spanish', fold(left(coalesce(m.subject || ' ', '') || m.text || coalesce(' ' || m.quoted, ''), 100000))));

    if m.attachments <> '[]' then
      insert into attachment (id, interaction_id, uploaded_by, file_name, content_type, size, sha256, storage_key, content_id, inline, created_at)
      select (a ->> 'id')::uuid, the_interaction, m.author_id, a ->> 'fileName', a ->> 'contentType', (a ->> 'size')::bigint, a ->> 'sha256',
        a ->> 'storageKey', a ->> 'contentId', (a ->> 'inline')::boolean, m.received_at
      from jsonb_array_elements(m.attachments) a
      on conflict (id) do update set interaction_id = excluded.interaction_id where attachment.interaction_id is null;
    end if;

    if m.store_id is not null then
      insert into case_store (store_id, case_id) values (m.store_id, the_case) on conflict do nothing;
    end if;
  end $$;
`;

const INTAKE = `
  create function intake(batch jsonb)
  returns table (ord int, interaction_id uuid, case_id uuid, customer_id uuid, outcome text, matched_by text)
  language plpgsql as $$
  #variable_conflict use_column
  declare
    m arrival;
    who intake_customer_row;
    the_customer uuid;
    the_name text;
    the_case uuid;
    the_interaction uuid;
    the_version int;
    was_opened boolean;
    -- The case a mail names, and what became of that case: attached, reopened or filed; null when it is not taken.
    pointer intake_pointer_row;
    by_pointer text;
    fresh text[];
    inbound boolean;
    by_kind text;
    by_name text;
    -- Looked up once a call, when a case is opened.
    default_queue uuid;
  begin
    perform lock_contacts(array(
      select key from jsonb_to_recordset(batch) b (contact_kind text, contact_value text, contact_handle text, customer_id text),
        lateral (values (b.contact_kind || ':' || b.contact_value), ('handle:' || b.contact_handle), ('customer:' || b.customer_id)) keys (key)));

    for m in select * from jsonb_populate_recordset(null::arrival, batch) loop
      ord := m.ord;
      select i.id, i.case_id, c.customer_id, 'duplicate', coalesce(i.matched_by, 'contact_point')
      into interaction_id, case_id, customer_id, outcome, matched_by
      from interaction i join cases c on c.id = i.case_id
      where i.channel = m.channel and i.external_id = m.external_id;
      if found then
        return next;
        continue;
      end if;

      who := intake_customer(m);
      -- A merged customer points to who they are now; the lock keeps a merge from passing in between.
      the_customer := who.customer_id;
      loop
        select coalesce(c.merged_into, c.id), c.display_name into customer_id, the_name from customer c where c.id = the_customer for update;
        exit when customer_id = the_customer;
        the_customer := customer_id;
      end loop;

      the_interaction := new_id();
      inbound := m.direction = 'inbound';
      by_kind := case when m.author_id is not null or not inbound then 'agent' else 'customer' end;
      by_name := coalesce(m.author_name, m.display_name);

      select c.id into the_case from cases c where c.customer_id = the_customer and c.is_open for update;
      pointer := null;
      by_pointer := null;
      if m.message_refs <> '{}' or m.issued <> '{}' or m.reply_cases <> '{}' or m.tagged_cases <> '{}' then
        pointer := intake_pointer(m, the_customer);
        if pointer.case_id is not null then
          by_pointer := case when the_case is null then intake_on_closed(m, pointer.case_id) else 'attached' end;
          the_case := coalesce(the_case, case when by_pointer is not null then pointer.case_id end);
          who.matched_by := case when by_pointer is null then who.matched_by else pointer.matched_by end;
        end if;
      end if;
      if the_case is null and m.automatic is true then
        -- What nobody wrote goes where the person's last case lies, over or not; nobody is called for it.
        select c.id into the_case from cases c where c.customer_id = the_customer and c.status <> 'merged'
        order by c.opened_at desc limit 1 for update;
        by_pointer := case when the_case is not null then 'filed' end;
      end if;
      was_opened := the_case is null;
      if was_opened then
        the_case := new_id();
        default_queue := coalesce(default_queue, (select id from queue where is_default));
        fresh := array(select distinct kind from unnest(m.lacks) kind);
        insert into cases (id, reference, customer_id, status, queue_id, next_action, next_action_no_due, customer_name, problem, channels, lacks, preview, last_channel,
          last_direction, last_interaction_at, unread, version, opened_at)
        values (the_case, case_reference(nextval('case_reference_number')), the_customer, 'new', default_queue,
          case when inbound then 'reply' else 'await_customer' end, case when inbound then 'in_turn' else 'customers_turn' end, the_name, m.problem, array[m.channel], fresh, m.preview, m.channel,
          m.direction, m.occurred_at, inbound::int, 2 + (fresh <> '{}')::int, m.received_at)
        returning version into the_version;
        if m.problem is not null then
          insert into problem (id, case_id, statement, created_at) values (new_id(), the_case, m.problem, m.received_at);
        end if;
        perform record_event(the_case, the_version, 'case.opened', jsonb_build_object('interactionId', the_interaction, 'channel', m.channel,
            'callsWaiting', who.matched_by <> 'new_customer' and exists (select from contact_point p join call_log l on l.phone = p.value and l.interaction_id is null
              where p.customer_id = the_customer and p.kind = 'phone' and p.valid_to is null and not p.shared)),
          by_kind, m.author_id, by_name, m.channel, m.correlation_id, m.received_at);
      end if;

      perform intake_interaction(m, the_interaction, the_case, who, by_kind, by_name);
      if pointer.other_case is not null then
        insert into entry_review (interaction_id, case_id, named_by, evidence, state, created_at)
        values (the_interaction, pointer.other_case, pointer.other_by, pointer.evidence, 'open', m.received_at);
      end if;
      if m.lacks <> '{}' then
        with added as (
          insert into impact (id, case_id, kind, state, reported_at)
          select new_id(), the_case, kind, 'reported', m.received_at from unnest(m.lacks) kind
          -- What worked again and is reported anew is lacking anew.
          on conflict (case_id, kind) do update set state = 'reported', state_at = excluded.reported_at, restored_at = null
            where impact.state = 'restored' returning kind)
        select coalesce(array_agg(kind), '{}') into fresh from added;
      else
        fresh := '{}';
      end if;

      if not was_opened then
        update cases c set
          channels = case when c.channels @> array[m.channel] then c.channels else c.channels || m.channel end,
          lacks = c.lacks || fresh,
          -- A missed call says nothing; what was said before it still tells more.
          preview = case when m.occurred_at >= c.last_interaction_at and m.automatic is not true and m.preview <> '' then m.preview else c.preview end,
          last_channel = case when m.occurred_at >= c.last_interaction_at and m.automatic is not true then m.channel else c.last_channel end,
          last_direction = case when m.occurred_at >= c.last_interaction_at and m.automatic is not true then m.direction else c.last_direction end,
          last_interaction_at = case when m.automatic is true then c.last_interaction_at else greatest(c.last_interaction_at, m.occurred_at) end,
          next_action = case when m.automatic is true then c.next_action when inbound then 'reply' else 'await_customer' end,
          unread = c.unread + (inbound and m.automatic is not true)::int,
          version = c.version + 1 + (fresh <> '{}')::int + 2 * (by_pointer is not distinct from 'reopened')::int
        where c.id = the_case returning c.version into the_version;
      end if;

      if by_pointer = 'reopened' then
        perform record_event(the_case, the_version, 'case.reopened', jsonb_build_object('from', 'closed'),
          by_kind, m.author_id, by_name, m.channel, m.correlation_id, m.received_at);
        perform record_event(the_case, the_version, 'case.status_changed',
          jsonb_build_object('from', 'closed', 'to', 'in_solution', 'waitReason', null),
          by_kind, m.author_id, by_name, m.channel, m.correlation_id, m.received_at);
      end if;
      perform record_event(the_case, the_version, 'interaction.received',
        jsonb_build_object('interactionId', the_interaction, 'channel', m.channel, 'matchedBy', who.matched_by,
          'toSanitise', m.html is not null and m.html_safe is null),
        by_kind, m.author_id, by_name, m.channel, m.correlation_id, m.received_at);
      if fresh <> '{}' then
        perform record_event(the_case, the_version, 'impact.reported', jsonb_build_object('kinds', to_jsonb(fresh)),
          by_kind, m.author_id, by_name, m.channel, m.correlation_id, m.received_at);
      end if;

      interaction_id := the_interaction;
      case_id := the_case;
      customer_id := the_customer;
      outcome := case when was_opened then 'opened' when by_pointer = 'reopened' then 'reopened' else 'attached' end;
      matched_by := who.matched_by;
      return next;
    end loop;
  end $$;
`;
