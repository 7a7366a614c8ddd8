import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Problems with their stage, impacts with their state, the facts of the story, promises, and the way to the end of a case. */
export class Story1764000000018 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(PROBLEMS);
    await db.query(FACTS);
    await db.query(CLOSING);
    await db.query(NAMES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function told_names(uuid);
      drop table closing_question, re_explanation, story_fact, promise;
      alter table cases drop column next_update_due_at;
      alter table impact drop column part, drop column problem_id, drop column state_at;
      alter table problem drop column stage, drop column stage_at, drop column agreed_by, drop column agreed_how,
        drop column agreed_entry, drop column agreed_at, drop column agreed_recorded_by;
    `);
  }
}

const PROBLEMS = `
  alter table problem
    add column stage text not null default 'received' check (stage in ('received', 'understood', 'in_solution', 'restored', 'closed')),
    -- Null: since it was written down.
    add column stage_at timestamptz,
    -- That the customer agreed with the statement: who said so, how, where, and who wrote that down.
    add column agreed_by text,
    add column agreed_how text check (agreed_how in ('message', 'phone', 'store')),
    -- No foreign key: an entry, wherever a person has moved it since.
    add column agreed_entry uuid,
    add column agreed_at timestamptz,
    add column agreed_recorded_by text,
    add constraint understood_means_agreed check (stage <> 'understood' or agreed_at is not null),
    add constraint agreement_is_whole check ((agreed_at is null) = (agreed_by is null) and (agreed_at is null) = (agreed_how is null)
      and (agreed_at is null) = (agreed_recorded_by is null));

  alter table impact
    add column part text check (part in ('in', 'out')),
    add column problem_id uuid references problem,
    -- Null: since it was reported.
    add column state_at timestamptz,
    add constraint parts_are_of_calls check (part is null or kind = 'calls');
  create index impact_problem on impact (problem_id) where problem_id is not null;
`;

const FACTS = `
  -- What somebody of ours said would happen, and by when.
  create table promise (
    id uuid primary key,
    case_id uuid not null references cases,
    kind text not null check (kind in ('update', 'other')),
    text text,
    by_id uuid not null references agent,
    by_name text not null,
    due_at timestamptz not null,
    state text not null check (state in ('open', 'kept', 'broken', 'withdrawn')),
    decided_at timestamptz,
    decided_by text,
    reason text,
    -- The message to the customer that kept it, and when that left: nobody had to say so. No foreign key, as with all entries.
    kept_entry uuid,
    kept_at timestamptz,
    created_at timestamptz not null,
    constraint decided_or_open check ((state = 'open') = (decided_at is null)),
    constraint kept_by_what_left check ((kept_entry is null) = (kept_at is null) and (kept_entry is null or (state = 'kept' and kind = 'update'))),
    constraint a_promise_says_what check (kind = 'update' or text is not null)
  );
  create index promise_open on promise (case_id, due_at) where state = 'open';
  create index promise_case on promise (case_id);
  -- The nearest "we write again by" of its open promises.
  alter table cases add column next_update_due_at timestamptz;

  -- Facts are corrected by a new row the old one points to, and withdrawn with a reason; nothing is overwritten.
  create table story_fact (
    id uuid primary key,
    case_id uuid not null references cases,
    kind text not null check (kind in ('broke', 'lost', 'tried', 'decided', 'promised', 'owed')),
    -- From a structured action: code and values, said in the language of the reader; else a person's own words.
    code text check (code in ('device', 'call_attempt', 'next_update')),
    values jsonb not null default '{}',
    text text,
    language text check (language in ('es', 'en')),
    -- When it happened or was said; when it was written down.
    at timestamptz not null,
    created_at timestamptz not null,
    author_kind text not null check (author_kind in ('customer', 'agent', 'system')),
    author_id uuid references agent,
    author_name text not null,
    -- The interaction or note it comes from; no foreign key, it may be either.
    entry_id uuid,
    promise_id uuid references promise,
    -- What it was told from, once on a case however often that is told: a visit's device, a call.
    origin text,
    superseded_by uuid references story_fact,
    withdrawn_at timestamptz,
    withdrawn_by text,
    withdrawn_reason text,
    constraint a_fact_says_something check (code is not null or text is not null),
    constraint free_text_has_a_language check ((text is null) = (language is null)),
    constraint withdrawn_with_a_reason check ((withdrawn_at is null) = (withdrawn_reason is null) and (withdrawn_at is null) = (withdrawn_by is null)),
    constraint promised_means_a_promise check ((kind = 'promised') = (promise_id is not null))
  );
  create index story_fact_case on story_fact (case_id);
  create index story_fact_superseded on story_fact (superseded_by) where superseded_by is not null;
  create unique index story_fact_origin on story_fact (case_id, origin) where origin is not null;

  -- Each time a customer was asked, or had to say, what we hold already; dismissed ones are no such time.
  create table re_explanation (
    id uuid primary key,
    case_id uuid not null references cases,
    source text not null check (source in ('agent_asked', 'customer_said')),
    asked text[] not null default '{}',
    entry_id uuid,
    dismissed boolean not null default false,
    recorded_by uuid not null references agent,
    recorded_name text not null,
    at timestamptz not null
  );
  create index re_explanation_case on re_explanation (case_id);
  create unique index re_explanation_entry on re_explanation (case_id, entry_id) where entry_id is not null;
`;

const CLOSING = `
  -- "Is all well?": one row each time a case is restored. planned: asked when due · asked: closes when due, if nobody says
  -- anything until then.
  create table closing_question (
    id uuid primary key,
    case_id uuid not null references cases,
    state text not null check (state in ('planned', 'asked', 'answered', 'denied', 'unreachable', 'cancelled', 'closed')),
    -- Of planned and asked: when the next step is due.
    due_at timestamptz,
    asked_at timestamptz,
    interaction_id uuid references interaction,
    -- What the customer answered; no foreign key, a person may move it.
    answer_id uuid,
    created_at timestamptz not null,
    constraint due_while_it_runs check ((due_at is not null) = (state in ('planned', 'asked')))
  );
  create unique index closing_question_running on closing_question (case_id) where state in ('planned', 'asked');
  create index closing_question_case on closing_question (case_id, created_at desc);
  create index closing_question_due on closing_question (due_at) where state in ('planned', 'asked');
`;

const NAMES = `
  -- What the story of a customer's cases says masked: [{kind, value}]. A line that is their telephone as well is shown there anyway.
  create function told_names(the_customer uuid) returns json language sql stable as $$
    select coalesce(json_agg(json_build_object('kind', p.kind, 'value', p.value)), '[]') from contact_point p
    where p.customer_id = the_customer and p.kind in ('document', 'customer_number', 'line', 'imei') and p.value is not null
      and not (p.kind = 'line' and exists (select from contact_point o where o.customer_id = the_customer and o.kind = 'phone' and o.value = p.value and o.valid_to is null))
  $$;
`;
