import type { ErrorEntry } from './error-entry.js';

/** What goes wrong at a counter. */
export const COUNTER_ERRORS = {
  'intake.not_found': { status: 404, es: 'Esta recogida no existe.', en: 'There is no such intake.' },
  'intake.over': {
    status: 409,
    es: 'Esta recogida ya ha terminado; lo que falte se anota en el caso.',
    en: 'This intake is over; what is missing is written down on the case.',
  },
  'intake.gates_open': {
    status: 422,
    es: 'Aún faltan datos. Complétalos o di por qué no hacen falta.',
    en: 'Something is missing still. Fill it in, or say why it is not needed.',
  },
  'intake.fields_refused': {
    status: 422,
    es: 'Hay datos de la recogida que no se entienden.',
    en: 'Some data of the intake could not be understood.',
  },
  'intake.case_unseen': {
    status: 409,
    es: 'El caso no se ve todavía desde esta tienda: escanea su código para ver lo que se enviará, o termina.',
    en: 'This store does not see the case yet: scan its code to see what will be sent, or finish.',
  },
  'intake.no_receipt': {
    status: 404,
    es: 'Todavía no hay recibo: la recogida no ha terminado.',
    en: 'There is no receipt yet: the intake is not finished.',
  },
  'photo.unreadable': {
    status: 422,
    es: 'Esta foto no se puede leer. Hazla otra vez o elige otra.',
    en: 'This photo cannot be read. Take it again or choose another.',
  },
} as const satisfies Record<string, ErrorEntry>;
