import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Intakes and pick-ups at counters: what was written down field by field, by whom, and what was signed. */
export class Counter1764000000036 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table counter_intake (
        id uuid primary key,
        store_id uuid not null references store,
        kind text not null check (kind in ('intake', 'pick_up')),
        state text not null check (state in ('open', 'finished', 'abandoned')),
        started_by uuid not null references agent,
        started_at timestamptz not null,
        touched_by uuid not null references agent,
        touched_at timestamptz not null,
        ended_by uuid references agent,
        ended_at timestamptz,
        -- Why nothing came of it.
        reason text,
        case_id uuid references cases,
        -- IntakeOutcome (contracts): what it made.
        outcome jsonb,
        constraint ended_or_open check ((state = 'open') = (ended_at is null) and (ended_at is null) = (ended_by is null)),
        constraint finished_means_an_outcome check ((state = 'finished') = (outcome is not null) and (state = 'finished') = (case_id is not null)),
        constraint abandoned_with_a_reason check ((state = 'abandoned') = (reason is not null))
      );
      create index counter_intake_open on counter_intake (store_id, touched_at desc, id desc) where state = 'open';
      create index counter_intake_case on counter_intake (case_id) where case_id is not null;

      -- One row a field: two tablets at one intake change different ones, and see it when they change the same.
      create table counter_field (
        intake_id uuid not null references counter_intake on delete cascade,
        path text not null,
        value jsonb not null,
        version int not null check (version > 0),
        set_by uuid not null references agent,
        set_at timestamptz not null,
        primary key (intake_id, path)
      );

      -- Pictures and signatures taken at it, by whoever: any tablet of the store goes on with them.
      create table counter_photo (
        attachment_id uuid primary key references attachment on delete cascade,
        intake_id uuid not null references counter_intake on delete cascade
      );
      create index counter_photo_intake on counter_photo (intake_id);

      -- The board of a store: what is there, what is out.
      create index repair_order_at_store on repair_order (store_id, stage, stage_at) where stage not in ('returned', 'closed');
      create index loan_at_store on loan (store_id, state, due_at) where state in ('reserved', 'active');

      create table counter_terms (
        version int primary key,
        es text not null,
        en text not null,
        valid_from timestamptz not null
      );
      insert into counter_terms (version, es, en, valid_from) values (1,
        'El dispositivo queda en depósito para su diagnóstico y reparación. No se hará ningún trabajo con coste sin tu aprobación por escrito. Conserva una copia de tus datos: haremos lo posible por no borrarlos y te avisaremos antes si no hay otra manera. Puedes recoger el dispositivo cuando quieras presentando este recibo o tu documento.',
        'The device is left with us for diagnosis and repair. Nothing that costs you money is done without your written approval. Keep a copy of your data: we do what we can not to erase it, and tell you before if there is no other way. You can collect the device at any time with this receipt or your ID.',
        '2026-01-01');

      -- What a customer was given and what they signed, as it stood then: a receipt says the same for ever.
      create table counter_receipt (
        intake_id uuid primary key references counter_intake,
        -- ReceiptData (counter), letter by letter as it was hashed: json, which jsonb would put in another order.
        data json not null,
        -- SHA-256 of data, as it was signed.
        sha256 bytea not null,
        -- Null: nothing was left.
        terms_version int references counter_terms,
        language text not null check (language in ('es', 'en')),
        signature_id uuid references attachment,
        -- Where the signature came from.
        signed_ip text,
        created_at timestamptz not null
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'drop index repair_order_at_store, loan_at_store; drop table counter_receipt, counter_terms, counter_photo, counter_field, counter_intake',
    );
  }
}
