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
   * @returns how many are proposed now that were not before
   * @throws DomainError permission.denied, calendar.not_found, calendar.no_such_region
   */
  async propose(tx: EntityManager, principal: Principal, id: string, wanted: HolidayImportBody): Promise<number> {
    demand(principal, 'calendar.write');
    await lockCalendar(tx, id);
    const today = await this.today(tx, id);
    const days = publicHolidays(wanted, principal.language).filter(({ date }) => date >= today);
    const rows: unknown[] = await tx.query(
      `insert into calendar_exception (calendar_id, date, name, kind, state)
       select $1, day.date::date, day.name, 'holiday', 'proposed' from jsonb_to_recordset($2) as day (date text, name text)
       on conflict do nothing returning 1`,
      [id, JSON.stringify(days)],
    );
    return rows.length;
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
    for (const { date, state } of decisions) {
      const [, decided]: [unknown, number] = await tx.query(
        `update calendar_exception set state = $3, decided_by = $4, decided_at = $5
         where calendar_id = $1 and date = $2 and kind = 'holiday'`,
        [id, date, state, principal.id, this.clock.now()],
      );
      if (decided === 0) throw new DomainError('calendar.exception_not_found', { date });
    }
    if (decisions.length > 0) await raiseRevision(tx, id);
  }

  /**
   * Accepts every holiday that is proposed.
   * @throws DomainError permission.denied, calendar.not_found
   */
  async acceptAll(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    const rows: { date: string }[] = await tx.query(
      `select date::text as date from calendar_exception where calendar_id = $1 and state = 'proposed' order by date`,
      [id],
    );
    await this.review(tx, principal, id, { accept: rows.map(({ date }) => date), dismiss: [] });
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
