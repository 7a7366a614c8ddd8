import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people have begun to write, and what they are deciding. */
export class Drafts1764000000020 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Versions never come again, not even after a draft was sent and another begun.
      create sequence draft_version;
      create table draft (
        agent_id uuid not null references agent,
        case_id uuid not null references cases,
        channel text not null check (channel in ('customer', 'twitter', 'email', 'partner', 'internal')),
        text text not null,
        -- Uploads of the writer that belong to it; no foreign key, one may be thrown away meanwhile.
        attachment_ids uuid[] not null,
        -- The way it is to leave by; a way that does not exist yet has a name that is no id.
        thread_id text check (length(thread_id) <= 100),
        version bigint not null default nextval('draft_version'),
        -- The window that wrote last, and its how many-th writing that was.
        writer_id uuid,
        writer_count int,
        updated_at timestamptz not null,
        primary key (agent_id, case_id, channel)
      );
      create index draft_case on draft (case_id);
      create index draft_newest on draft (agent_id, updated_at desc);

      -- Somebody has a decision before them: a lease that others may take over, and that runs out by itself.
      create table decision_lock (
        case_id uuid not null references cases,
        decision text not null check (decision in ('closing', 'merge', 'handover', 'warranty')),
        agent_id uuid not null references agent,
        until timestamptz not null,
        primary key (case_id, decision)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table decision_lock, draft; drop sequence draft_version');
  }
}
