import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail of companies that work with us: it belongs to a handoff, never to a customer's case. */
export class PartnerMail1764000000040 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table inbound_mail
        drop constraint inbound_mail_state_check,
        -- partner: a company's, taken by what they work on or kept for a person to look at.
        add constraint inbound_mail_state_check check (state in ('pending', 'done', 'rejected', 'reported', 'partner'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      update inbound_mail set state = 'done' where state = 'partner';
      alter table inbound_mail
        drop constraint inbound_mail_state_check,
        add constraint inbound_mail_state_check check (state in ('pending', 'done', 'rejected', 'reported'));
    `);
  }
}
