import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers are given for their trouble, what the law says they are owed, and the messages to the systems that pay it. */
export class Goodwill1764000000035 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(SETTINGS);
    await db.query(BENEFITS);
    await db.query(LEGAL);
    await db.query(MESSAGES);
    await db.query(ELSEWHERE);
    await db.query(FIRST_RULES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      delete from story_fact where code = 'benefit';
      alter table story_fact drop constraint story_fact_code_check,
        add constraint story_fact_code_check check (code in ('device', 'call_attempt', 'next_update', 'warranty', 'loan'));
      delete from notification where kind in ('benefit_asked', 'benefit_decided', 'loan_overdue', 'opinion_asked', 'opinion_given', 'untold');
      alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
        check (kind in ('customer_wrote', 'due_soon', 'breached', 'escalated', 'escalation_told', 'handed_over', 'assigned', 'routed', 'mentioned', 'send_failed', 'digest'));
      drop table benefit_message, legal_compensation, legal_terms, benefit_accrual, benefit_fee, benefit, goodwill_limits, goodwill_rule_version, goodwill_rule;
    `);
  }
}

const SETTINGS = `
  create table goodwill_rule (
    id uuid primary key,
    name text not null unique,
    is_active boolean not null default true,
    -- Up to when it has been looked who has come to it; null: nobody looked yet, or it says something new.
    swept_to timestamptz,
    created_at timestamptz not null
  );
  -- What a rule says is never rewritten; the newest version is proposed from.
  create table goodwill_rule_version (
    id uuid primary key,
    rule_id uuid not null references goodwill_rule,
    version int not null,
    after_days int not null check (after_days >= 0),
    -- Empty: of every tier; whatever they lack.
    tiers text[] not null default '{}',
    lacks text[] not null default '{}',
    -- RuleTerms (contracts).
    terms jsonb not null,
    -- Null: comes with the product.
    created_by uuid references agent,
    created_at timestamptz not null,
    unique (rule_id, version)
  );

  -- GoodwillLimits (contracts): what each role may give to whom. The newest counts.
  create table goodwill_limits (
    version int primary key,
    content jsonb not null,
    created_by uuid references agent,
    created_at timestamptz not null
  );
  insert into goodwill_limits values (1, '{"windowDays": 90, "currency": "EUR", "hundredPointsCents": 100, "roles": {
    "agent": {"standard": 3000, "silver": 5000, "gold": 8000}, "store": {"standard": 3000, "silver": 5000, "gold": 8000},
    "supervisor": {"standard": 15000, "silver": 20000, "gold": 30000}, "admin": {"standard": null, "silver": null, "gold": null}}}', null, now());
`;

const BENEFITS = `
  create table benefit (
    id uuid primary key,
    case_id uuid not null references cases,
    customer_id uuid not null references customer,
    kind text not null check (kind in ('fee_discount', 'voucher', 'repair_contribution', 'points', 'privilege')),
    state text not null check (state in ('proposed', 'approved', 'active', 'issued', 'stopped', 'ended', 'refused', 'cancelled')),
    -- BenefitValues (contracts).
    "values" jsonb not null,
    -- What it counts for against limits: of a discount that runs a month of it, then what it came to.
    value_cents bigint not null check (value_cents >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- As it was when it was proposed or given.
    tier text not null check (tier in ('standard', 'silver', 'gold')),
    rule_id uuid references goodwill_rule,
    rule_version int,
    needs text[] not null default '{}',
    reason text,
    equity_reason text,
    asked_by uuid references agent,
    asked_at timestamptz,
    decided_by uuid references agent,
    decided_at timestamptz,
    decision_reason text,
    refused_by text check (refused_by in ('us', 'customer')),
    -- Of discounts: which of their lines; local days in a zone that stays what it was; null: until all works again.
    line text not null default '',
    from_day date,
    to_day date,
    time_zone text,
    next_accrual_at timestamptz,
    -- Of vouchers: nobody can read the code here.
    code_hash bytea unique,
    code_ends text,
    code_shown_at timestamptz,
    code_shown_by uuid references agent,
    expires_at timestamptz,
    -- Of what a quote sets aside for a repair: which (none once it was taken back for coming to nothing); rooms beside this one, so no foreign keys.
    repair_id uuid,
    quote_id uuid,
    created_at timestamptz not null,
    state_at timestamptz not null,
    constraint only_repairs_have_quotes check ((quote_id is null or repair_id is not null) and (repair_id is null or kind = 'repair_contribution')),
    constraint rules_have_versions check ((rule_id is null) = (rule_version is null)),
    constraint a_discount_has_days check (kind <> 'fee_discount' or state in ('proposed', 'approved', 'refused', 'cancelled') or (from_day is not null and time_zone is not null)),
    constraint accrues_while_it_runs check (next_accrual_at is null or (kind = 'fee_discount' and state = 'active')),
    constraint refused_by_somebody check ((state = 'refused') = (refused_by is not null)),
    constraint an_issued_voucher_has_a_code check (kind <> 'voucher' or state not in ('issued', 'ended') or code_hash is not null)
  );
  create index benefit_case on benefit (case_id, created_at);
  create index benefit_customer on benefit (customer_id, created_at);
  -- Of one rule a case is proposed something once, whatever becomes of it.
  create unique index benefit_once on benefit (rule_id, case_id) where rule_id is not null;
  -- What a version of a quote sets aside is given once, and of one repair one thing at a time.
  create unique index benefit_quote on benefit (quote_id) where quote_id is not null;
  create unique index benefit_repair on benefit (repair_id) where repair_id is not null and state = 'active';
  create index benefit_accrues on benefit (next_accrual_at, id) where next_accrual_at is not null;
  create index benefit_expires on benefit (expires_at, id) where state = 'issued' and expires_at is not null;
  create index benefit_waits on benefit (asked_at, id) where state = 'proposed' and asked_by is not null;
  create index benefit_ledger on benefit (decided_at desc, id desc) where decided_at is not null and state not in ('refused', 'cancelled');

  -- What they pay for the line, from a day on: plans change midway.
  create table benefit_fee (
    benefit_id uuid not null references benefit,
    from_day date not null,
    monthly_fee_cents bigint not null check (monthly_fee_cents >= 0),
    primary key (benefit_id, from_day)
  );

  -- The days of a discount. Whatever joins, a day of a line counts once.
  create table benefit_accrual (
    benefit_id uuid not null references benefit,
    customer_id uuid not null references customer,
    line text not null,
    day date not null,
    percent numeric(5, 2) not null,
    monthly_fee_cents bigint not null,
    amount_cents bigint not null check (amount_cents >= 0),
    primary key (benefit_id, day),
    unique (customer_id, line, day)
  );
  create index benefit_accrual_day on benefit_accrual (day);
`;

const LEGAL = `
  -- LegalTerms (contracts): parameters of the law with their source. The newest counts.
  create table legal_terms (
    version int primary key,
    content jsonb not null,
    created_by uuid references agent,
    created_at timestamptz not null
  );
  insert into legal_terms values (1, '{"source": "Real Decreto 899/2009, de 22 de mayo (Carta de derechos del usuario), artículo 15: interrupción temporal del servicio telefónico",
    "url": "https://www.boe.es/buscar/act.php?id=BOE-A-2009-8961", "feeTimes": 5, "averageMonths": 3, "automaticFromCents": 100, "currency": "EUR"}', null, now());

  -- What the law says is owed: a ledger of its own, which nothing that is given is ever taken from.
  create table legal_compensation (
    id uuid primary key,
    case_id uuid not null references cases,
    customer_id uuid not null references customer,
    service text not null check (service in ('telephone', 'internet')),
    state text not null check (state in ('running', 'owed', 'withdrawn')),
    terms_version int not null references legal_terms,
    from_at timestamptz not null,
    to_at timestamptz,
    time_zone text not null,
    monthly_fee_cents bigint not null,
    average_cents bigint,
    amount_cents bigint not null default 0 check (amount_cents >= 0),
    currency text not null,
    reason text not null,
    recorded_by uuid not null references agent,
    created_at timestamptz not null,
    state_at timestamptz not null,
    constraint running_has_no_end check (state <> 'running' or to_at is null),
    constraint ends_after_it_begins check (to_at is null or from_at < to_at)
  );
  create index legal_compensation_case on legal_compensation (case_id, created_at);
  create index legal_compensation_customer on legal_compensation (customer_id, service, from_at);
  create index legal_compensation_running on legal_compensation (case_id) where state = 'running';
  create index legal_compensation_ledger on legal_compensation (created_at desc, id desc);
`;

const MESSAGES = `
  -- What billing, voucher and loyalty systems are told, each once; its id is the key they know a repetition by.
  create table benefit_message (
    id uuid primary key,
    system text not null check (system in ('billing', 'voucher', 'loyalty')),
    type text not null,
    benefit_id uuid references benefit,
    compensation_id uuid references legal_compensation,
    -- The exact bytes that are signed and sent, at every try.
    body text not null,
    state text not null check (state in ('waiting', 'sent', 'dead')),
    -- Of one that waits: the next try, or the end of the lease of the running one.
    due_at timestamptz,
    attempts int not null default 0,
    last_status int,
    last_error text,
    created_at timestamptz not null,
    sent_at timestamptz,
    unique (benefit_id, type),
    unique (compensation_id, type),
    constraint about_one_thing check ((benefit_id is null) <> (compensation_id is null)),
    constraint due_while_it_waits check ((due_at is not null) = (state = 'waiting'))
  );
  create index benefit_message_due on benefit_message (due_at, id) where state = 'waiting';
  create index benefit_message_newest on benefit_message (created_at desc, id desc);
  create index benefit_message_dead on benefit_message (created_at desc, id desc) where state = 'dead';
`;

const ELSEWHERE = `
  alter table story_fact drop constraint story_fact_code_check,
    add constraint story_fact_code_check check (code in ('device', 'call_attempt', 'next_update', 'warranty', 'loan', 'benefit'));
  alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
    check (kind in ('customer_wrote', 'due_soon', 'breached', 'escalated', 'escalation_told', 'handed_over', 'assigned', 'routed', 'mentioned', 'send_failed', 'digest',
      'benefit_asked', 'benefit_decided', 'loan_overdue', 'opinion_asked', 'opinion_given', 'untold'));
`;

/** What the product comes with; everything of it can be changed. Who has been here longer never has less. */
const RULES: [name: string, afterDays: number, tiers: string[], terms: object][] = [
  ['Un día sin servicio', 1, ['standard'], { kind: 'fee_discount', percent: 50 }],
  ['Un día sin servicio, plata y oro', 1, ['silver', 'gold'], { kind: 'fee_discount', percent: 70 }],
  ['Tres días sin servicio', 3, ['standard', 'silver'], voucher(1000)],
  ['Tres días sin servicio, oro', 3, ['gold'], voucher(1500)],
  ['Cinco días sin servicio', 5, ['standard'], { kind: 'points', points: 500 }],
  ['Cinco días sin servicio, plata y oro', 5, ['silver', 'gold'], { kind: 'points', points: 1000 }],
  ['Una persona de contacto, oro', 5, ['gold'], { kind: 'privilege', privilege: 'named_contact' }],
];

function voucher(amountCents: number) {
  return { kind: 'voucher', purpose: 'purchase', amountCents, currency: 'EUR', validDays: 180 };
}

const FIRST_RULES = RULES.map(
  ([name, afterDays, tiers, terms]) => `
  with made as (insert into goodwill_rule (id, name, created_at) values (new_id(), '${name}', now()) returning id)
  insert into goodwill_rule_version (id, rule_id, version, after_days, tiers, terms, created_at)
  select new_id(), id, 1, ${afterDays}, '{${tiers.join(',')}}', '${JSON.stringify(terms)}', now() from made;`,
).join('');
