import type { ErrorEntry } from './error-entry.js';

/** What goes wrong when figures are asked for. */
export const ANALYSIS_ERRORS = {
  'analysis.too_slow': {
    status: 503,
    es: 'Contarlo lleva demasiado tiempo ahora. Elige menos días o repítelo en un rato.',
    en: 'Counting this takes too long right now. Choose fewer days or try again in a while.',
  },
  'analysis.busy': {
    status: 429,
    es: 'Ya se está contando lo que has pedido antes. Espera a que termine.',
    en: 'What you asked for before is still being counted. Wait for it to end.',
  },
} as const satisfies Record<string, ErrorEntry>;
