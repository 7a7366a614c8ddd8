import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Phones that customers have while theirs is away: the pool of each store, what is decided of lending, and every loan. */
export class Loaners1764000000034 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('create extension if not exists btree_gist');
    await db.query(POOL);
    await db.query(LOANS);
    await db.query(HOUSE);
    await db.query(LEDGER);
    await db.query(FACTS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index case_ledger_lacking;
      ${TILES("case when l.lacks <> '{}' then 'without_loaner' end")}
      alter table case_ledger drop column has_loaner;
      create index case_ledger_lacking on case_ledger (without_since, case_id) where not is_over and lacks <> '{}';
      drop table case_file, loan_charge, loan_rung, loan, loan_decision, loaner_transfer, loaner_cleaning, loaner_move, loaner, loaner_model,
        loaner_settings, loan_terms, loan_rule;
    `);
  }
}

const POOL = `
  create table loaner_model (
    id uuid primary key,
    brand text not null check (brand <> ''),
    name text not null check (name <> ''),
    os text not null check (os in ('android', 'ios', 'other')),
    sims text[] not null check (sims <> '{}' and sims <@ array['nano', 'esim']),
    retired_at timestamptz,
    created_at timestamptz not null
  );
  create unique index loaner_model_named on loaner_model (lower(brand), lower(name));

  create table loaner (
    id uuid primary key,
    -- Where it is, or where it is going.
    store_id uuid not null references store,
    model_id uuid not null references loaner_model,
    -- What is written on it.
    label text not null check (label <> ''),
    imei text check (imei ~ '^[0-9]{15}$'),
    grade text not null check (grade in ('A', 'B', 'C', 'D')),
    state text not null check (state in ('available', 'reserved', 'on_loan', 'hygiene', 'in_transfer', 'in_repair', 'lost', 'retired')),
    state_at timestamptz not null,
    note text,
    -- Of one that has to be cleaned: this time, of the steps that were done.
    cleaning_id uuid,
    created_at timestamptz not null,
    constraint what_came_back_is_cleaned check ((state = 'hygiene') = (cleaning_id is not null))
  );
  create unique index loaner_label on loaner (lower(label));
  create unique index loaner_imei on loaner (imei) where imei is not null;
  create index loaner_pool on loaner (store_id, state, model_id, id);
  create index loaner_model_of on loaner (model_id);
  create index loaner_state on loaner (state, id);

  -- What became of each, written once.
  create table loaner_move (
    id uuid primary key,
    loaner_id uuid not null references loaner,
    from_state text,
    to_state text not null,
    store_id uuid not null references store,
    reason text,
    loan_id uuid,
    by_id uuid references agent,
    by_name text not null,
    at timestamptz not null
  );
  create index loaner_move_loaner on loaner_move (loaner_id, at desc, id desc);

  -- Who did which step of cleaning it, and when.
  create table loaner_cleaning (
    cleaning_id uuid not null,
    step text not null check (step in ('signed_out', 'lock_off', 'sim_removed', 'erased')),
    loaner_id uuid not null references loaner,
    by_id uuid not null references agent,
    by_name text not null,
    at timestamptz not null,
    primary key (cleaning_id, step)
  );

  -- Who sent it and who has received it: in between it is on its way.
  create table loaner_transfer (
    id uuid primary key,
    loaner_id uuid not null references loaner,
    from_store uuid not null references store,
    to_store uuid not null references store,
    note text,
    sent_by uuid not null references agent,
    sent_name text not null,
    sent_at timestamptz not null,
    received_by uuid references agent,
    received_name text,
    received_at timestamptz,
    -- It never arrived.
    lost_at timestamptz,
    constraint from_one_to_another check (from_store <> to_store),
    constraint somebody_received_it check ((received_at is null) = (received_by is null))
  );
  create unique index loaner_transfer_under_way on loaner_transfer (loaner_id) where received_at is null and lost_at is null;
  create index loaner_transfer_coming on loaner_transfer (to_store, sent_at) where received_at is null and lost_at is null;
  create index loaner_transfer_loaner on loaner_transfer (loaner_id);
`;

const LOANS = `
  create table loan_decision (
    id uuid primary key,
    case_id uuid not null references cases,
    device_id uuid,
    repair_order_id uuid,
    store_id uuid not null references store,
    outcome text not null check (outcome in ('offered', 'accepted', 'declined', 'none_available', 'not_eligible')),
    -- What was wanted; null: any.
    model_id uuid references loaner_model,
    rule text,
    reason text,
    loan_id uuid,
    -- What the story says of it.
    fact_id uuid,
    by_id uuid not null references agent,
    by_name text not null,
    at timestamptz not null,
    constraint a_refusal_names_its_rule check (outcome <> 'not_eligible' or rule is not null),
    constraint declined_with_a_reason check (outcome <> 'declined' or reason is not null)
  );
  create index loan_decision_case on loan_decision (case_id, at desc, id desc);
  create index loan_decision_device on loan_decision (device_id) where device_id is not null;
  create index loan_decision_loan on loan_decision (loan_id) where loan_id is not null;
  -- Wanted where there was none.
  create index loan_decision_unmet on loan_decision (at desc, id desc) where outcome = 'none_available';
  create index loan_decision_unmet_store on loan_decision (store_id, at desc, id desc) where outcome = 'none_available';

  create table loan (
    id uuid primary key,
    loaner_id uuid not null references loaner,
    case_id uuid not null references cases,
    repair_order_id uuid,
    store_id uuid not null references store,
    state text not null check (state in ('reserved', 'active', 'returned', 'released', 'cancelled', 'lost')),
    -- From when somebody has it, or it is kept for them; without an end while that lasts.
    period tstzrange not null,
    -- The case it was made on, while it is reserved or out: there is one of each. A merge may bring a case a second one.
    slot uuid,
    reserved_at timestamptz not null,
    keep_until timestamptz,
    -- When the customer was told that it is not kept for longer; it goes at release_at.
    warned_at timestamptz,
    release_at timestamptz,
    started_at timestamptz,
    due_at timestamptz,
    -- What was promised of the repair as the due time follows it, and whether the repair is back.
    promised_at timestamptz,
    repair_back_at timestamptz,
    -- A person agreed on it: due is never before.
    extended_to timestamptz,
    ended_at timestamptz,
    relieves text[] not null default '{}',
    terms_version int,
    deposit_cents int check (deposit_cents >= 0),
    currency text,
    -- LoanEnd (contracts), as it was when it left and when it came back.
    went_out jsonb,
    came_in jsonb,
    swapped_from uuid references loan,
    fact_id uuid,
    -- When it is looked at next: the end of a reservation, the next step while it is late.
    look_at timestamptz,
    constraint a_loaner_is_with_one exclude using gist (loaner_id with =, period with &&),
    constraint live_or_over check ((state in ('reserved', 'active')) = (upper_inf(period) and not isempty(period))),
    constraint held_while_live check ((slot is not null) = (state in ('reserved', 'active'))),
    constraint kept_until check (state <> 'reserved' or keep_until is not null),
    constraint an_active_one_is_due check (state not in ('active', 'returned') or (started_at is not null and due_at is not null)),
    constraint an_end_has_a_time check ((state in ('reserved', 'active')) = (ended_at is null))
  );
  create unique index loan_one_of_a_case on loan (slot) where slot is not null;
  create index loan_case on loan (case_id, reserved_at desc);
  create index loan_look on loan (look_at, id) where look_at is not null;
  create index loan_repair on loan (repair_order_id) where repair_order_id is not null;
  create index loan_live on loan (loaner_id) where state in ('reserved', 'active');

  -- Each step taken while it is late, once for each day it was due.
  create table loan_rung (
    loan_id uuid not null references loan,
    due_at timestamptz not null,
    rung text not null check (rung in ('reminder', 'call', 'supervisor')),
    at timestamptz not null,
    primary key (loan_id, due_at, rung)
  );

  -- What somebody decided is to be paid: nothing is charged from here.
  create table loan_charge (
    id uuid primary key,
    loan_id uuid not null references loan,
    kind text not null check (kind in ('damage', 'loss')),
    text text not null,
    photo_ids uuid[] not null default '{}',
    decision text not null check (decision in ('open', 'none', 'charge')),
    amount_cents int check (amount_cents >= 0),
    currency text,
    by_id uuid not null references agent,
    by_name text not null,
    at timestamptz not null,
    -- Since when it is owed no more: all of the phone is, or it was found.
    ended_at timestamptz,
    constraint a_charge_has_an_amount check ((decision = 'charge') = (amount_cents is not null and currency is not null)),
    constraint lost_or_damaged exclude using gist (loan_id with =, kind with <>) where (ended_at is null)
  );
  create unique index loan_charge_lost_once on loan_charge (loan_id) where kind = 'loss' and ended_at is null;
  create index loan_charge_loan on loan_charge (loan_id);

  -- Pictures and signatures that are of a case and of no message on it.
  create table case_file (
    attachment_id uuid primary key references attachment,
    case_id uuid not null references cases,
    at timestamptz not null
  );
  create index case_file_case on case_file (case_id);
`;

const HOUSE = `
  create table loaner_settings (
    -- There is one of them.
    id int primary key default 1 check (id = 1),
    keep_hours int not null default 24 check (keep_hours > 0),
    warn_minutes int not null default 120 check (warn_minutes > 0),
    grace_days int not null default 2 check (grace_days >= 0),
    plain_days int not null default 14 check (plain_days > 0),
    reminder_after_hours int not null default 12,
    call_after_hours int not null default 72,
    supervisor_after_hours int not null default 168,
    deposit_cents int check (deposit_cents >= 0),
    currency text not null default 'EUR',
    constraint one_step_after_the_other check (reminder_after_hours < call_after_hours and call_after_hours < supervisor_after_hours)
  );
  insert into loaner_settings (id) values (1);

  create table loan_terms (
    version int primary key,
    es text not null check (es <> ''),
    en text not null check (en <> ''),
    since timestamptz not null
  );
  insert into loan_terms (version, es, en, since) values (1,
    'Te prestamos este móvil mientras el tuyo no está. Cuídalo como si fuera tuyo. Tráelo el día acordado; si tu reparación se retrasa, la fecha se mueve con ella y no tienes que hacer nada. Antes de devolverlo, cierra tus cuentas, quita el bloqueo y saca tu SIM: lo borramos delante de ti. Si se pierde o se rompe, dínoslo cuanto antes.',
    'We lend you this phone while yours is away. Take care of it as if it were yours. Bring it back on the day we agreed; if your repair is late, the day moves with it and there is nothing you have to do. Before you give it back, sign out of your accounts, take the lock off and take out your SIM: we erase it in front of you. If it is lost or broken, tell us as soon as you can.',
    now());

  create table loan_rule (
    code text primary key check (code ~ '^[a-z][a-z_]{1,39}$'),
    es text not null,
    en text not null,
    looked_up text not null check (looked_up in ('person', 'earlier_lost', 'overdue')),
    active boolean not null default true,
    place int not null
  );
  insert into loan_rule (code, es, en, looked_up, place) values
    ('earlier_lost', 'No devolvió un préstamo anterior', 'An earlier loaner was never given back', 'earlier_lost', 1),
    ('overdue', 'Tiene otro préstamo sin devolver a tiempo', 'Another loaner of theirs is overdue', 'overdue', 2),
    ('debt', 'Tiene facturas sin pagar desde hace más de 60 días', 'Bills have been unpaid for more than 60 days', 'person', 3),
    ('identity', 'No ha mostrado quién es', 'They have not shown who they are', 'person', 4);
`;

/** Figures a case stands under, with what `without_loaner` takes. */
const TILES = (withoutLoaner: string): string => `
  create or replace function dashboard_tiles(l case_ledger) returns text[] language sql immutable parallel safe as $$
    select case when l.is_over then '{}'::text[] else array_remove(array[
      case when l.lacks <> '{}' and l.is_answered and not l.next_is_late and not l.update_late and not l.quiet then 'paper' end,
      case when l.without_service then 'without_service' end,
      ${withoutLoaner},
      case when l.next_is_late then 'breached' end,
      case when l.update_late then 'update_late' end,
      case when l.assignee_id is null and l.queue_id is not null then 'waiting' end], null) end
  $$;
`;

const LEDGER = `
  alter table case_ledger add column has_loaner boolean not null default false;
  drop index case_ledger_lacking;
  create index case_ledger_lacking on case_ledger (without_since, case_id) where not is_over and lacks <> '{}' and not has_loaner;
  ${TILES("case when l.lacks <> '{}' and not l.has_loaner then 'without_loaner' end")}
`;

/** Facts of the story get one more code, whatever codes there are by now. */
const FACTS = `
  do $$
  declare
    known text;
  begin
    select pg_get_constraintdef(oid) into known from pg_constraint where conrelid = 'story_fact'::regclass and conname = 'story_fact_code_check';
    if known not like '%''loan''%' then
      execute 'alter table story_fact drop constraint story_fact_code_check, add constraint story_fact_code_check '
        || replace(known, 'ARRAY[', 'ARRAY[''loan''::text, ');
    end if;
  end $$;
`;
