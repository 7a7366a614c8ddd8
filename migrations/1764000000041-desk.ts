import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which a partner works on one handoff without an account. */
export class Desk1764000000041 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table handoff add constraint handoff_and_its_partner unique (id, partner_id);

      create table handoff_link (
        id uuid primary key,
        handoff_id uuid not null,
        -- Whose it is: a link never opens what is another's.
        partner_id uuid not null,
        -- SHA-256 of the token.
        token_hash bytea not null unique check (length(token_hash) = 32),
        -- Null when it went out with a message.
        issued_by uuid references agent,
        issued_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > issued_at),
        revoked_at timestamptz,
        revoked_by uuid references agent,
        first_opened_at timestamptz,
        last_opened_at timestamptz,
        opens int not null default 0,
        foreign key (handoff_id, partner_id) references handoff (id, partner_id)
      );
      create index handoff_link_of on handoff_link (handoff_id, issued_at desc);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table handoff_link; alter table handoff drop constraint handoff_and_its_partner');
  }
}
