import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who log in, where they work, what proves who they are. */
export class Identity1764000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table store (
        id uuid primary key,
        code text not null unique,
        name text not null,
        address text not null,
        city text not null,
        time_zone text not null default 'Europe/Madrid',
        phone text,
        created_at timestamptz not null default now()
      );

      create table queue (
        id uuid primary key,
        name text not null unique,
        is_default boolean not null default false
      );
      create unique index queue_one_default on queue (is_default) where is_default;
      insert into queue (id, name, is_default) values (gen_random_uuid(), 'Atención al cliente', true);

      create table agent (
        id uuid primary key,
        email text not null unique check (email = lower(email)),
        display_name text not null,
        password_hash text not null,
        role text not null check (role in ('agent', 'store', 'supervisor', 'admin')),
        store_id uuid references store,
        language text not null default 'es' check (language in ('es', 'en')),
        active boolean not null default true,
        created_at timestamptz not null default now(),
        constraint store_staff_have_a_store check (role <> 'store' or store_id is not null)
      );

      create table session (
        token_hash bytea primary key,
        agent_id uuid not null references agent on delete cascade,
        created_at timestamptz not null,
        last_seen_at timestamptz not null,
        expires_at timestamptz not null,
        user_agent text,
        ip text
      );
      create index session_agent on session (agent_id);
      create index session_expiry on session (expires_at);

      create table api_token (
        id uuid primary key,
        agent_id uuid not null references agent on delete cascade,
        name text not null,
        token_hash bytea not null unique,
        created_at timestamptz not null,
        revoked_at timestamptz
      );

      create table login_attempt (
        key text primary key,
        failures int not null,
        window_started_at timestamptz not null,
        blocked_until timestamptz
      );

      create table idempotency_key (
        agent_id uuid not null references agent on delete cascade,
        key text not null,
        fingerprint bytea not null,
        answer jsonb,
        created_at timestamptz not null,
        primary key (agent_id, key)
      );
      create index idempotency_key_age on idempotency_key (created_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table idempotency_key, login_attempt, api_token, session, agent, queue, store');
  }
}
