import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around loaners and loans. */
export const LOANER_ERRORS = {
  'loaner.not_found': {
    status: 404,
    es: 'Este móvil de préstamo no existe o no es de tu tienda.',
    en: 'This loaner does not exist or is not of your store.',
  },
  'loaner.model_not_found': {
    status: 404,
    es: 'Este modelo de préstamo no existe.',
    en: 'This model of loaner does not exist.',
  },
  'loaner.none_available': {
    status: 409,
    es: 'En esta tienda no queda ninguno libre. Elige otro modelo u otra tienda.',
    en: 'None is left in this store. Choose another model or another store.',
  },
  'loaner.not_available': {
    status: 409,
    es: 'Este móvil de préstamo ya no está libre. Elige otro.',
    en: 'This loaner is no longer free. Choose another one.',
  },
  'loaner.transition_forbidden': {
    status: 409,
    es: 'El móvil de préstamo no puede pasar de ese estado a este otro.',
    en: 'The loaner cannot move between these two states.',
  },
  'loaner.cleaning_over': {
    status: 409,
    es: 'Esa limpieza ya terminó: mira cómo está el móvil ahora.',
    en: 'That cleaning is over: look at how the phone is now.',
  },
  'loaner.on_loan': {
    status: 409,
    es: 'Lo tiene o lo espera un cliente: primero tiene que acabar el préstamo.',
    en: 'A customer has it or expects it: the loan has to end first.',
  },
  'loaner.label_taken': {
    status: 409,
    es: 'Ya hay un móvil de préstamo con esa etiqueta o ese IMEI.',
    en: 'There is a loaner with this label or IMEI already.',
  },
  'loaner.model_taken': {
    status: 409,
    es: 'Ese modelo ya está en la lista.',
    en: 'That model is in the list already.',
  },
  'loaner.same_store': {
    status: 422,
    es: 'Ya está en esa tienda.',
    en: 'It is in that store already.',
  },
  'loaner.unreadable_list': {
    status: 422,
    es: 'No se entiende la lista. La primera línea nombra las columnas: label, brand, model, store y, si se quiere, os, sims, imei, grade y note.',
    en: 'The list cannot be read. Its first line names the columns: label, brand, model, store and, if wanted, os, sims, imei, grade and note.',
  },
  'loan.not_found': {
    status: 404,
    es: 'Este préstamo no existe o no puedes verlo.',
    en: 'This loan does not exist or you may not see it.',
  },
  'loan.transition_forbidden': {
    status: 409,
    es: 'El préstamo no puede pasar de ese estado a este otro.',
    en: 'The loan cannot move between these two states.',
  },
  'loan.case_has_one': {
    status: 409,
    es: 'Este cliente ya tiene un móvil de préstamo o se lo guardan. Cámbialo en vez de prestar otro.',
    en: 'This customer has a loaner or one is kept for them already. Swap it instead of lending another.',
  },
  'loan.not_eligible': {
    status: 409,
    es: 'Una regla de la casa dice que no. Un supervisor puede decidir otra cosa, con un motivo.',
    en: 'A rule of the house says no. A supervisor may decide otherwise, with a reason.',
  },
  'loan.rule_unknown': {
    status: 422,
    es: 'Esa regla no está en la lista o no está en uso.',
    en: 'That rule is not in the list or is not in use.',
  },
  'loan.terms_outdated': {
    status: 409,
    es: 'Las condiciones han cambiado. Enseña al cliente las de ahora y que firme esas.',
    en: 'The terms have changed. Show the customer those of now and let them sign these.',
  },
  'loan.wrong_store': {
    status: 409,
    es: 'Este móvil está en otra tienda: se entrega donde está.',
    en: 'This phone is in another store: it is handed over where it is.',
  },
  'loan.due_not_later': {
    status: 422,
    es: 'La nueva fecha tiene que ser posterior a la que hay.',
    en: 'The new date has to be later than the one there is.',
  },
} as const satisfies Record<string, ErrorEntry>;
