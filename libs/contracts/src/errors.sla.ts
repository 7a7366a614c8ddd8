import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around calendars and policies. */
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
  'policy.not_found': { status: 404, es: 'Esta política no existe.', en: 'This policy does not exist.' },
  'policy.name_taken': {
    status: 409,
    es: 'Ya hay una política con ese nombre.',
    en: 'There is a policy with that name already.',
  },
  'policy.version_conflict': {
    status: 409,
    es: 'La política ha cambiado mientras la editabas. Mira lo nuevo y repite.',
    en: 'The policy changed while you were editing. Look at what is new and try again.',
  },
  'policy.last_catch_all': {
    status: 422,
    es: 'Es la última política activa que vale para todos los casos: sin ella habría casos sin plazos.',
    en: 'It is the last active policy for every case: without it there would be cases without deadlines.',
  },
  'policy.no_such_calendar': {
    status: 422,
    es: 'Uno de los plazos va por un calendario que no existe.',
    en: 'One of the times goes by a calendar that does not exist.',
  },
  'policy.reapply_running': {
    status: 409,
    es: 'Esta política ya se está aplicando. Espera a que termine.',
    en: 'This policy is being applied already. Wait until that is done.',
  },
  'policy.reapply_not_found': {
    status: 404,
    es: 'Esta aplicación de la política no existe.',
    en: 'This policy was not applied then.',
  },
  'policy.clocks_unreadable': {
    status: 422,
    es: 'Lo ocurrido en el caso no se ha podido leer: sus plazos siguen como estaban.',
    en: 'What happened in the case could not be read: its clocks go on as they were.',
  },
  'policy.case_unwritten': {
    status: 500,
    es: 'El caso no se ha podido cambiar: sus plazos siguen como estaban.',
    en: 'The case could not be changed: its clocks go on as they were.',
  },
  'ladder.not_found': { status: 404, es: 'Esta escalera no existe.', en: 'This ladder does not exist.' },
  'ladder.name_taken': {
    status: 409,
    es: 'Ya hay una escalera con ese nombre.',
    en: 'There is a ladder with that name already.',
  },
  'ladder.queue_taken': { status: 409, es: 'Esa cola ya tiene su escalera.', en: 'That queue has its ladder already.' },
  'ladder.version_conflict': {
    status: 409,
    es: 'La escalera ha cambiado mientras la editabas. Mira lo nuevo y repite.',
    en: 'The ladder changed while you were editing. Look at what is new and try again.',
  },
  'escalation.not_found': { status: 404, es: 'Ese aviso no existe.', en: 'That escalation does not exist.' },
  'escalation.settled': {
    status: 409,
    es: 'Alguien ya lo ha atendido, o ya ha terminado.',
    en: 'Somebody has acknowledged it already, or it has ended.',
  },
  'escalation.not_yours': {
    status: 403,
    es: 'Ese aviso es para otras personas.',
    en: 'That escalation is for other people.',
  },
} as const satisfies Record<string, ErrorEntry>;
