import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes in from X beside direct messages, catching up that survives a crash, and who went by a handle before. */
export class TwitterIn1764000000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(PAGES);
    await db.query(PUBLIC_POSTS);
    await db.query(HANDLES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger contact_handle_changed on contact_point;
      drop trigger contact_handle_stated on contact_point;
      drop function contact_handle_changed;
      drop table contact_handle, twitter_page;
      drop index interaction_answers_post;
      alter table interaction drop column public_url, drop column opens_thread, drop column answers_post;
    `);
  }
}

const PAGES = `
  -- Pages of a catching-up, newest first, until the last one is there: X lists the newest first, messages are taken in oldest
  -- first, and X's limit or a crash may come in between.
  create table twitter_page (
    account text not null,
    place int not null,
    -- JSON of the events read; text, for it may hold what jsonb refuses.
    events text not null,
    next_token text not null,
    fetched_at timestamptz not null,
    primary key (account, place)
  );
`;

const PUBLIC_POSTS = `
  alter table interaction
    -- Everybody can read it there; null: said in private.
    add column public_url text,
    -- Whether its sender can be answered by the thread it came in.
    add column opens_thread boolean not null default true,
    -- The public post this answers in public.
    add column answers_post text;
  create index interaction_answers_post on interaction (answers_post) where answers_post is not null;
`;

const HANDLES = `
  -- Handles people went by before.
  create table contact_handle (
    contact_point_id uuid not null references contact_point on delete cascade,
    handle text not null,
    until timestamptz not null,
    primary key (contact_point_id, handle)
  );
  create index contact_handle_handle on contact_handle (handle);

  -- The key of a person on X is the user id; a handle is theirs for a while. Who is seen with it has it, and whoever was last
  -- seen with it before does not any more.
  create function contact_handle_changed() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      if old.handle is not null and old.value is not null and new.handle is distinct from old.handle then
        insert into contact_handle (contact_point_id, handle, until) values (old.id, old.handle, now())
        on conflict (contact_point_id, handle) do update set until = excluded.until;
      end if;
    end if;
    if new.handle is not null and new.value is not null then
      update contact_point set handle = null, display = value
      where handle = new.handle and value <> new.value and kind = 'twitter';
    end if;
    return null;
  end $$;
  create trigger contact_handle_stated after insert on contact_point for each row
    when (new.kind = 'twitter' and new.handle is not null and new.value is not null) execute function contact_handle_changed();
  create trigger contact_handle_changed after update of handle, value on contact_point for each row
    when (new.kind = 'twitter' and (new.handle, new.value) is distinct from (old.handle, old.value)) execute function contact_handle_changed();
`;
