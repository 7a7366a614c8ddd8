import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail out: whose turn it is at a provider, mails nobody typed, what stands below the mails of a person. */
export class MailOut1764000000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(PACE);
    await db.query(CLAIM);
    await db.query(SYSTEM_MAIL);
    await db.query(`alter table agent add column signature text check (length(signature) between 1 and 500)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table agent drop column signature;
      drop table system_mail;
      drop function claim_deliveries, take_slot;
      alter table delivery drop column recipient_domain, drop column slot_at;
      drop table mail_pace;
    `);
  }
}

const PACE = `
  -- Of each provider, when the latest mails to it left or will leave: as many as leave in a minute, oldest first.
  create table mail_pace (
    domain text primary key,
    slots timestamptz[] not null
  ) with (fillfactor = 50);

  alter table delivery
    -- Of mail: who counts it.
    add column recipient_domain text,
    -- When its turn is, once it had to wait for one.
    add column slot_at timestamptz;

  -- The next free moment to send to a domain, taken by whoever asks: never more than per_minute in any minute. Whoever
  -- asks first is first, and nobody asks twice.
  create function take_slot(the_domain text, at timestamptz, per_minute int) returns timestamptz language sql as $$
    insert into mail_pace as p (domain, slots) values (the_domain, array[at])
    on conflict (domain) do update set slots =
      (p.slots || greatest(at, p.slots[cardinality(p.slots) - per_minute + 1] + interval '1 minute'))
        [greatest(1, cardinality(p.slots) - per_minute + 2):]
    returning slots[cardinality(slots)]
  $$;
`;

const CLAIM = `
  -- Takes deliveries whose time has come: a try of each, but for mails to a provider that has had enough for now. Those
  -- get their turn and wait for it, which is no try. A turn that went by unused (nobody was there to send) is taken anew:
  -- what waited out an outage does not leave all at once.
  create function claim_deliveries(at timestamptz, lease_end timestamptz, portion int, per_minute int)
    returns table (id uuid, attempt int, waits_from text) language plpgsql as $$
  declare
    due record;
    slot timestamptz;
  begin
    for due in
      select d.* from (
        select interaction_id, recipient_domain, slot_at, transmitting_at, due_at, reason from delivery
        where state in ('held', 'pending') and due_at <= at
          and (channel <> 'twitter' or interaction_id in (select twitter_due(at, portion)))
        order by due_at limit portion for update skip locked) d
      -- Domains in one order, so that two who claim never wait for each other.
      order by d.recipient_domain, d.due_at, d.interaction_id
    loop
      slot := at;
      if per_minute > 0 and due.recipient_domain is not null and due.transmitting_at is null
        and (due.slot_at is null or due.slot_at < at - interval '10 seconds') then
        slot := take_slot(due.recipient_domain, at, per_minute);
      end if;
      id := due.interaction_id;
      if slot > at then
        -- The day after which it is given up begins with its turn; but tries of one mail bear one date.
        update delivery d set state = 'pending', due_at = slot, slot_at = slot, reason = 'rate.domain', detail = null,
            first_due_at = case when d.attempts = 0 then slot else d.first_due_at end
          where d.interaction_id = due.interaction_id;
        attempt := null;
        waits_from := coalesce(due.reason, '');
      else
        update delivery d set state = 'pending', attempts = d.attempts + 1, due_at = lease_end, slot_at = null,
            reason = nullif(d.reason, 'rate.domain')
          where d.interaction_id = due.interaction_id returning d.attempts into attempt;
        waits_from := null;
      end if;
      return next;
    end loop;
  end $$;
`;

const SYSTEM_MAIL = `
  -- Mails nobody typed, one of each cause.
  create table system_mail (
    cause text primary key,
    interaction_id uuid not null unique references interaction,
    contact_point_id uuid not null references contact_point,
    created_at timestamptz not null
  );
  create index system_mail_contact on system_mail (contact_point_id, created_at);
`;
