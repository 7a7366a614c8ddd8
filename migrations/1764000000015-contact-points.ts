import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who showed who they are, how, and for how long. What identifies them stands with the customers (contact_point). */
export class ContactPoints1764000000015 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(PROOF);
    await db.query(CODES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table one_time_code, proof;');
  }
}

const PROOF = `
  -- Given for a case by the person whose case it is; it holds on every channel of the case until it expires. Never changed: what
  -- a merge or the end of an address makes of it is seen when it is read.
  create table proof (
    id uuid primary key,
    case_id uuid not null references cases,
    customer_id uuid not null references customer,
    -- The address it was shown by; null: in person.
    contact_point_id uuid references contact_point,
    level text not null check (level in ('weak', 'strong')),
    method text not null check (method in ('one_time_code', 'document_seen', 'signed_link', 'sender_verified', 'account')),
    -- Null: nobody of ours had to do anything.
    taken_by uuid references agent,
    given_at timestamptz not null,
    expires_at timestamptz not null,
    constraint proof_lasts check (expires_at > given_at)
  );
  create index proof_case on proof (case_id, expires_at desc);
`;

const CODES = `
  create table one_time_code (
    id uuid primary key,
    case_id uuid not null references cases,
    contact_point_id uuid not null references contact_point,
    -- The message that carries it: there it is dots.
    interaction_id uuid not null unique references interaction,
    -- Keyed (HMAC): not to be guessed from here.
    code_hash bytea not null,
    -- The code for the message on its way, unreadable here; gone once it is used, replaced or expired.
    sealed text,
    sent_by uuid not null references agent,
    tries int not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    closed_at timestamptz,
    closed_how text check (closed_how in ('confirmed', 'typed', 'replaced', 'tried')),
    constraint one_time_code_closed check ((closed_at is null) = (closed_how is null))
  );
  create index one_time_code_case on one_time_code (case_id, created_at desc);
  create index one_time_code_contact on one_time_code (contact_point_id, created_at desc);
  create index one_time_code_newest on one_time_code (created_at);
  -- Whose code an arrival is that is nothing but one.
  create index one_time_code_live on one_time_code (code_hash) where closed_at is null;
`;
