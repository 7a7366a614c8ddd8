import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CalendarWeek, NewCalendarBody, PatchCalendarBody } from '#contracts';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { everOpens } from './calendar.rules.js';
import { dateOf } from './hours.rules.js';
import { zonePeriodAt } from './zone.rules.js';

const UNIQUE_VIOLATION = '23505';

/** The date in a zone. */
export const todayIn = (timeZone: string, now: Date): string =>
  dateOf(now.getTime() + zonePeriodAt(timeZone, now.getTime()).offset);

interface Version {
  timeZone: string;
  weekly: CalendarWeek;
  validFrom: string;
}

/** What holds is never rewritten: a change is another version, from a day on that has not passed. */
@Injectable()
export class CalendarService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * @returns its id
   * @throws DomainError permission.denied, calendar.name_taken, calendar.never_opens
   */
  async create(tx: EntityManager, principal: Principal, { name, timeZone, weekly }: NewCalendarBody): Promise<string> {
    demand(principal, 'calendar.write');
    const id = newId();
    await named(() => tx.query('insert into calendar (id, name) values ($1, $2)', [id, name]));
    const validFrom = todayIn(timeZone, this.clock.now());
    await this.write(tx, principal, id, { timeZone, weekly, validFrom });
    return id;
  }

  /**
   * @throws DomainError permission.denied, calendar.not_found, calendar.version_conflict, calendar.name_taken, calendar.in_the_past,
   *   calendar.never_opens
   */
  async change(tx: EntityManager, principal: Principal, id: string, body: PatchCalendarBody): Promise<void> {
    demand(principal, 'calendar.write');
    const current = await lockCalendar(tx, id);
    if (current.revision !== body.revision)
      throw new DomainError('calendar.version_conflict', { revision: current.revision });
    if (body.name) await named(() => tx.query('update calendar set name = $2 where id = $1', [id, body.name]));
    if (body.isDefault) {
      await tx.query('update calendar set is_default = false where is_default and id <> $1', [id]);
      await tx.query('update calendar set is_default = true where id = $1', [id]);
      // What counts by the calendar of the house counts by another one now.
      await raiseRevision(tx, id);
    }
    if (body.timeZone || body.weekly) await this.addVersion(tx, principal, id, body);
  }

  /**
   * Which stores go by it, all of them; who goes by no other goes by the default one.
   * @throws DomainError permission.denied, calendar.not_found, store.not_found
   */
  async setStores(tx: EntityManager, principal: Principal, id: string, storeIds: string[]): Promise<void> {
    demand(principal, 'calendar.write');
    await lockCalendar(tx, id);
    await tx.query('update store set calendar_id = null where calendar_id = $1 and not id = any($2)', [id, storeIds]);
    const [, set]: [unknown, number] = await tx.query('update store set calendar_id = $1 where id = any($2)', [
      id,
      storeIds,
    ]);
    if (set !== new Set(storeIds).size) throw new DomainError('store.not_found');
  }

  /** What was not said stays as it will be on that day. */
  private async addVersion(
    tx: EntityManager,
    principal: Principal,
    id: string,
    body: PatchCalendarBody,
  ): Promise<void> {
    const latest = (day: string) => versionOn(tx, id, day);
    const now = this.clock.now();
    const zone = body.timeZone ?? (await latest(body.validFrom ?? now.toISOString().slice(0, 10))).timeZone;
    const today = todayIn(zone, now);
    const validFrom = body.validFrom ?? today;
    if (validFrom < today) throw new DomainError('calendar.in_the_past', { validFrom, today });
    const before = await latest(validFrom);
    await this.write(tx, principal, id, { timeZone: zone, weekly: body.weekly ?? before.weekly, validFrom });
    await raiseRevision(tx, id);
  }

  private async write(tx: EntityManager, principal: Principal, id: string, version: Version): Promise<void> {
    const { timeZone, weekly, validFrom } = version;
    const now = this.clock.now();
    if (!everOpens([{ timeZone, weekly, exceptions: [] }], now.getTime()))
      throw new DomainError('calendar.never_opens');
    await tx.query(
      `insert into calendar_version (calendar_id, valid_from, time_zone, weekly, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (calendar_id, valid_from) do update set time_zone = excluded.time_zone, weekly = excluded.weekly,
         created_by = excluded.created_by, created_at = excluded.created_at`,
      [id, validFrom, timeZone, weekly, principal.id, now],
    );
  }
}

async function named(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('calendar.name_taken');
    throw error;
  }
}

/** @throws DomainError calendar.not_found */
export async function lockCalendar(tx: EntityManager, id: string): Promise<{ revision: number }> {
  const rows: { revision: number }[] = await tx.query('select revision from calendar where id = $1 for update', [id]);
  if (!rows[0]) throw new DomainError('calendar.not_found');
  return rows[0];
}

/** One edit after the other, whichever calendar it is of: what goes by a number goes by all that have a lower one. */
export async function raiseRevision(tx: EntityManager, id: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('calendar_revision'))`);
  await tx.query(`update calendar set revision = nextval('calendar_revision') where id = $1`, [id]);
}

/** The version that holds on a day. */
export async function versionOn(tx: EntityManager, id: string, day: string): Promise<Omit<Version, 'validFrom'>> {
  const rows: Omit<Version, 'validFrom'>[] = await tx.query(
    `select time_zone as "timeZone", weekly from calendar_version where calendar_id = $1
     order by valid_from <= $2 desc, case when valid_from <= $2 then $2::date - valid_from else valid_from - $2::date end limit 1`,
    [id, day],
  );
  if (!rows[0]) throw new DomainError('calendar.not_found');
  return rows[0];
}
