import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around incidents and what is written to all their customers. */
export const INCIDENT_ERRORS = {
  'incident.not_found': {
    status: 404,
    es: 'Esta incidencia no existe.',
    en: 'This incident does not exist.',
  },
  'incident.resolved': {
    status: 409,
    es: 'Esta incidencia ya está resuelta: no se le añaden casos.',
    en: 'This incident is resolved already: no cases are added to it.',
  },
  'incident.too_many': {
    status: 422,
    es: 'Son demasiados casos de una vez. Acota el filtro.',
    en: 'Those are too many cases at once. Narrow the filter.',
  },
  'incident.nobody': {
    status: 422,
    es: 'Ninguno de sus clientes puede recibir este mensaje ahora.',
    en: 'None of its customers can get this message now.',
  },
  'incident.unknown_placeholder': {
    status: 422,
    es: 'Entre llaves solo puede ir {name} o {reference}.',
    en: 'Only {name} or {reference} can stand in braces.',
  },
  'incident.due_passed': {
    status: 422,
    es: 'Esa hora ya ha pasado. Elige otra.',
    en: 'That time has passed already. Choose another.',
  },
  'update.not_found': {
    status: 404,
    es: 'Este envío no existe.',
    en: 'This mass update does not exist.',
  },
  'update.still_running': {
    status: 409,
    es: 'Todavía se está enviando el mensaje anterior. Espera a que termine o páralo.',
    en: 'The message before is still being sent. Wait until it is done, or stop it.',
  },
  'update.over': {
    status: 409,
    es: 'Este envío ya ha terminado.',
    en: 'This mass update is over already.',
  },
} as const satisfies Record<string, ErrorEntry>;
