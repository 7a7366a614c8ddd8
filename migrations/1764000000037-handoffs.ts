import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Companies that work with us, the work handed between us, and every word said about it. */
export class Handoffs1764000000037 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(PARTNERS);
    await db.query(HANDOFFS);
    await db.query(LOG);
    await db.query(
      `create index case_event_handoff on case_event ((data ->> 'handoffId')) where type like 'handoff.%'`,
    );
    await db.query(ACCOUNTABLE);
    await db.query(FACTS(`('device', 'call_attempt', 'next_update', 'warranty', 'loan', 'benefit', 'handoff')`));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`delete from story_fact where code = 'handoff'`);
    await db.query(FACTS(`('device', 'call_attempt', 'next_update', 'warranty', 'loan', 'benefit')`));
    await db.query(`
      drop function accountable(uuid);
      drop index case_event_handoff;
      drop table handoff_share, partner_inbox, handoff_delivery, handoff_entry, handoff, partner_key, partner_version, partner;
      drop function handoff_entry_stays();
    `);
  }
}

const GATEWAYS = `('tmf621', 'email', 'desk')`;

const PARTNERS = `
  create table partner (
    id uuid primary key,
    name text not null check (name <> ''),
    kind text not null check (kind in ('manufacturer', 'carrier', 'lab', 'courier')),
    language text not null check (language in ('es', 'en')),
    time_zone text not null check (time_zone <> ''),
    active boolean not null default true,
    gateway text not null check (gateway in ${GATEWAYS}),
    email text,
    -- Addresses they write from besides that; '@lab.example' is everybody there.
    senders text[] not null default '{}',
    -- Tmf621Peer without its secret, and the secret, sealed.
    tmf621 jsonb,
    sealed text,
    postal_address text not null default '',
    -- PartnerTerms.
    terms jsonb not null,
    version int not null check (version > 0),
    changed_by uuid references agent,
    changed_at timestamptz not null
  );
  create unique index partner_name on partner (lower(name));
  create index partner_email on partner (lower(email)) where email is not null;
  create index partner_senders on partner using gin (senders);

  -- What was agreed, at each save: a handoff stays under the one it was sent by.
  create table partner_version (
    partner_id uuid not null references partner,
    version int not null,
    terms jsonb not null,
    changed_by uuid references agent,
    changed_at timestamptz not null,
    primary key (partner_id, version)
  );

  -- By which their systems call ours.
  create table partner_key (
    id uuid primary key,
    partner_id uuid not null references partner,
    kind text not null check (kind in ('api_key', 'oauth2_client')),
    label text not null check (label <> ''),
    client_id text unique,
    -- SHA-256 of the secret.
    secret_hash bytea not null unique,
    created_by uuid not null references agent,
    created_at timestamptz not null,
    used_at timestamptz,
    revoked_at timestamptz,
    constraint a_client_has_a_name check ((kind = 'oauth2_client') = (client_id is not null))
  );
  create index partner_key_of on partner_key (partner_id, created_at);
`;

const HANDOFFS = `
  create table handoff (
    id uuid primary key,
    -- The case's reference when it was written, and a number: 'H-7K2F-9Q.1'.
    reference text not null unique,
    direction text not null check (direction in ('out', 'in')),
    case_id uuid not null references cases,
    partner_id uuid not null references partner,
    -- The partner's version it goes by.
    partner_version int not null,
    mode text not null check (mode in ('advise', 'custody', 'transfer')),
    state text not null check (state in ('draft', 'sent', 'acknowledged', 'accepted', 'info_requested', 'in_progress', 'resolved', 'closed',
      'rejected', 'expired', 'cancelled', 'recalled')),
    state_at timestamptz not null,
    -- When the other side last said so, by their clock, of each that it may say anew (fold.rules).
    heard jsonb not null default '{}',
    priority text not null check (priority in ('low', 'normal', 'high', 'critical')),
    device_id uuid references device,
    repair_order_id uuid references repair_order,
    store_id uuid references store,
    ask text not null check (ask <> ''),
    form jsonb not null default '{}',
    attachment_ids uuid[] not null default '{}',
    gateway text not null check (gateway in ${GATEWAYS}),
    -- What they got to see (HandoffDocument); null: not sent yet, or to be seen no more.
    document jsonb,
    forgotten_at timestamptz,
    -- When it is to be forgotten, once it has ended.
    forget_at timestamptz,
    partner_ref text,
    engineer jsonb,
    eta_at timestamptz,
    outcome text check (outcome in ('repaired', 'replaced', 'no_fault', 'unrepairable', 'advised', 'other')),
    question text,
    opened_by uuid references agent,
    opened_at timestamptz not null,
    sent_at timestamptz,
    -- By when they are to say that they have it, as was agreed; null: nothing was, or that never comes by its calendar.
    acknowledge_by timestamptz,
    -- When they first had it in hand: a mail that left, an answer of their system, a page that was opened.
    delivered_at timestamptz,
    acknowledged_at timestamptz,
    accepted_at timestamptz,
    resolved_at timestamptz,
    -- The customer knows: the message that told them, and since when.
    told_by uuid references interaction,
    told_at timestamptz,
    -- Since when and until when they answer to the customer (mode transfer).
    answers_from timestamptz,
    answers_until timestamptz,
    expires_at timestamptz,
    -- When somebody of theirs is written to because nobody answers, and the how manieth.
    nudge_at timestamptz,
    nudges int not null default 0,
    -- Of the calendars these times were worked out by.
    calendar_revision int,
    entries int not null default 0,
    version int not null default 1,
    constraint sent_or_not check (state in ('draft', 'cancelled') or sent_at is not null),
    constraint accepted_is_acknowledged check (accepted_at is null or acknowledged_at is not null),
    constraint they_answer_once_accepted check (answers_from is null or (accepted_at is not null and told_at is not null and mode = 'transfer')),
    constraint answered_until check (answers_until is null or (answers_from is not null and answers_until >= answers_from)),
    constraint nobody_is_asked_before check (nudge_at is null or delivered_at is not null),
    constraint forgotten_is_gone check (forgotten_at is null or document is null),
    constraint asked_means_a_question check ((state = 'info_requested') <= (question is not null))
  );
  create index handoff_case on handoff (case_id, opened_at desc);
  create index handoff_open on handoff (partner_id, state, state_at, id) where state not in ('closed', 'expired', 'cancelled', 'recalled');
  create index handoff_listed on handoff (state_at desc, id desc);
  create index handoff_given on handoff (sent_at) where direction = 'out';
  create index handoff_of_device on handoff (device_id, sent_at) where device_id is not null;
  create index handoff_of_partner on handoff (partner_id, opened_at desc, id desc);
  -- One company at a time works on a device by a handoff of ours.
  create unique index handoff_one_per_device on handoff (device_id)
    where direction = 'out' and mode <> 'advise' and state not in ('draft', 'closed', 'rejected', 'expired', 'cancelled', 'recalled');
  create index handoff_expires on handoff (expires_at) where state = 'sent';
  create index handoff_nudge on handoff (nudge_at) where nudge_at is not null;
  create index handoff_stale on handoff (calendar_revision) where state = 'sent';
  create index handoff_forget on handoff (forget_at) where forget_at is not null and forgotten_at is null;
  create index handoff_told on handoff (told_by) where told_by is not null and told_at is null;
  create index handoff_answers on handoff (case_id, answers_from desc) where answers_from is not null and answers_until is null;
  create index handoff_repair on handoff (repair_order_id) where repair_order_id is not null;
`;

const LOG = `
  -- Everything said about a handoff, by both sides, in the order it came to us. Never changed, never deleted.
  create table handoff_entry (
    id uuid primary key,
    handoff_id uuid not null references handoff,
    seq int not null check (seq > 0),
    side text not null check (side in ('giver', 'taker')),
    ours boolean not null,
    via text not null check (via in ('tmf621', 'email', 'desk', 'staff', 'clock')),
    kind text not null,
    word jsonb not null,
    audience text not null check (audience in ('internal', 'partner', 'customer')),
    attachment_ids uuid[] not null default '{}',
    -- What it is to whoever said it: the same word counts once.
    external_ref text,
    by_id uuid references agent,
    by_name text not null,
    -- When it was said, by the clock of whoever said it.
    at timestamptz not null,
    recorded_at timestamptz not null,
    -- False: it changed nothing, and why.
    applied boolean not null,
    because text,
    constraint why_not check (applied or because is not null),
    unique (handoff_id, seq)
  );
  create unique index handoff_entry_once on handoff_entry (handoff_id, ours, external_ref) where external_ref is not null;

  create function handoff_entry_stays() returns trigger language plpgsql as $$
  begin
    raise exception 'handoff_entry is never changed';
  end $$;
  create trigger handoff_entry_stays before update or delete on handoff_entry for each row execute function handoff_entry_stays();

  -- A word of ours on its way to them. Of one handoff and gateway each waits for those before it.
  create table handoff_delivery (
    id uuid primary key,
    entry_id uuid not null references handoff_entry,
    handoff_id uuid not null references handoff,
    seq int not null,
    gateway text not null check (gateway in ${GATEWAYS}),
    -- dropped: what it would tell is to be told no more.
    state text not null check (state in ('waiting', 'sent', 'dead', 'dropped')),
    attempts int not null default 0,
    due_at timestamptz,
    error text,
    sent_at timestamptz,
    created_at timestamptz not null,
    constraint waiting_is_due check ((state = 'waiting') = (due_at is not null)),
    unique (entry_id, gateway)
  );
  create index handoff_delivery_due on handoff_delivery (due_at, id) where state = 'waiting';
  create index handoff_delivery_stuck on handoff_delivery (handoff_id, gateway, seq) where state in ('waiting', 'dead');

  -- What came from partners and could not be taken as it was: kept whole, shown, and taken again by a person.
  create table partner_inbox (
    id uuid primary key,
    partner_id uuid references partner,
    gateway text not null check (gateway in ${GATEWAYS}),
    external_ref text not null,
    raw jsonb not null,
    attachment_ids uuid[] not null default '{}',
    state text not null check (state in ('dead', 'taken', 'dropped')),
    error text not null,
    handoff_id uuid references handoff,
    received_at timestamptz not null,
    settled_by uuid references agent,
    settled_at timestamptz,
    constraint settled_or_not check ((state = 'dead') = (settled_at is null)),
    unique (gateway, external_ref)
  );
  create index partner_inbox_dead on partner_inbox (received_at, id) where state = 'dead';

  -- What of a customer went to whom, for what, and until when they may keep it. The values are not kept here.
  create table handoff_share (
    handoff_id uuid not null references handoff,
    field text not null,
    purpose_es text not null,
    purpose_en text not null,
    shared_at timestamptz not null,
    recalled_at timestamptz,
    primary key (handoff_id, field)
  );
`;

const ACCOUNTABLE = `
  -- The partner that answers to the customer of a case now; nobody: we do. Of several, whoever began last.
  create function accountable(of_case uuid) returns uuid language sql stable as $$
    select h.partner_id from handoff h where h.case_id = of_case and h.answers_from is not null and h.answers_until is null
    order by h.answers_from desc, h.id desc limit 1
  $$;
`;

/** Facts that are told as a code and values, so that each reads them in their language. */
const FACTS = (codes: string) => `
  alter table story_fact drop constraint story_fact_code_check, add constraint story_fact_code_check check (code in ${codes});
`;
