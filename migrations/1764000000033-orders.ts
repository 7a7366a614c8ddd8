import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Repair orders with their stages, quotes with who pays what, the ways compared, data to recover, and relief meanwhile. */
export class Orders1764000000033 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(ORDERS);
    await db.query(QUOTES);
    await db.query(SUMS);
    await db.query(AROUND);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table stage_wording, customer_news, relief_task, data_item, data_recovery, repair_option, quote_line, quote, repair_return, repair_step, repair_order;
      drop function quote_sums(), quote_stays(), quote_line_stays();
    `);
  }
}

const STAGES = `('received', 'diagnosed', 'quoted', 'approved', 'in_repair', 'repaired', 'returned', 'closed', 'unrepairable', 'declined', 'cancelled')`;
const HOLDERS = `('customer', 'store', 'courier', 'partner')`;
const CENTS = (name: string) => `${name} bigint not null default 0 check (${name} >= 0)`;
const SHARES = ['manufacturer_cents', 'carrier_cents', 'goodwill_cents', 'customer_cents'];
const SHARE_COLUMNS = SHARES.map(CENTS).join(',\n    ');
const SHARE_SUM = SHARES.join(' + ');

const ORDERS = `
  create table repair_order (
    id uuid primary key,
    case_id uuid not null references cases,
    device_id uuid not null references device,
    store_id uuid not null references store,
    stage text not null check (stage in ${STAGES}),
    stage_at timestamptz not null,
    -- Who has the device.
    holder text not null check (holder in ${HOLDERS}),
    held_at timestamptz not null,
    fault text not null check (fault <> ''),
    diagnosis text not null default '',
    -- The repair wipes what is on it.
    erases boolean not null default false,
    -- As it came in: condition, accessories, liquid, activation lock, back-up, photos, waivers (NewRepairBody).
    intake jsonb not null default '{}',
    -- As it went back (HandBackBody).
    hand_back jsonb,
    promised_return_at timestamptz,
    -- What the customer was promised by that: the return itself, and a word by then.
    return_promise uuid references promise,
    update_promise uuid references promise,
    -- The day they were last told, and when they are told of another.
    told_return_at timestamptz,
    news_due_at timestamptz,
    way text check (way in ('repair', 'replace', 'refund', 'buy_out')),
    way_reason text,
    way_by text,
    way_at timestamptz,
    -- Another company says that it has repaired it.
    worked_at timestamptz,
    opened_by uuid not null references agent,
    opened_at timestamptz not null,
    constraint somebody_decided_the_way check ((way is null) = (way_at is null) and (way is null) = (way_by is null) and (way is null) = (way_reason is null))
  );
  create index repair_order_case on repair_order (case_id, opened_at desc);
  create index repair_order_device on repair_order (device_id);
  create index repair_order_open on repair_order (holder, stage, stage_at) where stage not in ('returned', 'closed');
  create unique index repair_order_one_open on repair_order (device_id) where stage not in ('returned', 'closed');
  create index repair_order_news on repair_order (news_due_at) where news_due_at is not null;

  -- Every stage an order came to: who moved it, when and why.
  create table repair_step (
    id uuid primary key,
    repair_order_id uuid not null references repair_order,
    "from" text check ("from" in ${STAGES}),
    "to" text not null check ("to" in ${STAGES}),
    by_kind text not null check (by_kind in ('customer', 'agent', 'system')),
    by_id uuid references agent,
    by_name text not null,
    reason text,
    at timestamptz not null
  );
  create index repair_step_order on repair_step (repair_order_id, at, id);

  -- Each day of return that was said.
  create table repair_return (
    id uuid primary key,
    repair_order_id uuid not null references repair_order,
    from_at timestamptz,
    to_at timestamptz not null,
    reason text,
    by_name text not null,
    at timestamptz not null,
    constraint moved_with_a_reason check (from_at is null or reason is not null)
  );
  create index repair_return_order on repair_return (repair_order_id, at desc, id desc);
`;

const QUOTES = `
  -- All amounts in the smallest unit of the currency.
  create table quote (
    id uuid primary key,
    repair_order_id uuid not null references repair_order,
    version int not null check (version > 0),
    state text not null check (state in ('draft', 'offered', 'approved', 'declined', 'expired', 'superseded', 'withdrawn')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    ${CENTS('list_cents')},
    ${CENTS('total_cents')},
    ${SHARE_COLUMNS},
    cover_months int check (cover_months >= 0),
    cover_what text check (cover_what <> ''),
    valid_until timestamptz,
    -- What was offered, as the text the hash is of (canonicalQuote), and its SHA-256 in hex.
    canonical text,
    hash text check (hash ~ '^[0-9a-f]{64}$'),
    -- The word of another company it was made from; no foreign key, handoffs are a room beside this one.
    from_entry uuid unique,
    made_by uuid not null references agent,
    made_at timestamptz not null,
    offered_by uuid references agent,
    offered_at timestamptz,
    nudges int not null default 0,
    next_nudge_at timestamptz,
    decided_how text check (decided_how in ('link', 'counter', 'notice')),
    decided_name text check (decided_name <> ''),
    decided_at timestamptz,
    decided_by uuid references agent,
    decided_ip inet,
    -- The link it was decided by.
    decided_link uuid references case_link,
    -- What they signed; no foreign key, counters are a room above.
    signature_id uuid,
    decline_reason text,
    unique (repair_order_id, version),
    constraint shares_sum_to_the_total check (${SHARE_SUM} = total_cents),
    constraint never_above_the_list check (total_cents <= list_cents),
    constraint covered_or_not check ((cover_months is null) = (cover_what is null)),
    constraint offered_is_whole check (state in ('draft', 'withdrawn') or (offered_at is not null and offered_by is not null
      and hash is not null and canonical is not null and cover_months is not null and valid_until is not null)),
    constraint decided_is_whole check (state not in ('approved', 'declined') or (decided_how is not null and decided_name is not null and decided_at is not null)),
    constraint declined_with_a_reason check (state <> 'declined' or decline_reason is not null),
    constraint nudged_while_offered check (next_nudge_at is null or state = 'offered')
  );
  create unique index quote_one_draft on quote (repair_order_id) where state = 'draft';
  create unique index quote_one_offered on quote (repair_order_id) where state = 'offered';
  create unique index quote_one_approved on quote (repair_order_id) where state = 'approved';
  create index quote_nudge on quote (next_nudge_at) where next_nudge_at is not null;
  create index quote_expiry on quote (valid_until) where state = 'offered';

  create table quote_line (
    quote_id uuid not null references quote on delete cascade,
    place int not null,
    description text not null check (description <> ''),
    kind text not null check (kind in ('part', 'labour', 'shipping', 'data', 'other')),
    quantity int not null check (quantity > 0),
    ${CENTS('list_cents')},
    ${CENTS('agreed_cents')},
    agreement text,
    ${SHARE_COLUMNS},
    primary key (quote_id, place),
    constraint shares_of_a_line_sum check (${SHARE_SUM} = quantity * agreed_cents),
    constraint agreed_never_above_the_list check (agreed_cents <= list_cents)
  );
`;

const SUMS = `
  -- What a quote says in all is what its lines say, of each payer: looked at when the transaction ends.
  create function quote_sums() returns trigger language plpgsql as $$
  declare
    the_quote uuid := case when tg_table_name = 'quote' then (to_jsonb(new) ->> 'id')::uuid else coalesce(to_jsonb(new) ->> 'quote_id', to_jsonb(old) ->> 'quote_id')::uuid end;
  begin
    if exists (select from quote q cross join lateral (select coalesce(sum(l.quantity * l.list_cents), 0) as list, coalesce(sum(l.quantity * l.agreed_cents), 0) as total,
        ${SHARES.map((share) => `coalesce(sum(l.${share}), 0) as ${share}`).join(', ')} from quote_line l where l.quote_id = q.id) s
      where q.id = the_quote and (q.list_cents <> s.list or q.total_cents <> s.total or ${SHARES.map((share) => `q.${share} <> s.${share}`).join(' or ')}))
    then raise exception 'the lines of quote % do not sum to it', the_quote using errcode = 'check_violation';
    end if;
    return null;
  end $$;
  create constraint trigger quote_sums after insert or update on quote deferrable initially deferred for each row execute function quote_sums();
  create constraint trigger quote_line_sums after insert or update or delete on quote_line deferrable initially deferred for each row execute function quote_sums();

  -- What was offered stays as it was offered.
  create function quote_stays() returns trigger language plpgsql as $$
  begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or (new.repair_order_id, new.version, new.currency, new.list_cents, new.total_cents, ${SHARES.map((share) => `new.${share}`).join(', ')},
        new.cover_months, new.cover_what, new.valid_until, new.canonical, new.hash, new.offered_at) is distinct from
        (old.repair_order_id, old.version, old.currency, old.list_cents, old.total_cents, ${SHARES.map((share) => `old.${share}`).join(', ')},
        old.cover_months, old.cover_what, old.valid_until, old.canonical, old.hash, old.offered_at))
    then raise exception 'quote % was offered and is not changed', old.id using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
  end $$;
  create trigger quote_stays before update or delete on quote for each row execute function quote_stays();
  create function quote_line_stays() returns trigger language plpgsql as $$
  begin
    if exists (select from quote q where q.id = coalesce(to_jsonb(new) ->> 'quote_id', to_jsonb(old) ->> 'quote_id')::uuid and q.state <> 'draft')
    then raise exception 'a line of a quote that was offered is not changed' using errcode = 'check_violation';
    end if;
    return coalesce(new, old);
  end $$;
  create trigger quote_line_stays before insert or update or delete on quote_line for each row execute function quote_line_stays();
`;

const AROUND = `
  -- The ways out, side by side.
  create table repair_option (
    repair_order_id uuid not null references repair_order,
    way text not null check (way in ('repair', 'replace', 'refund', 'buy_out')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    ${SHARE_COLUMNS},
    days_without_phone int not null check (days_without_phone >= 0),
    data text not null check (data in ('kept', 'copied', 'erased', 'lost', 'unknown')),
    note text not null default '',
    primary key (repair_order_id, way)
  );

  -- A task of its own: what the customer wants back of what is on the device, that they agreed, and what became of it.
  create table data_recovery (
    repair_order_id uuid primary key references repair_order,
    state text not null check (state in ('asked', 'agreed', 'done')),
    asked_by uuid not null references agent,
    asked_at timestamptz not null,
    consent_name text check (consent_name <> ''),
    consent_how text check (consent_how in ('store', 'phone', 'message', 'link')),
    -- No foreign key: an entry, wherever a person has moved it since.
    consent_entry uuid,
    consent_at timestamptz,
    consent_by uuid references agent,
    may_erase boolean,
    note text,
    done_at timestamptz,
    constraint agreed_is_whole check (state = 'asked' or (consent_name is not null and consent_how is not null and consent_at is not null
      and consent_by is not null and may_erase is not null)),
    constraint done_has_its_time check ((state = 'done') = (done_at is not null))
  );

  create table data_item (
    repair_order_id uuid not null references data_recovery,
    category text not null check (category in ('photos', 'contacts', 'messages', 'apps', 'other')),
    wanted boolean not null,
    result text check (result in ('recovered', 'partly', 'lost', 'not_wanted')),
    primary key (repair_order_id, category),
    constraint not_wanted_has_no_other_result check (wanted or result = 'not_wanted')
  );

  -- What makes the customer whole before the cause is fixed.
  create table relief_task (
    id uuid primary key,
    case_id uuid not null references cases,
    kind text not null check (kind in ('duplicate_sim', 'loaner_esim', 'call_forwarding', 'app_voucher', 'data_voucher', 'other')),
    impact text not null check (impact in ('calls', 'data', 'apps', 'photos', 'other')),
    note text not null default '',
    owner_id uuid not null references agent,
    due_at timestamptz not null,
    state text not null check (state in ('planned', 'done', 'cancelled')),
    created_at timestamptz not null,
    decided_by text,
    decided_at timestamptz,
    reason text,
    constraint decided_or_planned check ((state = 'planned') = (decided_at is null) and (state = 'planned') = (decided_by is null)),
    constraint cancelled_with_a_reason check (state <> 'cancelled' or reason is not null)
  );
  create index relief_task_case on relief_task (case_id, due_at);
  create index relief_task_owner on relief_task (owner_id, due_at) where state = 'planned';

  -- How customers are told each stage, in versions: the newest counts. Empty: as the product comes.
  create table stage_wording (
    version int primary key check (version > 0),
    content jsonb not null,
    created_by uuid not null references agent,
    created_at timestamptz not null
  );

  -- What customers are told by the house without having asked: of each cause once.
  create table customer_news (
    id uuid primary key,
    cause text not null unique,
    -- What it is news of: newer news of the same takes its place.
    subject text not null,
    case_id uuid not null references cases,
    -- Null: there was no way to tell them, and somebody has to.
    interaction_id uuid references interaction,
    -- What is dots in its text and leaves with it, unreadable here.
    sealed text,
    created_at timestamptz not null,
    -- What has to be said, in both languages.
    es text, en text,
    settled_at timestamptz,
    settled_by uuid references agent,
    settled_how text check (settled_how in ('phone', 'store', 'elsewhere', 'newer', 'over')),
    constraint settled_somehow check ((settled_at is null) = (settled_how is null) and (settled_by is null or settled_how in ('phone', 'store', 'elsewhere')))
  );
  create index customer_news_case on customer_news (case_id);
  create unique index customer_news_sealed on customer_news (interaction_id) where sealed is not null;
  create index customer_news_untold on customer_news (case_id) where interaction_id is null and settled_at is null;
`;
