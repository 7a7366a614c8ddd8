import { Module } from '@nestjs/common';
import { CalendarDays } from './calendar/calendar-days.service.js';
import { CalendarReader } from './calendar/calendar-reader.js';
import { CalendarService } from './calendar/calendar.service.js';
import { Timetables } from './calendar/timetables.js';
import { Breaches } from './clocks/breaches.js';
import { ClockAudit } from './clocks/clock-audit.js';
import { ClockReader } from './clocks/clock-reader.js';
import { ClockService } from './clocks/clock.service.js';
import { RuleBook } from './clocks/rule-book.js';
import { DashboardCounters } from './figures/dashboard-counters.service.js';

const services = [
  CalendarDays,
  CalendarReader,
  CalendarService,
  Timetables,
  RuleBook,
  ClockReader,
  ClockService,
  Breaches,
  ClockAudit,
  DashboardCounters,
];

/** When it is open, and how long things take by that. */
@Module({ providers: services, exports: services })
export class SlaModule {}
