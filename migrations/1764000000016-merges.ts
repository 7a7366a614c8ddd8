import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two customers, or two cases, that turned out to be one; what moved then, so that it can be taken back. */
export class Merges1764000000016 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table merge (
        id uuid primary key,
        -- In the order they were made: later ones of the same people are undone first.
        seq bigint generated always as identity unique,
        kind text not null check (kind in ('customer', 'case')),
        kept_customer uuid not null references customer,
        -- Of a merge of cases the same as kept_customer.
        taken_customer uuid not null references customer,
        -- The open cases that became one; null: there were not two.
        kept_case uuid references cases,
        taken_case uuid references cases,
        actor_kind text not null check (actor_kind in ('agent', 'customer', 'system')),
        actor_id uuid references agent,
        actor_name text not null,
        reason text not null,
        -- The suggestion it followed; no foreign key, for suggestions may be cleared away.
        suggestion_id uuid,
        -- Where both sides said something else: whose word stands, {field: 'kept' | 'taken'}.
        choices jsonb not null,
        -- Which rows moved and how what they change on their owners stood: MergeJournal, libs/cases/src/merge/merge.journal.ts.
        journal jsonb not null,
        at timestamptz not null,
        undo_until timestamptz not null,
        undone_at timestamptz,
        undone_by uuid references agent,
        constraint two_sides check (kind = 'case' or kept_customer <> taken_customer),
        constraint cases_come_in_pairs check ((kept_case is null) = (taken_case is null)),
        constraint a_merge_of_cases_has_cases check (kind = 'customer' or kept_case is not null),
        constraint undone_by_somebody check ((undone_at is null) = (undone_by is null))
      );
      create index merge_kept on merge (kept_customer, seq desc);
      create index merge_taken on merge (taken_customer, seq desc);
      -- Which cases a case was ever one with.
      create index merge_kept_case on merge (kept_case) where kept_case is not null;
      create index merge_taken_case on merge (taken_case) where taken_case is not null;

      -- Who was taken into whom is asked whenever merges are listed.
      create index customer_merged_into on customer (merged_into) where merged_into is not null;

      -- Cases a case was ever one with, and itself: what was said of a thing while they were is on record there, also when they no longer are.
      create function kin_of(the_case uuid) returns uuid[] language sql stable as $$
        with recursive kin (id) as (select the_case
          union select o.id from kin k, lateral (select taken_case as id from merge where kept_case = k.id union all select kept_case from merge where taken_case = k.id) o
            where o.id is not null)
        select array_agg(id) from kin
      $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop function kin_of; drop index customer_merged_into; drop table merge');
  }
}
