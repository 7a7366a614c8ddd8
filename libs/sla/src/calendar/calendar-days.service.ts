import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CalendarExceptionBody, HolidayImportBody, HolidayReviewBody } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCalendar, raiseRevision, todayIn, versionOn } from './calendar.service.js';
import { publicHolidays } from './holidays.js';

/** Days that are not as the week says. Holidays are proposed, and count once somebody has looked at them. */
@Injectable()
export class CalendarDays {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * The hours of one day, whatever was said of it before.
   * @throws DomainError permission.denied, calendar.not_found, calendar.in_the_past
   */
  async set(
    tx: EntityManager,
    principal: Principal,
    id: string,
    { date, spans, name }: CalendarExceptionBody & { date: string },
  ): Promise<void> {
    await this.open(tx, principal, id, date);
    await tx.query(
      `insert into calendar_exception (calendar_id, date, spans, name, kind, state, decided_by, decided_at)
       values ($1, $2, $3, $4, 'special', 'accepted', $5, $6)
       on conflict (calendar_id, date) do update set spans = excluded.spans, name = excluded.name, kind = 'special', state = 'accepted',
         decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
      [id, date, JSON.stringify(spans), name ?? null, principal.id, this.clock.now()],
    );
    await raiseRevision(tx, id);
  }

  /**
   * The day is as the week says again.
   * @throws DomainError permission.denied, calendar.not_found, calendar.in_the_past, calendar.exception_not_found
   */
  async remove(tx: EntityManager, principal: Principal, id: string, date: string): Promise<void> {
    await this.open(tx, principal, id, date);
    const [, removed]: [unknown, number] = await tx.query(
      'delete from calendar_exception where calendar_id = $1 and date = $2',
      [id, date],
    );
    if (removed === 0) throw new DomainError('calendar.exception_not_found', { date });
    await raiseRevision(tx, id);
  }

  /**
   * Proposes the holidays of a year that are still to come. Days somebody has said something of are left as they are.
   * @returns the days that are proposed now and were not before
   * @throws DomainError permission.denied, calendar.not_found, calendar.no_such_region
   */
  async propose(tx: EntityManager, principal: Principal, id: string, wanted: HolidayImportBody): Promise<string[]> {
    demand(principal, 'calendar.write');
    await lockCalendar(tx, id);
    const today = await this.today(tx, id);
    const days = publicHolidays(wanted, principal.language).filter(({ date }) => date >= today);
    const rows: { date: string }[] = await tx.query(
      `insert into calendar_exception (calendar_id, date, name, kind, state)
       select $1, day.date::date, day.name, 'holiday', 'proposed' from jsonb_to_recordset($2) as day (date text, name text)
       on conflict do nothing returning date::text as date`,
      [id, JSON.stringify(days)],
    );
    return rows.map(({ date }) => date);
  }

  /**
   * What becomes of holidays: closed that day, or a day like any other. What has been decided may be decided again.
   * @throws DomainError permission.denied, calendar.not_found, calendar.in_the_past, calendar.exception_not_found
   */
  async review(tx: EntityManager, principal: Principal, id: string, body: HolidayReviewBody): Promise<void> {
    demand(principal, 'calendar.write');
    await lockCalendar(tx, id);
    const today = await this.today(tx, id);
    const decisions = [
      ...body.accept.map((date) => ({ date, state: 'accepted' })),
      ...body.dismiss.map((date) => ({ date, state: 'dismissed' })),
    ];
    const passed = decisions.find(({ date }) => date < today);
    if (passed) throw new DomainError('calendar.in_the_past', { date: passed.date, today });
    const [decided]: [{ date: string }[], number] = await tx.query(
      `update calendar_exception e set state = d.state, decided_by = $3, decided_at = $4
       from jsonb_to_recordset($2) as d (date date, state text) where e.calendar_id = $1 and e.date = d.date and e.kind = 'holiday'
       returning e.date::text as date`,
      [id, JSON.stringify(decisions), principal.id, this.clock.now()],
    );
    const missing = decisions.find(({ date }) => !decided.some((each) => each.date === date));
    if (missing) throw new DomainError('calendar.exception_not_found', { date: missing.date });
    if (decisions.length > 0) await raiseRevision(tx, id);
  }

  private async open(tx: EntityManager, principal: Principal, id: string, date: string): Promise<void> {
    demand(principal, 'calendar.write');
    await lockCalendar(tx, id);
    const today = await this.today(tx, id);
    if (date < today) throw new DomainError('calendar.in_the_past', { date, today });
  }

  private async today(tx: EntityManager, id: string): Promise<string> {
    const now = this.clock.now();
    const { timeZone } = await versionOn(tx, id, now.toISOString().slice(0, 10));
    return todayIn(timeZone, now);
  }
}
