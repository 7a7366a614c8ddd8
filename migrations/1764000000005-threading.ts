import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that name a case: whose they are, and what people decide about those that come from somebody else. */
export class Threading1764000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(LIVING);
    await db.query(POINTER);
    await db.query(CLOSED);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function intake_on_closed, intake_pointer, intake_named, living_customer, living_case;
      drop table entry_move, entry_review;
    `);
  }
}

const TABLES = `
  -- A mail that names a case of another person than its sender: it stays with its sender's case until somebody decides.
  create table entry_review (
    interaction_id uuid primary key references interaction,
    -- The case it names. No foreign key: checking one waits for whoever works on that case, and no stranger's mail should.
    case_id uuid not null,
    named_by text not null check (named_by in ('reply_token', 'references', 'subject_tag')),
    evidence text not null,
    state text not null check (state in ('open', 'dismissed', 'moved')),
    decided_by uuid references agent,
    decided_at timestamptz,
    created_at timestamptz not null
  );
  create index entry_review_open on entry_review (created_at desc, interaction_id desc) where state = 'open';

  -- Each time an entry was put on another case.
  create table entry_move (
    id uuid primary key,
    interaction_id uuid not null references interaction,
    from_case uuid not null references cases,
    to_case uuid not null references cases,
    moved_by uuid not null references agent,
    reason text not null,
    matched_before text,
    -- The mails it answers.
    message_refs text[] not null,
    -- Whose its address was, when the address went along.
    sender_from uuid references customer,
    moved_at timestamptz not null
  );
  create index entry_move_interaction on entry_move (interaction_id, id desc);
`;

const LIVING = `
  -- Where a case has gone, and who a customer is now: merges are followed to their end.
  create function living_case(the_case uuid) returns uuid language plpgsql stable as $$
  declare
    next uuid;
  begin
    loop
      select merged_into into next from cases where id = the_case;
      exit when next is null;
      the_case := next;
    end loop;
    return the_case;
  end $$;

  create function living_customer(the_customer uuid) returns uuid language plpgsql stable as $$
  declare
    next uuid;
  begin
    loop
      select merged_into into next from customer where id = the_customer;
      exit when next is null;
      the_customer := next;
    end loop;
    return the_customer;
  end $$;
`;

const POINTER = `
  -- What these cases say about whose the mail is: the first that is the sender's own, else the first that is another's. known is
  -- what stronger evidence has said.
  create function intake_named(known intake_pointer_row, the_customer uuid, how text, named uuid[], evidence text[])
  returns intake_pointer_row language plpgsql as $$
  declare
    one record;
    the_case uuid;
    other int;
  begin
    for n in 1 .. coalesce(cardinality(named), 0) loop
      the_case := named[n];
      select c.customer_id, c.merged_into into one from cases c where c.id = the_case;
      if one.merged_into is not null then
        the_case := living_case(the_case);
        select c.customer_id into one from cases c where c.id = the_case;
      end if;
      if one.customer_id = the_customer or living_customer(one.customer_id) = the_customer then
        known.case_id := the_case;
        known.matched_by := how;
        return known;
      end if;
      if known.other_case is null then
        other := coalesce(other, n);
      end if;
    end loop;
    if other is not null then
      known.other_case := living_case(named[other]);
      known.other_by := how;
      known.evidence := evidence[other];
    end if;
    return known;
  end $$;

  -- Which case a mail names: signed reply address or Message-ID before References before subject tag, newest first, the
  -- sender's own before another's. What names another's case more strongly than their own is told apart: (other_…).
  -- A statement for each kind: most answers bring one, and one for all of them would be planned anew each time.
  create function intake_pointer(m arrival, the_customer uuid) returns intake_pointer_row language plpgsql as $$
  declare
    known intake_pointer_row;
    named uuid[];
    evidence text[];
  begin
    if m.reply_cases <> '{}' then
      select array_agg(c.id), array_agg(c.reference) into named, evidence from cases c where c.reference = any(m.reply_cases);
      known := intake_named(known, the_customer, 'reply_token', named, evidence);
    end if;
    if known.case_id is null and m.issued <> '{}' then
      select array_agg(i.case_id), array_agg(i.message_id) into named, evidence from interaction i where i.id = any(m.issued);
      known := intake_named(known, the_customer, 'reply_token', named, evidence);
    end if;
    if known.case_id is null and m.message_refs <> '{}' then
      select array_agg(r.case_id order by r.place desc), array_agg(r.message_id order by r.place desc) into named, evidence from (
        select i.case_id, i.message_id, array_position(m.message_refs, i.message_id) as place
        from interaction i where i.message_id = any(m.message_refs) and i.channel = 'email' limit 100) r;
      known := intake_named(known, the_customer, 'references', named, evidence);
    end if;
    if known.case_id is null and m.tagged_cases <> '{}' then
      select array_agg(c.id), array_agg(c.reference) into named, evidence from cases c where c.reference = any(m.tagged_cases);
      known := intake_named(known, the_customer, 'subject_tag', named, evidence);
    end if;
    return known;
  end $$;
`;

const CLOSED = `
  -- A mail about a case of its sender's that is over, and they have no open one: 'reopened' when it was closed within 14 days,
  -- 'filed' when no person wrote it: that is kept there and opens nothing; null: a new case is opened.
  create function intake_on_closed(m arrival, the_case uuid) returns text language plpgsql as $$
  declare
    over record;
  begin
    select status, is_open, closed_at into over from cases where id = the_case for update;
    if over.is_open then
      return 'attached';
    elsif m.automatic is true then
      return 'filed';
    elsif over.status <> 'closed' or over.closed_at is null or over.closed_at < m.received_at - interval '14 days' then
      return null;
    end if;
    update cases set status = 'in_solution', closed_at = null,
      queue_id = coalesce(queue_id, (select id from queue where is_default)) where id = the_case;
    return 'reopened';
  end $$;
`;
