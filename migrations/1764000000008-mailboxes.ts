import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mailboxes that are watched, how far each one has been read, and what came from where. */
export class Mailboxes1764000000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table mailbox (
        id uuid primary key,
        -- The address customers write to; ours wherever it appears.
        address text not null check (address = lower(address)),
        host text not null,
        port int not null check (port between 1 and 65535),
        security text not null check (security in ('tls', 'starttls', 'none')),
        username text not null,
        folder text not null,
        -- Where what was taken in is moved; null: it stays and is marked seen.
        move_to text check (move_to <> folder),
        -- How to log in, sealed with HILO_SECRET.
        access text not null,
        access_kind text not null check (access_kind in ('password', 'token', 'refresh')),
        -- Name of the mail server in front of it whose Authentication-Results are believed; null: nobody's.
        trusted_authserv text,
        active boolean not null default true,
        -- Counts the changes people made.
        revision int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (host, port, username, folder)
      );

      -- By account and folder, not by mailbox: another account starts from its own beginning.
      create table mailbox_cursor (
        key text primary key,
        uid_validity numeric not null,
        -- Everything up to here has been taken in.
        uid bigint not null,
        -- Taken in, but the server was not told yet.
        to_mark bigint[] not null default '{}',
        to_flag bigint[] not null default '{}',
        -- What people had read before this moment is none of ours.
        watched_since timestamptz not null,
        updated_at timestamptz not null
      );

      alter table inbound_mail
        -- The address of the watched mailbox it came from; null: somebody delivered it here.
        add column mailbox text,
        -- The server believed in that mailbox when it came; of what was delivered here, the settings tell.
        add column trusted_authserv text,
        -- What a reader should know about how it came: [{code, values}].
        add column notices jsonb not null default '[]';
      -- A mailbox that is read again from its beginning brings nothing twice.
      create unique index inbound_mail_once on inbound_mail (mailbox, storage_key) where mailbox is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index inbound_mail_once;
      alter table inbound_mail drop column mailbox, drop column trusted_authserv, drop column notices;
      drop table mailbox_cursor, mailbox;
    `);
  }
}
