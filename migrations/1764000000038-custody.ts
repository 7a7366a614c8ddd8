import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has a device, how it came there, and the ways it goes. */
export class Custody1764000000038 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(LEGS);
    await db.query(CHAIN);
    await db.query(MOVES);
    await db.query(TOLD(`, 'device_lost'`));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`delete from notification where kind = 'device_lost'`);
    await db.query(TOLD(''));
    await db.query(`
      drop function move_custody(uuid, uuid, text, uuid, text, text, uuid, uuid, uuid, uuid, text, timestamptz);
      drop function lock_custody(uuid), last_custody(uuid);
      drop table custody, custody_claim, custody_leg;
      drop function custody_goes_on(), custody_stays();
    `);
  }
}

/** What people are told of. */
const TOLD = (more: string): string => `
  alter table notification drop constraint notification_kind_check, add constraint notification_kind_check
    check (kind in ('customer_wrote', 'due_soon', 'breached', 'escalated', 'escalation_told', 'handed_over', 'assigned', 'routed', 'mentioned', 'send_failed', 'digest',
      'benefit_asked', 'benefit_decided', 'loan_overdue', 'opinion_asked', 'opinion_given', 'untold'${more}));
`;

/** Three columns that name somebody who can hold a device. Of couriers that are no partners of ours there is only the name. */
const hands = (name: string): string => `
    ${name}_kind text not null check (${name}_kind in ('customer', 'store', 'courier', 'partner')),
    ${name}_id uuid,
    ${name}_name text not null check (${name}_name <> '')`;

const LEGS = `
  -- One way of a device from hand to hand.
  create table custody_leg (
    id uuid primary key,
    case_id uuid not null references cases,
    device_id uuid not null references device,
    handoff_id uuid references handoff,
    -- Its place among the ways of the device in this case.
    place int not null check (place > 0),
    -- What the label says.
    code text not null unique check (code ~ '^L-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
    ${hands('from')},
    ${hands('to')},
    -- Null: somebody takes it there in person.
    courier_id uuid,
    courier_name text check (courier_name <> ''),
    tracking_number text,
    state text not null check (state in ('planned', 'under_way', 'arrived', 'lost', 'cancelled')),
    state_at timestamptz not null,
    eta_at timestamptz,
    seal_photo_id uuid references attachment,
    picked_up_at timestamptz,
    arrived_at timestamptz,
    planned_by uuid references agent,
    planned_name text not null,
    planned_at timestamptz not null,
    constraint a_courier_has_a_name check (courier_id is null or courier_name is not null),
    constraint it_leads_somewhere check (from_kind <> to_kind or from_id is distinct from to_id or from_name <> to_name),
    constraint arrived_or_not check ((state = 'arrived') = (arrived_at is not null)),
    constraint under_way_was_picked_up check (state not in ('under_way', 'lost') or picked_up_at is not null)
  );
  create index custody_leg_case on custody_leg (case_id, device_id, place);
  create index custody_leg_handoff on custody_leg (handoff_id) where handoff_id is not null;
  create index custody_leg_from on custody_leg (from_id, eta_at, id) where state in ('planned', 'under_way');
  create index custody_leg_to on custody_leg (to_id, eta_at, id) where state in ('planned', 'under_way', 'lost');
  -- A device is on one way at a time.
  create unique index custody_leg_one_under_way on custody_leg (device_id) where state in ('under_way', 'lost');

  -- What is claimed for a device that was lost on its way.
  create table custody_claim (
    id uuid primary key,
    leg_id uuid not null unique references custody_leg,
    state text not null check (state in ('open', 'accepted', 'refused', 'paid')),
    amount_cents bigint check (amount_cents >= 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    note text not null check (note <> ''),
    by_id uuid references agent,
    at timestamptz not null,
    opened_at timestamptz not null,
    constraint an_amount_is_of_a_currency check ((amount_cents is null) = (currency is null)),
    constraint paid_is_an_amount check (state <> 'paid' or amount_cents is not null)
  );
  create index custody_claim_open on custody_claim (opened_at, id) where state in ('open', 'accepted');
`;

const CHAIN = `
  -- Each change of hands of each device: only ever added to, by move_custody.
  create table custody (
    id uuid primary key,
    -- In the order it was written, whatever the clock said and whichever record of the device it was written of.
    entry bigint generated always as identity,
    device_id uuid not null references device,
    seq int not null check (seq > 0),
    -- Null: nobody had written down before who has it.
    from_kind text check (from_kind in ('customer', 'store', 'courier', 'partner')),
    from_id uuid,
    from_name text check (from_name <> ''),
    ${hands('to')},
    proof text not null check (proof in ('scan', 'signature', 'system')),
    leg_id uuid references custody_leg,
    signature_id uuid references attachment,
    photo_id uuid references attachment,
    by_id uuid references agent,
    by_name text not null,
    at timestamptz not null,
    constraint somebody_had_it check ((from_kind is null) = (from_name is null) and (from_kind is not null or from_id is null)),
    constraint a_scan_is_of_a_label check (proof <> 'scan' or leg_id is not null),
    constraint a_signature_is_there check (proof <> 'signature' or signature_id is not null),
    unique (device_id, seq)
  );
  create index custody_latest on custody (device_id, entry desc);
  create index custody_of_leg on custody (leg_id) where leg_id is not null;

  -- The last change of hands of a phone, by whichever of its records.
  create function last_custody(of_device uuid) returns setof custody language sql stable as $$
    select * from custody where device_id in (select device_records(living_device(of_device))) order by entry desc limit 1
  $$;

  create function custody_goes_on() returns trigger language plpgsql as $$
  declare
    before custody;
    expected int;
  begin
    select coalesce(max(seq), 0) + 1 into expected from custody where device_id = new.device_id;
    if new.seq <> expected then
      raise exception 'custody of % goes on at %, not at %', new.device_id, expected, new.seq;
    end if;
    select * into before from last_custody(new.device_id);
    if (new.from_kind, new.from_id, new.from_name) is distinct from (before.to_kind, before.to_id, before.to_name) then
      raise exception 'custody of %: % had it, not %', new.device_id, before.to_name, new.from_name;
    end if;
    return new;
  end $$;
  create trigger custody_goes_on before insert on custody for each row execute function custody_goes_on();

  create function custody_stays() returns trigger language plpgsql as $$
  begin
    raise exception 'custody is never changed';
  end $$;
  create trigger custody_stays before update or delete on custody for each row execute function custody_stays();
  create trigger custody_is_kept before truncate on custody for each statement execute function custody_stays();
`;

const MOVES = `
  -- Holds what may become of the custody of a device until the end of the transaction; answers with its living record.
  create function lock_custody(of_device uuid) returns uuid language plpgsql as $$
  declare
    living uuid;
    joined uuid;
  begin
    loop
      living := living_device(of_device);
      select d.joined_into into joined from device d where d.id = living for no key update;
      if not found then
        raise exception 'no device %', of_device;
      end if;
      -- While we waited it may have become part of another.
      if joined is null then
        return living;
      end if;
    end loop;
  end $$;

  -- The one way a device changes hands: appends to its chain and tells its open repair who has it.
  -- Answers whether anything changed: who has it already is not given it again.
  create function move_custody(step uuid, of_device uuid, kind text, holder uuid, called text, how text, by_leg uuid, signature uuid, photo uuid,
    agent_id uuid, agent_name text, moved_at timestamptz) returns boolean language plpgsql as $$
  declare
    living uuid := lock_custody(of_device);
    before custody;
  begin
    select * into before from last_custody(living);
    if (before.to_kind, before.to_id, before.to_name) is not distinct from (kind, holder, called) then
      return false;
    end if;
    insert into custody (id, device_id, seq, from_kind, from_id, from_name, to_kind, to_id, to_name, proof, leg_id, signature_id, photo_id, by_id, by_name, at)
      values (step, living, (select coalesce(max(c.seq), 0) + 1 from custody c where c.device_id = living), before.to_kind, before.to_id, before.to_name,
        kind, holder, called, how, by_leg, signature, photo, agent_id, agent_name, moved_at);
    update repair_order r set holder = kind, held_at = moved_at
      where r.device_id in (select device_records(living)) and r.stage not in ('returned', 'closed') and r.holder <> kind;
    return true;
  end $$;
`;
