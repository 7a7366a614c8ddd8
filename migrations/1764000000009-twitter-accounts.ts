import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Care accounts on X, what X lets each of them send, and the line of messages waiting to leave. */
export class TwitterAccounts1764000000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(ACCOUNTS);
    await db.query(SENDING);
    await db.query(LINE);
    await db.query(PLACE);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function twitter_line, twitter_place, twitter_eta, twitter_due, twitter_account_of;
      drop trigger delivery_line on delivery;
      drop function delivery_line;
      drop index delivery_line;
      alter table delivery drop column account, drop column recipient_id;
      drop table twitter_part, twitter_send, twitter_limit, twitter_account;
    `);
  }
}

const ACCOUNTS = `
  create table twitter_account (
    user_id text primary key check (user_id ~ '^[0-9]{1,20}$'),
    handle text,
    name text,
    auth text not null check (auth in ('oauth1', 'oauth2')),
    source text not null check (source in ('environment', 'connected')),
    -- Sealed JSON; each change is another version, so that who holds an old one notices.
    tokens text not null,
    tokens_version int not null default 1,
    scopes text[] not null default '{}',
    -- Of the access token; null: it does not end.
    expires_at timestamptz,
    state text not null default 'ok' check (state in ('ok', 'reconnect', 'no_credit', 'revoked')),
    detail text,
    -- Nothing leaves before; how often in a row X said so without saying until when.
    open_at timestamptz,
    strikes int not null default 0,
    created_at timestamptz not null,
    changed_at timestamptz not null
  );
`;

const SENDING = `
  -- What X's headers last said of a limit: the least it has stated in the window that ends at resets_at.
  create table twitter_limit (
    -- User id, or 'app' for what all accounts share.
    account text not null,
    seconds int not null check (seconds in (900, 86400)),
    capacity int not null,
    remaining int not null,
    resets_at timestamptz not null,
    primary key (account, seconds)
  );

  -- Every send X may have counted, for a day. answered_at: its headers are in twitter_limit.
  create table twitter_send (
    id bigint generated always as identity primary key,
    account text not null,
    at timestamptz not null,
    answered_at timestamptz
  );
  create index twitter_send_account on twitter_send (account, at desc);
  create index twitter_send_at on twitter_send (at desc);

  -- A reply leaves in as many messages as it has files, at least one. trying_at: X may have it; event_id: X has it.
  create table twitter_part (
    interaction_id uuid not null,
    part int not null,
    media_id text,
    uploaded_at timestamptz,
    trying_at timestamptz,
    event_id text,
    primary key (interaction_id, part)
  );
  create index twitter_part_event on twitter_part (event_id) where event_id is not null;
  create index twitter_part_media on twitter_part (media_id) where media_id is not null;
`;

const LINE = `
  -- Whom a message goes to and from which account: written with the row, so that looking for who is next needs no joins.
  alter table delivery add column account text, add column recipient_id uuid references contact_point;
  create function delivery_line() returns trigger language plpgsql as $$
  begin
    if new.channel = 'twitter' then
      select t.account, i.contact_point_id into new.account, new.recipient_id
      from interaction i left join channel_thread t on t.id = i.thread_id where i.id = new.interaction_id;
    end if;
    return new;
  end $$;
  create trigger delivery_line before insert on delivery for each row execute function delivery_line();
  create index delivery_line on delivery (recipient_id, interaction_id) where channel = 'twitter' and state in ('held', 'pending');

  -- The account a reply leaves from: the one that was written to, else the first there is.
  create function twitter_account_of(stated text) returns text language sql stable as $$
    select coalesce(stated, (select user_id from twitter_account order by created_at, user_id limit 1))
  $$;

  -- Messages on X whose turn it is: due, nobody before them to the same person, and no more of an account than it may send
  -- now. Of an account that is closed, those that do not say so yet; keys of OAuth 1.0a may be good again when open_at has come,
  -- others only when somebody has connected it.
  create function twitter_due(moment timestamptz, most int) returns setof uuid language sql stable as $$
    select interaction_id from (
      select d.interaction_id, d.due_at, a.state, a.open_at, l.capacity,
        row_number() over (partition by d.account order by d.interaction_id) as place,
        d.reason is distinct from 'channel.' || a.state as untold
      from delivery d
        left join twitter_account a on a.user_id = twitter_account_of(d.account)
        left join twitter_limit l on l.account = a.user_id and l.seconds = 900
      where d.channel = 'twitter' and d.state in ('held', 'pending') and d.due_at <= moment
        and not exists (select from delivery e where e.channel = 'twitter' and e.state in ('held', 'pending')
          and e.recipient_id = d.recipient_id and e.interaction_id < d.interaction_id)
    ) due
    where case when state is null then true
      when state = 'revoked' or (state = 'reconnect' and open_at is null) then untold
      when open_at > moment then state <> 'ok' and untold
      else place <= greatest(1, coalesce(capacity, 15)) end
    order by due_at limit most
  $$;
`;

const PLACE = `
  -- When the n-th message from now leaves an account, as far as its limits say: n sends back from there at most \`capacity\` may
  -- lie in the same stretch of time. Null while it is closed until somebody connects it again.
  create function twitter_eta(the_account text, place bigint) returns timestamptz language sql stable as $$
    select case when a.state in ('reconnect', 'revoked') then null else greatest(a.open_at, (
      select max(greatest(
          case when coalesce(l.remaining, 1) <= (place - 1) then l.resets_at end,
          (select s.at from twitter_send s where s.account = a.user_id order by s.at desc
            offset greatest(0, c.capacity - (place - 1) % c.capacity - 1) limit 1) + span.seconds * interval '1 second')
        + ((place - 1) / c.capacity) * span.seconds * interval '1 second')
      from (values (900, 15), (86400, 1440)) span (seconds, usual)
        left join twitter_limit l on l.account = a.user_id and l.seconds = span.seconds
        cross join lateral (select greatest(1, coalesce(l.capacity, span.usual)) as capacity) c
    )) end
    from twitter_account a where a.user_id = the_account
  $$;

  -- {position, eta} of a message that waits; null for one that is on its way or does not wait. eta null: as soon as possible,
  -- or nobody knows (its reason says which).
  create function twitter_place(d delivery) returns json language sql stable as $$
    select case when d.channel = 'twitter' and d.state in ('held', 'pending') and d.transmitting_at is null then (
      select json_build_object('position', place, 'eta', iso(greatest(d.due_at, twitter_eta(twitter_account_of(d.account), place))))
      from (select count(*) as place from delivery e where e.channel = 'twitter' and e.state in ('held', 'pending')
        and e.account is not distinct from d.account and e.interaction_id <= d.interaction_id) ahead) end
  $$;

  -- {waiting, eta} for somebody about to write from an account.
  create function twitter_line(stated text) returns json language sql stable as $$
    select json_build_object('waiting', waiting, 'eta', iso(twitter_eta(twitter_account_of(stated), waiting + 1)))
    from (select count(*) as waiting from delivery e where e.channel = 'twitter' and e.state in ('held', 'pending')
      and e.account is not distinct from stated) line
  $$;
`;
