import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is nobody's word, what was kept back and what people decided about it, what became of mail after it had left. */
export class LoopsAndTrust1764000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(ENTRIES);
    await db.query(QUARANTINE);
    await db.query(AUTOMATIC);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function permit_automatic_mail, is_releasable;
      drop table automatic_mail, reject_decision;
      drop index inbound_reject_sender, inbound_reject_state, inbound_mail_kept;
      alter table inbound_reject drop column state, drop column decided_by, drop column decided_at;
      update inbound_mail set state = 'done' where state = 'reported';
      alter table inbound_mail drop column helo, drop column released_at, drop constraint inbound_mail_state_check,
        add constraint inbound_mail_state_check check (state in ('pending', 'done', 'rejected'));
      alter table delivery drop column report;
      alter table interaction drop column automatic, drop column automatic_kind, drop column auth;
    `);
  }
}

const ENTRIES = `
  alter table interaction
    -- Nobody wrote it (an out-of-office note): it changes nothing on its case.
    add column automatic boolean not null default false,
    add column automatic_kind text check (automatic_kind in ('auto_reply', 'generated', 'list', 'bulk', 'unattended')),
    -- Who really sent it: SenderTrust; null when nobody looked.
    add column auth jsonb;

  -- What a mail server reported last of a message that had left: DeliveryReport.
  alter table delivery add column report jsonb;
`;

const QUARANTINE = `
  alter table inbound_mail
    -- How the sending server called itself; null: unknown.
    add column helo text,
    -- A person took it in after all: it is not kept back again.
    add column released_at timestamptz,
    drop constraint inbound_mail_state_check,
    -- reported: it told what became of a message of ours.
    add constraint inbound_mail_state_check check (state in ('pending', 'done', 'rejected', 'reported'));
  create index inbound_mail_kept on inbound_mail (storage_key) where state in ('rejected', 'reported');

  alter table inbound_reject
    add column state text not null default 'open' check (state in ('open', 'released', 'discarded')),
    add column decided_by uuid references agent,
    add column decided_at timestamptz;
  create index inbound_reject_state on inbound_reject (state, received_at desc, id desc);
  -- While a storm lasts, what was kept back of it counts too.
  create index inbound_reject_sender on inbound_reject (sender, received_at) where reason in ('mail.rate', 'mail.repeated');

  -- Every decision, the last one of a reject stands on it.
  create table reject_decision (
    id uuid primary key,
    reject_id uuid not null references inbound_reject,
    decision text not null check (decision in ('released', 'discarded', 'kept_again')),
    -- Null: the house itself, when what was released still could not be taken in.
    decided_by uuid references agent,
    decided_at timestamptz not null
  );
  create index reject_decision_reject on reject_decision (reject_id, decided_at);

  -- Whether it can be taken in after all: its mail is at hand, says whom it is from and can be read. What our own address
  -- sent belongs to nobody.
  create function is_releasable(r inbound_reject) returns boolean language sql stable as $$
    select r.channel = 'email' and r.state <> 'released' and r.reason not in ('mail.unparseable', 'mail.no_sender')
      and (r.reason <> 'mail.own_loop' or r.detail = 'X-Hilo-Id')
      and exists (select from inbound_mail m where m.storage_key = r.storage_key and m.state = 'rejected')
  $$;
`;

const AUTOMATIC = `
  -- Mails no person wrote, as they were allowed: what keeps two programs from answering each other for ever.
  create table automatic_mail (
    address text not null,
    kind text not null,
    case_id uuid,
    at timestamptz not null
  );
  create index automatic_mail_address on automatic_mail (address, at);

  -- One of a kind per address and case in 24 hours, five of all kinds per address in an hour. Those who ask for the same
  -- address wait for each other until the end of their transaction.
  create function permit_automatic_mail(to_address text, of_kind text, on_case uuid, moment timestamptz)
  returns boolean language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtextextended('automatic:' || to_address, 0));
    delete from automatic_mail where address = to_address and at < moment - interval '2 days';
    if exists (select from automatic_mail where address = to_address and kind = of_kind and case_id is not distinct from on_case
        and at > moment - interval '24 hours')
      or (select count(*) >= 5 from automatic_mail where address = to_address and at > moment - interval '1 hour') then
      return false;
    end if;
    insert into automatic_mail (address, kind, case_id, at) values (to_address, of_kind, on_case, moment);
    return true;
  end $$;
`;
