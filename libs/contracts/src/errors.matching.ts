import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around suggestions that two records are one person. */
export const MATCHING_ERRORS = {
  'suggestion.not_found': {
    status: 404,
    es: 'Esta sugerencia no existe o no puedes verla.',
    en: 'This suggestion does not exist or you may not see it.',
  },
  'suggestion.decided': {
    status: 409,
    es: 'Alguien ya ha decidido sobre esta sugerencia. Mira cómo ha quedado.',
    en: 'Somebody has decided on this suggestion already. Look at how it stands.',
  },
  'suggestion.one_person': {
    status: 409,
    es: 'Ya son la misma persona: no hay nada que decidir.',
    en: 'They are one person already: there is nothing to decide.',
  },
} as const satisfies Record<string, ErrorEntry>;
