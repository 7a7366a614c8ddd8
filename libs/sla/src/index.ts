export { CalendarDays } from './calendar/calendar-days.service.js';
export { CalendarReader } from './calendar/calendar-reader.js';
export { CalendarService } from './calendar/calendar.service.js';
export {
  dueAt,
  everOpens,
  isOpenAt,
  minutesBetween,
  nextOpening,
  type CalendarHours,
  type Timetable,
} from './calendar/calendar.rules.js';
export { placesWithHolidays } from './calendar/holidays.js';
export { countingBy, previewOf, Timetables, type KeptTimetable } from './calendar/timetables.js';
export { ClockService } from './clocks/clock.service.js';
export { DashboardCounters } from './figures/dashboard-counters.service.js';
export { SlaModule } from './sla.module.js';
