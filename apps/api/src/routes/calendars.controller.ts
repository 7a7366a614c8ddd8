import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  Calendar,
  CalendarDate,
  CalendarDueBody,
  CalendarExceptionBody,
  CalendarListQuery,
  CalendarPage,
  CalendarPreview,
  CalendarPreviewBody,
  CalendarStoresBody,
  HolidayImportBody,
  HolidayRegionQuery,
  HolidayRegions,
  HolidayReviewBody,
  Id,
  NewCalendarBody,
  PatchCalendarBody,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { withRetry } from '#platform';
import { CalendarDays, CalendarReader, CalendarService, placesWithHolidays, previewOf, Timetables } from '#sla';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** When it is open, which minutes count, and why something is due when it is. */
@ApiTags('calendars')
@Controller('api/v1/calendars')
export class CalendarsController {
  constructor(
    private readonly database: DataSource,
    private readonly calendars: CalendarService,
    private readonly reader: CalendarReader,
    private readonly timetables: Timetables,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, CalendarPage)
  list(
    @Me() me: Principal,
    @Query({ schema: CalendarListQuery }) query: z.infer<typeof CalendarListQuery>,
  ): Promise<CalendarPage> {
    demand(me, 'calendar.read');
    return this.reader.list(this.database.manager, query);
  }

  @Post()
  @Answers(201, Calendar)
  create(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: NewCalendarBody }) body: NewCalendarBody,
  ): Promise<Calendar> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['calendar', body], async () =>
        this.reader.find(tx, await this.calendars.create(tx, me, body)),
      ),
    );
  }

  /** Of a calendar that is kept nowhere: when so many minutes have counted, and how they came together. */
  @Post('preview')
  @HttpCode(200)
  @Answers(200, CalendarPreview)
  preview(@Me() me: Principal, @Body({ schema: CalendarPreviewBody }) body: CalendarPreviewBody): CalendarPreview {
    demand(me, 'calendar.read');
    return previewOf([body.calendar], body);
  }

  /** Countries whose holidays are known, or the regions of one. */
  @Get('holiday-regions')
  @Answers(200, HolidayRegions)
  regions(
    @Me() me: Principal,
    @Query({ schema: HolidayRegionQuery }) { country }: z.infer<typeof HolidayRegionQuery>,
  ): HolidayRegions {
    demand(me, 'calendar.read');
    return { items: placesWithHolidays(country, me.language) };
  }

  @Get(':id')
  @Answers(200, Calendar)
  find(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Calendar> {
    demand(me, 'calendar.read');
    return this.reader.find(this.database.manager, id);
  }

  @Patch(':id')
  @Answers(200, Calendar)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchCalendarBody }) body: PatchCalendarBody,
  ): Promise<Calendar> {
    return withRetry(this.database, async (tx) => {
      await this.calendars.change(tx, me, id, body);
      return this.reader.find(tx, id);
    });
  }

  /** The same of a calendar that is kept, with all its versions, exceptions and accepted holidays. */
  @Post(':id/preview')
  @HttpCode(200)
  @Answers(200, CalendarPreview)
  async previewKept(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CalendarDueBody }) body: CalendarDueBody,
  ): Promise<CalendarPreview> {
    demand(me, 'calendar.read');
    const { timetable } = await this.timetables.of(this.database.manager, id);
    return previewOf(timetable, body);
  }

  /** The stores that go by it; all others go by another. */
  @Put(':id/stores')
  @Answers(200, Calendar)
  setStores(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CalendarStoresBody }) { storeIds }: z.infer<typeof CalendarStoresBody>,
  ): Promise<Calendar> {
    return withRetry(this.database, async (tx) => {
      await this.calendars.setStores(tx, me, id, storeIds);
      return this.reader.find(tx, id);
    });
  }
}

/** Days that are not as the week says: those somebody names, and holidays, which are proposed and then reviewed. */
@ApiTags('calendars')
@Controller('api/v1/calendars/:id')
export class CalendarDaysController {
  constructor(
    private readonly database: DataSource,
    private readonly days: CalendarDays,
    private readonly reader: CalendarReader,
  ) {}

  @Put('exceptions/:date')
  @Answers(200, Calendar)
  set(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('date', { schema: CalendarDate }) date: string,
    @Body({ schema: CalendarExceptionBody }) body: CalendarExceptionBody,
  ): Promise<Calendar> {
    return this.after(id, (tx) => this.days.set(tx, me, id, { date, ...body }));
  }

  @Delete('exceptions/:date')
  @Answers(200, Calendar)
  remove(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('date', { schema: CalendarDate }) date: string,
  ): Promise<Calendar> {
    return this.after(id, (tx) => this.days.remove(tx, me, id, date));
  }

  /** Proposes the holidays of a year; none counts before it was reviewed. */
  @Post('holidays')
  @HttpCode(200)
  @Answers(200, Calendar)
  propose(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HolidayImportBody }) body: HolidayImportBody,
  ): Promise<Calendar> {
    return this.after(id, (tx) => this.days.propose(tx, me, id, body));
  }

  @Post('holidays/review')
  @HttpCode(200)
  @Answers(200, Calendar)
  review(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HolidayReviewBody }) body: HolidayReviewBody,
  ): Promise<Calendar> {
    return this.after(id, (tx) => this.days.review(tx, me, id, body));
  }

  private after(id: string, deed: (tx: EntityManager) => Promise<unknown>): Promise<Calendar> {
    return withRetry(this.database, async (tx) => {
      await deed(tx);
      return this.reader.find(tx, id);
    });
  }
}
