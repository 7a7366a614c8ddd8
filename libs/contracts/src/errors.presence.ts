import type { ErrorEntry } from './error-entry.js';

/** What goes wrong when two people, or two devices of one person, are at one thing. */
export const PRESENCE_ERRORS = {
  'presence.too_often': {
    status: 429,
    es: 'Demasiados cambios de presencia seguidos.',
    en: 'Too many changes of presence at once.',
  },
  'case.decision_locked': {
    status: 409,
    es: 'Otra persona está decidiendo esto ahora mismo. Habla con ella o tómalo tú.',
    en: 'Somebody else is deciding this right now. Talk to them, or take it over.',
  },
  'draft.conflict': {
    status: 409,
    es: 'Este borrador ha cambiado en otro dispositivo.',
    en: 'This draft has changed on another device.',
  },
  'draft.not_found': { status: 404, es: 'No hay ningún borrador aquí.', en: 'There is no draft here.' },
} as const satisfies Record<string, ErrorEntry>;
