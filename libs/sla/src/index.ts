export {
  dueAt,
  everOpens,
  isOpenAt,
  minutesBetween,
  nextOpening,
  type CalendarHours,
  type Timetable,
} from './calendar/calendar.rules.js';
export { ClockService } from './clocks/clock.service.js';
export { SlaModule } from './sla.module.js';
