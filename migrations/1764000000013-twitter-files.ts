import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures and films of what came from X that are still to be fetched. */
export class TwitterFiles1764000000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One that is fetched becomes the attachment of the same id, and its row goes.
      create table twitter_file (
        id uuid primary key,
        interaction_id uuid not null references interaction,
        -- In whose name X is asked for it.
        account text not null,
        url text not null,
        content_type text,
        state text not null default 'owed' check (state in ('owed', 'given_up')),
        -- Tries begun, also those a crash ended.
        attempts int not null default 0,
        -- Next try, or the end of the running try's lease.
        due_at timestamptz not null,
        reason text,
        created_at timestamptz not null,
        constraint given_up_has_a_reason check ((state = 'given_up') = (reason is not null)),
        unique (interaction_id, url)
      )
    `);
    await db.query(`create index twitter_file_due on twitter_file (due_at) where state = 'owed'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table twitter_file');
  }
}
