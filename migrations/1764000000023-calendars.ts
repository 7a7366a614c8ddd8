import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When it is open, and since when that holds. */
export class Calendars1764000000023 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A number is never given twice, not even when what it was given for is rolled back.
      create sequence calendar_revision as int;
      create table calendar (
        id uuid primary key,
        name text not null unique check (name <> ''),
        -- Of stores and queues that have no other.
        is_default boolean not null default false,
        -- Rises with everything that changes which minutes count.
        revision int not null default nextval('calendar_revision')
      );
      create unique index calendar_one_default on calendar (is_default) where is_default;

      -- Each holds from its day on until the next one does; the first one before its day too.
      create table calendar_version (
        calendar_id uuid not null references calendar,
        valid_from date not null,
        time_zone text not null,
        -- {mon: [{from, to}]}, wall-clock times; a day that is not named is closed.
        weekly jsonb not null,
        created_by uuid references agent,
        created_at timestamptz not null,
        primary key (calendar_id, valid_from)
      );

      -- A day that is not as the week says. Holidays are proposed from a list, and count once somebody has accepted them.
      create table calendar_exception (
        calendar_id uuid not null references calendar,
        date date not null,
        spans jsonb not null default '[]',
        name text,
        kind text not null check (kind in ('special', 'holiday')),
        state text not null check (state in ('proposed', 'accepted', 'dismissed')),
        decided_by uuid references agent,
        decided_at timestamptz,
        primary key (calendar_id, date),
        constraint a_special_day_is_decided check (kind = 'holiday' or state = 'accepted'),
        constraint somebody_decided check ((state = 'proposed') = (decided_by is null))
      );

      alter table store add column calendar_id uuid references calendar;
      create index store_calendar on store (calendar_id) where calendar_id is not null;

      -- Until somebody says when it is open, every minute counts.
      with always as (insert into calendar (id, name, is_default) values (new_id(), 'Siempre abierto', true) returning id)
      insert into calendar_version (calendar_id, valid_from, time_zone, weekly, created_at)
      select id, '2020-01-01', 'Europe/Madrid',
        (select jsonb_object_agg(day, '[{"from": "00:00", "to": "24:00"}]'::jsonb) from unnest('{mon,tue,wed,thu,fri,sat,sun}'::text[]) day), now()
      from always;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table store drop column calendar_id;
      drop table calendar_exception, calendar_version, calendar;
      drop sequence calendar_revision;
    `);
  }
}
