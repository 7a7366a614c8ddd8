import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around calendars. */
export const SLA_ERRORS = {
  'calendar.not_found': { status: 404, es: 'Este calendario no existe.', en: 'This calendar does not exist.' },
  'calendar.never_opens': {
    status: 422,
    es: 'Con este horario ese tiempo no llega nunca: no abre lo suficiente.',
    en: 'With these hours that time never comes: it does not open enough.',
  },
  'calendar.name_taken': {
    status: 409,
    es: 'Ya hay un calendario con ese nombre.',
    en: 'There is a calendar with that name already.',
  },
  'calendar.version_conflict': {
    status: 409,
    es: 'El calendario ha cambiado mientras lo editabas. Mira lo nuevo y repite.',
    en: 'The calendar changed while you were editing. Look at what is new and try again.',
  },
  'calendar.in_the_past': {
    status: 422,
    es: 'Lo que ya ha pasado no se cambia: elige un día a partir de hoy.',
    en: 'What has passed is not changed: choose a day from today on.',
  },
  'calendar.no_such_region': {
    status: 422,
    es: 'De ese país o región no se conocen festivos.',
    en: 'No holidays are known of that country or region.',
  },
  'calendar.exception_not_found': {
    status: 404,
    es: 'Ese día no tiene un horario especial.',
    en: 'That day has no hours of its own.',
  },
} as const satisfies Record<string, ErrorEntry>;
