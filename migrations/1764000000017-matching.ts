import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that may be of one person, what speaks for it and what people said of it. */
export class Matching1764000000017 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Everybody who was merged into a customer, and they themselves.
      create function customer_family(the_customer uuid) returns setof uuid language sql stable as $$
        with recursive family (id) as (
          select the_customer union select c.id from customer c join family f on c.merged_into = f.id)
        select id from family
      $$;

      -- One for each two. Their ids stay those of whom it was said: merges are followed when it is read, so it survives them in
      -- both directions and counts again for whom it was said when they are taken back.
      create table match_suggestion (
        id uuid primary key,
        newcomer_id uuid not null references customer,
        known_id uuid not null references customer,
        state text not null check (state in ('open', 'confirmed', 'dismissed')),
        -- Evidence (contracts), each piece once.
        evidence jsonb not null,
        -- Keys of the evidence that was on the table when a person said that they are not the same.
        refused text[] not null default '{}',
        -- The merge it led to.
        merge_id uuid references merge,
        -- How the entries that carried the evidence had been matched before: [{id, matchedBy}].
        marked jsonb not null default '[]',
        -- Null with decided_at: the evidence was enough.
        decided_by uuid references agent,
        decided_at timestamptz,
        reason text,
        created_at timestamptz not null,
        asked_at timestamptz not null,
        constraint suggestion_is_of_two check (newcomer_id <> known_id),
        constraint suggestion_decided check ((state = 'open') = (decided_at is null))
      );
      create unique index match_suggestion_pair on match_suggestion (least(newcomer_id, known_id), greatest(newcomer_id, known_id));
      create index match_suggestion_newcomer on match_suggestion (newcomer_id);
      create index match_suggestion_known on match_suggestion (known_id);
      create index match_suggestion_open on match_suggestion (asked_at desc, id desc) where state = 'open';
      create index match_suggestion_merge on match_suggestion (merge_id) where merge_id is not null;

      -- Addresses as they read: what stands between letters and digits at the end left out. "lucia.ferrer92@…" is like "@luciaferrer".
      create index contact_point_reads_mail on contact_point (rtrim(translate(split_part(value, '@', 1), '._+-', ''), '0123456789'))
        where kind = 'email' and valid_to is null;
      create index contact_point_reads_handle on contact_point (rtrim(translate(handle, '_', ''), '0123456789'))
        where handle is not null and valid_to is null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index contact_point_reads_handle, contact_point_reads_mail;
      drop table match_suggestion;
      drop function customer_family;
    `);
  }
}
