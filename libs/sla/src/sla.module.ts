import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { CalendarDays } from './calendar/calendar-days.service.js';
import { CalendarMinutes } from './calendar/calendar-minutes.js';
import { CalendarReader } from './calendar/calendar-reader.js';
import { CalendarService } from './calendar/calendar.service.js';
import { Timetables } from './calendar/timetables.js';
import { Breaches } from './clocks/breaches.js';
import { ClockAudit } from './clocks/clock-audit.js';
import { ClockReader } from './clocks/clock-reader.js';
import { ClockService } from './clocks/clock.service.js';
import { ReapplyService } from './clocks/reapply.service.js';
import { RuleBook } from './clocks/rule-book.js';
import { DashboardCounters } from './figures/dashboard-counters.service.js';
import { PolicyReader } from './policies/policy-reader.js';
import { PolicyReapplies } from './policies/policy-reapply.service.js';
import { PolicyService } from './policies/policy.service.js';
import { ReapplyReader } from './policies/reapply-reader.js';
import { EscalationDeeds } from './ladder/escalation-deeds.service.js';
import { EscalationReader } from './ladder/escalation-reader.js';
import { EscalationService } from './ladder/escalation.service.js';
import { LadderShelf } from './ladder/ladder-shelf.js';
import { LadderService } from './ladder/ladder.service.js';

const ladders = [EscalationDeeds, EscalationReader, EscalationService, LadderService, LadderShelf];

const services = [
  ...ladders,
  CalendarDays,
  CalendarMinutes,
  CalendarReader,
  CalendarService,
  Timetables,
  RuleBook,
  ClockReader,
  ClockService,
  ReapplyService,
  PolicyReader,
  PolicyReapplies,
  PolicyService,
  ReapplyReader,
  Breaches,
  ClockAudit,
  DashboardCounters,
];

/** When it is open, and how long things take by that. */
@Module({ imports: [CasesModule], providers: services, exports: services })
export class SlaModule {}
