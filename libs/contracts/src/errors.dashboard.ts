import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around the screens of those who supervise. */
export const DASHBOARD_ERRORS = {
  'wall.not_found': { status: 404, es: 'Esta pantalla de pared no existe.', en: 'This wall screen does not exist.' },
  'wall.closed': {
    status: 403,
    es: 'Este enlace ya no abre ninguna pantalla. Pide uno nuevo en Supervisión.',
    en: 'This link no longer opens a screen. Ask for a new one in Supervision.',
  },
} as const satisfies Record<string, ErrorEntry>;
