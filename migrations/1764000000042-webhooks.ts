import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other systems that are told of what happens. */
export class Webhooks1764000000042 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table webhook_endpoint (
        id uuid primary key,
        url text not null check (url <> ''),
        description text not null default '',
        -- Events by name, or 'noun.*'; none: everything.
        types text[] not null default '{}',
        active boolean not null default true,
        -- The secret it signs with, sealed; and the one before, until others have changed it over.
        sealed text not null,
        sealed_before text,
        both_until timestamptz,
        -- Tries in a row that went wrong; it is left alone until then.
        failures int not null default 0,
        resumes_at timestamptz,
        last_sent_at timestamptz,
        created_by uuid not null references agent,
        created_at timestamptz not null,
        constraint both_or_one check ((sealed_before is null) = (both_until is null))
      );

      create table webhook_message (
        id uuid primary key,
        endpoint_id uuid not null references webhook_endpoint on delete cascade,
        event_id uuid not null references case_event,
        state text not null check (state in ('waiting', 'sent', 'dead')),
        attempts int not null default 0,
        due_at timestamptz,
        status int,
        error text,
        created_at timestamptz not null,
        sent_at timestamptz,
        constraint waiting_is_due check ((state = 'waiting') = (due_at is not null)),
        unique (endpoint_id, event_id)
      );
      create index webhook_message_due on webhook_message (endpoint_id, due_at, id) where state = 'waiting';
      create index webhook_message_log on webhook_message (endpoint_id, created_at desc, id desc);
      create index webhook_message_dead on webhook_message (endpoint_id) where state = 'dead';
      create index webhook_message_event on webhook_message (event_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table webhook_message, webhook_endpoint');
  }
}
