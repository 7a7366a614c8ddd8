import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told of, how they want to be told, and the mails that go to them. */
export class Notifications1764000000030 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A mail to one of us: nothing of a case, never to a customer. Written whole before its first try, so that every try sends the same.
      create table staff_mail (
        id uuid primary key,
        agent_id uuid not null references agent,
        subject text not null,
        text text not null,
        html text not null,
        state text not null check (state in ('pending', 'sent', 'failed')),
        -- The next try, or the end of the running one's lease.
        due_at timestamptz not null,
        attempts int not null default 0,
        reason text,
        detail text,
        created_at timestamptz not null,
        sent_at timestamptz
      );
      create index staff_mail_due on staff_mail (due_at) where state = 'pending';
      create index staff_mail_agent on staff_mail (agent_id, created_at desc);

      -- Something somebody is told. No foreign key to cases: telling must not wait for whoever has the case in hand; and none to
      -- people: it is written by joining them, nobody is ever deleted, and several who tell the same person would queue on their row.
      create table notification (
        id uuid primary key,
        agent_id uuid not null,
        -- Null: about no case in particular.
        case_id uuid,
        kind text not null check (kind in ('customer_wrote', 'due_soon', 'breached', 'escalated', 'escalation_told', 'handed_over', 'assigned', 'routed',
          'mentioned', 'send_failed', 'digest')),
        -- What it is told for: the event, or the due time. Once to everybody.
        source text not null,
        values jsonb not null default '{}',
        at timestamptz not null,
        read_at timestamptz,
        -- From then on it may leave by mail; null: it does not, or it has.
        mail_at timestamptz,
        mail_id uuid references staff_mail on delete set null,
        -- Several about one case are one line.
        group_key uuid not null generated always as (coalesce(case_id, id)) stored,
        unique (agent_id, kind, source)
      );
      create index notification_newest on notification (agent_id, at desc, id desc);
      create index notification_group on notification (agent_id, group_key, at desc, id desc);
      create index notification_unread on notification (agent_id, group_key) where read_at is null;
      create index notification_case on notification (case_id);
      create index notification_mail on notification (mail_at) where mail_at is not null;
      create index notification_read on notification (read_at) where read_at is not null;
      -- What nobody ever read is forgotten too: found by its age.
      create index notification_unread_age on notification (at) where read_at is null;

      -- Who has not chosen anything has no row.
      create table notification_preference (
        agent_id uuid primary key references agent on delete cascade,
        desktop boolean not null,
        mail text[] not null,
        -- {from, to, days, timeZone}
        quiet jsonb,
        urgent_in_quiet boolean not null
      );

      alter table agent
        -- Since when they are off shift; null: they are on it, or were never.
        add column off_shift_since timestamptz;

      alter table case_ledger
        -- Of which due time its assignee was told that it is near.
        add column due_told_at timestamptz,
        add column due_told_to uuid;
      create index case_ledger_due_untold on case_ledger (next_due_at)
        where not is_over and assignee_id is not null and (due_told_at, due_told_to) is distinct from (next_due_at, assignee_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index case_ledger_due_untold;
      alter table case_ledger drop column due_told_at, drop column due_told_to;
      alter table agent drop column off_shift_since;
      drop table notification_preference, notification, staff_mail;
    `);
  }
}
