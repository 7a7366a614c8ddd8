import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other systems say of customers, how customers want to be spoken to, and the imports that said it. */
export class CustomerCard1764000000022 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One record of one customer in another system, as it stands there. Somebody may have several.
      create table customer_account (
        id uuid primary key,
        customer_id uuid not null references customer,
        source text not null,
        number text not null,
        -- AccountData (contracts): a copy of what that system says, shown and never searched.
        data jsonb not null,
        as_of timestamptz not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (source, number)
      );
      create index customer_account_customer on customer_account (customer_id);

      create table customer_preference (
        customer_id uuid not null references customer,
        field text not null check (field in ('channel', 'hours', 'language', 'formality')),
        -- JSON null: they said they have none.
        value jsonb not null,
        -- 'staff', or the system an import came from.
        source text not null,
        set_by uuid references agent,
        set_at timestamptz not null,
        primary key (customer_id, field),
        constraint a_person_set_it check (source <> 'staff' or set_by is not null)
      );

      -- What makes somebody silver or gold: either is enough.
      create table tier_rule (
        tier text primary key check (tier in ('silver', 'gold')),
        min_years int check (min_years > 0),
        min_monthly_cents bigint check (min_monthly_cents > 0),
        currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
        constraint a_rule_says_something check (min_years is not null or min_monthly_cents is not null)
      );
      insert into tier_rule (tier, min_years, min_monthly_cents) values ('silver', 2, 3000), ('gold', 5, 6000);

      create table customer_import (
        id uuid primary key,
        source text not null,
        file_name text,
        dry_run boolean not null,
        -- Names of the columns of a file, in its order.
        header text[],
        state text not null check (state in ('running', 'done')),
        -- Rows read, and of them those whose turn has come.
        rows int not null default 0,
        done int not null default 0,
        created int not null default 0,
        updated int not null default 0,
        unchanged int not null default 0,
        refused int not null default 0,
        started_by uuid not null references agent,
        started_at timestamptz not null,
        finished_at timestamptz
      );
      create index customer_import_newest on customer_import (started_at desc, id desc);
      create index customer_import_waiting on customer_import (started_at, id) where state = 'running';

      -- Each row waits here until its turn comes, so that an import goes on where it stopped. What it said is forgotten once it
      -- was taken; what was refused is kept, to be put right.
      create table customer_import_row (
        import_id uuid not null references customer_import on delete cascade,
        row int not null,
        number text,
        record jsonb,
        cells text[],
        outcome text check (outcome in ('created', 'updated', 'unchanged', 'refused')),
        reasons jsonb not null default '[]',
        customer_id uuid references customer,
        primary key (import_id, row)
      );
      create index customer_import_row_waiting on customer_import_row (import_id, row) where outcome is null;
      create index customer_import_row_number on customer_import_row (import_id, number) where number is not null;
      create index customer_import_row_customer on customer_import_row (customer_id) where customer_id is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table customer_import_row, customer_import, tier_rule, customer_preference, customer_account');
  }
}
