import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around repair orders, quotes, data and relief. */
export const ORDER_ERRORS = {
  'wording.version_conflict': {
    status: 409,
    es: 'Alguien ha cambiado estos textos mientras tanto. Mira cómo están ahora.',
    en: 'Somebody has changed these words meanwhile. Look at how they stand now.',
  },
  'repair.not_found': {
    status: 404,
    es: 'Esta reparación no existe o no puedes verla.',
    en: 'This repair does not exist or you may not see it.',
  },
  'repair.transition_forbidden': {
    status: 409,
    es: 'La reparación no puede pasar de esa etapa a esta otra.',
    en: 'The repair cannot move between these two stages.',
  },
  'repair.over': {
    status: 409,
    es: 'La reparación ya ha terminado.',
    en: 'The repair is over already.',
  },
  'repair.device_in_repair': {
    status: 409,
    es: 'Este teléfono ya tiene una reparación abierta.',
    en: 'This phone has an open repair already.',
  },
  'repair.consent_needed': {
    status: 409,
    es: 'Esta reparación borra el teléfono: antes el cliente tiene que decir qué quiere recuperar y que se puede borrar.',
    en: 'This repair erases the phone: first the customer has to say what they want back and that it may be erased.',
  },
  'repair.promise_past': {
    status: 422,
    es: 'La fecha de devolución tiene que estar por venir.',
    en: 'The day of return has to be still to come.',
  },
  'repair.reason_needed': {
    status: 422,
    es: 'Di por qué cambia la fecha: ya se la habíamos dicho al cliente.',
    en: 'Say why the day moves: the customer had been told.',
  },
  'repair.way_unknown': {
    status: 422,
    es: 'Esta salida no está entre las que se han comparado.',
    en: 'This way is not among those that were compared.',
  },
  'quote.not_found': {
    status: 404,
    es: 'Este presupuesto no existe o no puedes verlo.',
    en: 'This quote does not exist or you may not see it.',
  },
  'quote.draft_open': {
    status: 409,
    es: 'Ya hay un borrador de este presupuesto. Sigue con él.',
    en: 'There is a draft of this quote already. Go on with that one.',
  },
  'quote.not_draft': {
    status: 409,
    es: 'Este presupuesto ya se ofreció y no se cambia. Haz una versión nueva.',
    en: 'This quote was offered already and is not changed. Make a new version.',
  },
  'quote.incomplete': {
    status: 422,
    es: 'Al presupuesto le falta algo que el cliente tiene que saber antes de decidir.',
    en: 'The quote lacks something the customer has to know before deciding.',
  },
  'quote.shares_exceed': {
    status: 422,
    es: 'Entre todos pagan más de lo que cuesta.',
    en: 'Together they pay more than it costs.',
  },
  'quote.outdated': {
    status: 409,
    es: 'Esa versión del presupuesto ya no vale: hay otra más nueva. Mírala y decide sobre ella.',
    en: 'That version of the quote no longer counts: there is a newer one. Look at it and decide on that.',
  },
  'quote.expired': {
    status: 409,
    es: 'El presupuesto ha caducado. Pide que se renueve.',
    en: 'The quote has run out. Ask for a new one.',
  },
  'quote.not_offered': {
    status: 409,
    es: 'Sobre este presupuesto no hay nada que decidir ahora.',
    en: 'There is nothing to decide about this quote now.',
  },
  'quote.proof_needed': {
    status: 422,
    es: 'Falta su firma, o comprobar quién es, para aprobar en su nombre.',
    en: 'Their signature, or proof of who they are, is needed to approve on their behalf.',
  },
  'data_recovery.not_found': {
    status: 404,
    es: 'En esta reparación no se ha pedido recuperar datos.',
    en: 'No recovery of data was asked for in this repair.',
  },
  'data_recovery.no_consent': {
    status: 409,
    es: 'El cliente aún no ha dicho qué datos quiere recuperar.',
    en: 'The customer has not said yet which data they want back.',
  },
  'data_recovery.done_already': {
    status: 409,
    es: 'La recuperación de datos ya está terminada.',
    en: 'The recovery of data is finished already.',
  },
  'relief.not_found': {
    status: 404,
    es: 'Esta tarea no existe o no puedes verla.',
    en: 'This task does not exist or you may not see it.',
  },
  'relief.decided': {
    status: 409,
    es: 'Esta tarea ya está hecha o cancelada.',
    en: 'This task is done or cancelled already.',
  },
} as const satisfies Record<string, ErrorEntry>;
