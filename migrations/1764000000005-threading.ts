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
      drop function intake_on_closed, intake_pointer, living_customer, living_case;
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
  -- Which case a mail names: signed reply address or Message-ID before References before subject tag, newest first, the
  -- sender's own before another's. What names another's case more strongly than their own is told apart: (other_…).
  create function intake_pointer(m arrival, the_customer uuid) returns intake_pointer_row language plpgsql as $$
  declare
    found_row intake_pointer_row;
    named record;
  begin
    for named in
      select l.rank, l.how, l.evidence, l.id, living_customer(c.customer_id) = the_customer as own
      from (
        select n.rank, n.place, n.how, n.evidence, living_case(n.case_id) as id from (
          select 1, 0, 'reply_token', c.reference, c.id from cases c where c.reference = any(m.reply_cases)
          union all
          select 2, 0, 'reply_token', i.message_id, i.case_id from interaction i where i.id = any(m.issued)
          union all
          (select 3, array_position(m.message_refs, i.message_id), 'references', i.message_id, i.case_id
            from interaction i where i.message_id = any(m.message_refs) and i.channel = 'email' limit 100)
          union all
          select 4, 0, 'subject_tag', c.reference, c.id from cases c where c.reference = any(m.tagged_cases)
        ) n (rank, place, how, evidence, case_id)
      ) l join cases c on c.id = l.id
      order by l.rank, own desc, l.place desc
    loop
      if named.own then
        found_row.case_id := named.id;
        found_row.matched_by := named.how;
        exit;
      elsif found_row.other_case is null then
        found_row.other_case := named.id;
        found_row.other_by := named.how;
        found_row.evidence := named.evidence;
      end if;
    end loop;
    return found_row;
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
