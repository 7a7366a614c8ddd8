import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CalendarDueBody, CalendarPreview } from '#contracts';
import { DomainError } from '#platform';
import { dueAt, everOpens, minutesBetween, type CalendarHours, type Timetable } from './calendar.rules.js';
import { explain } from './steps.rules.js';

/** A calendar as clocks go by it. */
export interface KeptTimetable {
  calendarId: string;
  /** Rises when other minutes count: due times that were worked out with a lower one have to be worked out again. */
  revision: number;
  timetable: Timetable;
}

/** The calendars that were read lately, worked out: a clock needs one every time it starts, pauses or goes on. */
@Injectable()
export class Timetables {
  private readonly kept = new Map<string, KeptTimetable>();

  /**
   * @param calendarId null: the default one
   * @throws DomainError calendar.not_found
   */
  async of(tx: EntityManager, calendarId: string | null): Promise<KeptTimetable> {
    const rows: { id: string; revision: number }[] = await tx.query(
      'select id, revision from calendar where case when $1::uuid is null then is_default else id = $1 end',
      [calendarId],
    );
    if (!rows[0]) throw new DomainError('calendar.not_found', { calendar: calendarId });
    return this.read(tx, rows[0]);
  }

  /**
   * The calendar of a store; that of everybody when it has none, or when there is no store.
   * @throws DomainError calendar.not_found
   */
  async ofStore(tx: EntityManager, storeId: string | null): Promise<KeptTimetable> {
    const rows: { id: string; revision: number }[] = await tx.query(
      `select id, revision from calendar c where id = (select calendar_id from store where id = $1) or is_default order by is_default limit 1`,
      [storeId],
    );
    return this.read(tx, rows[0]);
  }

  /** Every one there is. What is edited while they are read is read again by a higher revision. */
  async all(tx: EntityManager): Promise<(KeptTimetable & { isDefault: boolean })[]> {
    const rows: { id: string; revision: number; isDefault: boolean }[] = await tx.query(
      'select id, revision, is_default as "isDefault" from calendar',
    );
    const kept: (KeptTimetable & { isDefault: boolean })[] = [];
    for (const row of rows) kept.push({ ...(await this.read(tx, row)), isDefault: row.isDefault });
    return kept;
  }

  /** @returns the highest of all calendars: whatever was worked out by it goes by calendars as they are */
  async revision(tx: EntityManager): Promise<number> {
    const rows: { revision: number | null }[] = await tx.query('select max(revision) as revision from calendar');
    return rows[0]?.revision ?? 0;
  }

  private async read(tx: EntityManager, row: { id: string; revision: number } | undefined): Promise<KeptTimetable> {
    if (!row) throw new DomainError('calendar.not_found');
    const known = this.kept.get(row.id);
    if (known?.revision === row.revision) return known;
    const timetable: CalendarHours[] = await tx.query(
      `select v.time_zone as "timeZone", v.weekly, v.valid_from::text as "validFrom",
         coalesce((select json_agg(json_build_object('date', e.date::text, 'spans', e.spans, 'name', e.name) order by e.date)
                   from calendar_exception e where e.calendar_id = v.calendar_id and e.state = 'accepted'), '[]') as exceptions
       from calendar_version v where v.calendar_id = $1 order by v.valid_from`,
      [row.id],
    );
    const found = { calendarId: row.id, revision: row.revision, timetable };
    this.kept.set(row.id, found);
    return found;
  }
}

/**
 * How clocks count by a timetable; all in milliseconds since 1970.
 * @throws DomainError calendar.never_opens from `after`
 */
export const countingBy = (timetable: Timetable) => ({
  between: (from: number, to: number): number => minutesBetween(timetable, from, to),
  after(from: number, minutes: number): number {
    const due = dueAt(timetable, from, minutes);
    if (due === null) throw new DomainError('calendar.never_opens', { minutes });
    return due;
  },
});

/** @throws DomainError calendar.never_opens */
export function previewOf(timetable: Timetable, { startAt, minutes }: CalendarDueBody): CalendarPreview {
  const from = Date.parse(startAt);
  const preview = everOpens(timetable, from) ? explain(timetable, from, minutes) : null;
  if (!preview) throw new DomainError('calendar.never_opens', { minutes });
  return preview;
}
