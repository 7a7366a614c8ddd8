import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each mailbox and each account on X is doing: what the health page and the banner show. */
export class ChannelHealth1764000000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table channel_health (
        key text primary key,
        channel text not null check (channel in ('twitter', 'email', 'store', 'phone', 'other')),
        label text not null,
        state text not null check (state in ('ok', 'trouble', 'stopped')),
        reason text,
        detail text,
        last_in_at timestamptz,
        last_out_at timestamptz,
        -- Of the access, where it runs out.
        expires_at timestamptz,
        since timestamptz not null,
        updated_at timestamptz not null,
        constraint trouble_has_a_reason check ((state = 'trouble') = (reason is not null))
      )
    `);
    // What runs by itself says every little while that it still does.
    await db.query('create table pulse (name text primary key, at timestamptz not null)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table pulse, channel_health');
  }
}
