import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the switchboard tells, and what was said elsewhere. */
export class Calls1764000000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Every call the switchboard knows of, also of numbers we do not know yet.
      create table call_log (
        id uuid primary key,
        external_id text not null unique,
        -- E.164; null when it was withheld.
        phone text,
        direction text not null check (direction in ('inbound', 'outbound')),
        outcome text not null check (outcome in ('answered', 'no_answer', 'busy', 'voicemail', 'failed')),
        started_at timestamptz not null,
        duration_seconds int not null,
        extension text,
        -- The entry it became, once its caller has a case.
        interaction_id uuid references interaction,
        created_at timestamptz not null
      );
      create index call_log_phone on call_log (phone, started_at desc) where phone is not null;
      create index call_log_waiting on call_log (phone) where phone is not null and interaction_id is null;

      -- The switchboard knows extensions, not people; and three tries may be written down at once.
      alter table call alter column agent_id drop not null;
      alter table call add column times int not null default 1 check (times between 1 and 50);
      alter table call add column duration_seconds int;
      alter table call add column extension text;
      -- Whose telephone rings, wherever they sit.
      alter table agent add column extension text check (length(extension) between 1 and 40);

      -- Where something was said elsewhere; the address stands on the interaction.
      create table elsewhere (
        id uuid primary key,
        interaction_id uuid not null unique references interaction,
        place text not null,
        url text,
        -- What they are called there.
        author_name text,
        staff_id uuid not null references agent,
        created_at timestamptz not null
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table elsewhere;
      alter table agent drop column extension;
      alter table call drop column extension, drop column duration_seconds, drop column times;
      alter table call alter column agent_id set not null;
      drop table call_log;
    `);
  }
}
