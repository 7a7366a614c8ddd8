import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hot path in one round trip: up to 50 arrivals become interactions on their customers' open cases.
 *
 * Input: a JSON array of InboundInteraction (contracts/arrivals.ts) plus `receivedAt`, `preview`, `problem`, `correlationId`.
 * Output: one row per arrival, in order. Idempotent by (channel, external id). Concurrent calls about the same person
 * queue up on advisory locks of the stated addresses, taken in one order by everybody.
 */
export class Intake1764000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(LOCKS);
    await db.query(RECORD);
    await db.query(CUSTOMER);
    await db.query(CASE);
    await db.query(INTAKE);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'drop function intake, intake_case, intake_customer, record_event, lock_contacts; drop type intake_customer_row',
    );
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
  returns void language sql as $$
    insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_id, actor_name, source, correlation_id, at)
    values (new_id(), of_case, at_version, what, payload, by_kind, by_id, by_name, via, correlation, moment)
  $$;
`;

const CUSTOMER = `
  create type intake_customer_row as (customer_id uuid, contact_point_id uuid, matched_by text);

  -- Whose address this is: known → its holder; a handle staff recorded → claimed by the user id; else a new customer.
  create function intake_customer(m jsonb) returns intake_customer_row language plpgsql as $$
  declare
    found_row intake_customer_row;
    contact jsonb := nullif(m -> 'contact', 'null');
    of_kind text := contact ->> 'kind';
    the_value text := contact ->> 'value';
    the_handle text := contact ->> 'handle';
    stated_customer uuid := (m ->> 'customerId')::uuid;
    moment timestamptz := (m ->> 'receivedAt')::timestamptz;
  begin
    if contact is not null then
      if the_value is not null then
        select customer_id, id, 'contact_point' into found_row from contact_point where kind = of_kind and value = the_value;
        if found and the_handle is not null then
          update contact_point set handle = the_handle, display = contact ->> 'display'
          where id = found_row.contact_point_id and handle is distinct from the_handle;
        end if;
      end if;
      if found_row.customer_id is null and the_handle is not null then
        select customer_id, id, 'handle' into found_row from contact_point
        where kind = of_kind and handle = the_handle and (value is null or the_value is null)
        order by value nulls last limit 1;
        if found and the_value is not null then
          update contact_point set value = the_value where id = found_row.contact_point_id;
        end if;
      end if;
    end if;
    if stated_customer is not null then
      found_row.customer_id := stated_customer;
      found_row.matched_by := coalesce(m ->> 'matchedBy', 'customer');
    end if;
    if found_row.customer_id is null then
      found_row.customer_id := new_id();
      found_row.matched_by := 'new_customer';
      insert into customer (id, display_name, created_at) values (found_row.customer_id, m ->> 'displayName', moment);
    end if;
    if found_row.contact_point_id is null and contact is not null then
      found_row.contact_point_id := new_id();
      insert into contact_point (id, customer_id, kind, value, handle, display, source, created_at)
      values (found_row.contact_point_id, found_row.customer_id, of_kind, the_value, the_handle, contact ->> 'display',
        case when m ->> 'authorId' is null then 'message' else 'staff' end, moment);
    end if;
    return found_row;
  end $$;
`;

const CASE = `
  -- The customer's open case, locked; a new one when there is none. \`opened\` says which.
  create function intake_case(m jsonb, the_customer uuid, out case_id uuid, out opened boolean) language plpgsql as $$
  declare
    moment timestamptz := (m ->> 'receivedAt')::timestamptz;
    spoken timestamptz := (m ->> 'occurredAt')::timestamptz;
    name text;
  begin
    select id, false into case_id, opened from cases where customer_id = the_customer and is_open for update;
    if case_id is not null then
      return;
    end if;
    case_id := new_id();
    opened := true;
    select display_name into name from customer where id = the_customer;
    insert into cases (id, reference, customer_id, status, queue_id, next_action, customer_name, problem, last_interaction_at, opened_at)
    values (case_id, case_reference(nextval('case_reference_number')), the_customer, 'new',
      (select id from queue where is_default), 'reply', name, m ->> 'problem', spoken, moment);
    insert into problem (id, case_id, statement, created_at) values (new_id(), intake_case.case_id, m ->> 'problem', moment);
  end $$;
`;

const INTAKE = `
  create function intake(batch jsonb)
  returns table (ord int, interaction_id uuid, case_id uuid, customer_id uuid, outcome text, matched_by text)
  language plpgsql as $$
  #variable_conflict use_column
  declare
    m jsonb;
    who intake_customer_row;
    the_customer uuid;
    the_case uuid;
    the_interaction uuid;
    the_thread uuid;
    the_version int;
    was_opened boolean;
    steps int;
    fresh text[];
    inbound boolean;
    moment timestamptz;
    spoken timestamptz;
    by_kind text;
    by_id uuid;
  begin
    perform lock_contacts(array(
      select key from jsonb_array_elements(batch) b,
        lateral (values (b -> 'contact' ->> 'kind' || ':' || (b -> 'contact' ->> 'value')),
          ('handle:' || (b -> 'contact' ->> 'handle')), ('customer:' || (b ->> 'customerId'))) keys (key)));

    for ord, m in select n, e from jsonb_array_elements(batch) with ordinality as t (e, n) loop
      select i.id, i.case_id, c.customer_id, 'duplicate', coalesce(i.matched_by, 'contact_point')
      into interaction_id, case_id, customer_id, outcome, matched_by
      from interaction i join cases c on c.id = i.case_id
      where i.channel = m ->> 'channel' and i.external_id = m ->> 'externalId';
      if found then
        return next;
        continue;
      end if;

      who := intake_customer(m);
      -- A merged customer points to who they are now; the lock keeps a merge from passing in between.
      the_customer := who.customer_id;
      loop
        select coalesce(c.merged_into, c.id) into customer_id from customer c where c.id = the_customer for update;
        exit when customer_id = the_customer;
        the_customer := customer_id;
      end loop;
      select o.case_id, o.opened into the_case, was_opened from intake_case(m, the_customer) o;

      the_interaction := new_id();
      the_thread := null;
      inbound := m ->> 'direction' = 'inbound';
      moment := (m ->> 'receivedAt')::timestamptz;
      spoken := (m ->> 'occurredAt')::timestamptz;
      by_id := (m ->> 'authorId')::uuid;
      by_kind := case when by_id is not null or not inbound then 'agent' else 'customer' end;

      if who.contact_point_id is not null then
        insert into channel_thread as t (id, case_id, contact_point_id, channel, account, thread_ref, subject, last_message_id, message_refs, last_inbound_at)
        values (new_id(), the_case, who.contact_point_id, m ->> 'channel', m ->> 'account', m ->> 'threadRef', m ->> 'subject', m ->> 'messageId',
          array(select jsonb_array_elements_text(m -> 'references')), case when inbound then spoken end)
        on conflict (case_id, contact_point_id, channel) do update set
          account = coalesce(excluded.account, t.account), thread_ref = coalesce(excluded.thread_ref, t.thread_ref),
          subject = coalesce(excluded.subject, t.subject), last_message_id = coalesce(excluded.last_message_id, t.last_message_id),
          message_refs = case when excluded.last_message_id is null then t.message_refs else excluded.message_refs end,
          last_inbound_at = greatest(t.last_inbound_at, excluded.last_inbound_at)
        returning t.id into the_thread;
      end if;

      insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, external_id, message_id, subject, text, html,
        author_kind, author_id, author_name, store_id, matched_by, raw_key, occurred_at, received_at, search)
      values (the_interaction, the_case, who.contact_point_id, the_thread, m ->> 'channel', m ->> 'direction', m ->> 'externalId', m ->> 'messageId',
        m ->> 'subject', m ->> 'text', m ->> 'html', by_kind, by_id, coalesce(m ->> 'authorName', m ->> 'displayName'), (m ->> 'storeId')::uuid,
        who.matched_by, m ->> 'rawKey', spoken, moment,
        to_tsvector('spanish', fold(left(coalesce(m ->> 'subject', '') || ' ' || (m ->> 'text'), 100000))));

      insert into attachment (id, interaction_id, uploaded_by, file_name, content_type, size, sha256, storage_key, content_id, inline, created_at)
      select (a ->> 'id')::uuid, the_interaction, by_id, a ->> 'fileName', a ->> 'contentType', (a ->> 'size')::bigint, a ->> 'sha256',
        a ->> 'storageKey', a ->> 'contentId', (a ->> 'inline')::boolean, moment
      from jsonb_array_elements(m -> 'attachments') a
      on conflict (id) do update set interaction_id = excluded.interaction_id where attachment.interaction_id is null;

      if m ->> 'storeId' is not null then
        insert into case_store (store_id, case_id) values ((m ->> 'storeId')::uuid, the_case) on conflict do nothing;
      end if;

      fresh := '{}';
      if jsonb_array_length(m -> 'lacks') > 0 then
        with added as (
          insert into impact (id, case_id, kind, state, reported_at)
          select new_id(), the_case, kind, 'reported', moment from jsonb_array_elements_text(m -> 'lacks') kind
          on conflict (case_id, kind) do nothing returning kind)
        select coalesce(array_agg(kind), '{}') into fresh from added;
      end if;

      steps := 1 + was_opened::int + (cardinality(fresh) > 0)::int;
      update cases c set
        channels = case when c.channels @> array[m ->> 'channel'] then c.channels else c.channels || (m ->> 'channel') end,
        lacks = c.lacks || fresh,
        preview = case when spoken >= c.last_interaction_at or c.preview = '' then m ->> 'preview' else c.preview end,
        last_channel = case when spoken >= c.last_interaction_at or c.preview = '' then m ->> 'channel' else c.last_channel end,
        last_direction = case when spoken >= c.last_interaction_at or c.preview = '' then m ->> 'direction' else c.last_direction end,
        last_interaction_at = greatest(c.last_interaction_at, spoken),
        next_action = case when inbound then 'reply' else 'await_customer' end,
        unread = case when inbound then c.unread + 1 else c.unread end,
        version = c.version + steps
      where c.id = the_case returning c.version into the_version;

      if was_opened then
        perform record_event(the_case, the_version, 'case.opened', jsonb_build_object('interactionId', the_interaction, 'channel', m ->> 'channel'),
          by_kind, by_id, coalesce(m ->> 'authorName', m ->> 'displayName'), m ->> 'channel', m ->> 'correlationId', moment);
      end if;
      perform record_event(the_case, the_version, 'interaction.received',
        jsonb_build_object('interactionId', the_interaction, 'channel', m ->> 'channel', 'matchedBy', who.matched_by, 'hasHtml', m ->> 'html' is not null),
        by_kind, by_id, coalesce(m ->> 'authorName', m ->> 'displayName'), m ->> 'channel', m ->> 'correlationId', moment);
      if cardinality(fresh) > 0 then
        perform record_event(the_case, the_version, 'impact.reported', jsonb_build_object('kinds', to_jsonb(fresh)),
          by_kind, by_id, coalesce(m ->> 'authorName', m ->> 'displayName'), m ->> 'channel', m ->> 'correlationId', moment);
      end if;

      interaction_id := the_interaction;
      case_id := the_case;
      customer_id := the_customer;
      outcome := case when was_opened then 'opened' else 'attached' end;
      matched_by := who.matched_by;
      return next;
    end loop;
  end $$;
`;
