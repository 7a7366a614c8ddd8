import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policies are given to cases that run already, as a run that goes on where it stopped. */
export class Policies1764000000026 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index sla_policy_order on sla_policy (position, id);
      create index case_ledger_policy on case_ledger (policy_version_id) where not is_over;

      create table policy_reapply (
        id uuid primary key,
        policy_id uuid not null references sla_policy,
        version_id uuid not null references sla_policy_version,
        state text not null check (state in ('running', 'done')),
        started_by uuid not null references agent,
        started_at timestamptz not null,
        finished_at timestamptz
      );
      create unique index policy_reapply_one_running on policy_reapply (policy_id) where state = 'running';
      create index policy_reapply_latest on policy_reapply (policy_id, started_at desc, id desc);

      -- Each case that is to have its turn, once. No foreign key to cases, as with their clocks.
      create table policy_reapply_item (
        reapply_id uuid not null references policy_reapply,
        case_id uuid not null,
        -- Null: it waits for its turn.
        outcome text check (outcome in ('changed', 'unchanged', 'over', 'failed')),
        -- Why it failed: a code of the error registry.
        reason text,
        primary key (reapply_id, case_id)
      );
      create index policy_reapply_item_waiting on policy_reapply_item (reapply_id, case_id) where outcome is null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table policy_reapply_item, policy_reapply;
      drop index case_ledger_policy, sla_policy_order;
    `);
  }
}
