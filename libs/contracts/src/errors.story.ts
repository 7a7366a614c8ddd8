import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around problems, impacts, the story and closing. */
export const STORY_ERRORS = {
  'case.not_closable': {
    status: 409,
    es: 'El caso no se puede cerrar todavía: queda algo abierto con el cliente.',
    en: 'The case cannot be closed yet: something is still open with the customer.',
  },
  'problem.not_found': { status: 404, es: 'Este problema no está en el caso.', en: 'This problem is not on the case.' },
  'problem.transition_forbidden': {
    status: 409,
    es: 'El problema no puede pasar de esa etapa a esta otra.',
    en: 'The problem cannot move between these two stages.',
  },
  'problem.not_restored': {
    status: 409,
    es: 'El problema no está resuelto: el cliente sigue sin algo que perdió por él.',
    en: 'The problem is not solved: the customer is still without something they lost by it.',
  },
  'impact.not_found': {
    status: 404,
    es: 'Esto no consta entre lo que le falta al cliente.',
    en: 'This is not among what the customer lacks.',
  },
  'impact.transition_forbidden': {
    status: 409,
    es: 'No puede pasar de ese estado a este otro.',
    en: 'It cannot move between these two states.',
  },
  'fact.not_found': { status: 404, es: 'Este dato no está en la historia.', en: 'This fact is not in the story.' },
  'fact.outdated': {
    status: 409,
    es: 'Este dato ya se ha corregido o retirado. Mira cómo está ahora.',
    en: 'This fact has been corrected or withdrawn. Look at how it stands now.',
  },
  'fact.is_promise': {
    status: 409,
    es: 'Es una promesa: se cumple, se incumple o se retira; no se corrige como un dato.',
    en: 'It is a promise: it is kept, broken or withdrawn, and not corrected like a fact.',
  },
  'promise.not_found': { status: 404, es: 'Esta promesa no está en el caso.', en: 'This promise is not on the case.' },
  'promise.transition_forbidden': {
    status: 409,
    es: 'La promesa ya está decidida.',
    en: 'The promise has been decided already.',
  },
  'news.not_found': { status: 404, es: 'Esa novedad no está en el caso.', en: 'That news is not on the case.' },
  'entry.not_on_case': {
    status: 422,
    es: 'Esa entrada no está en este caso.',
    en: 'That entry is not on this case.',
  },
} as const satisfies Record<string, ErrorEntry>;
