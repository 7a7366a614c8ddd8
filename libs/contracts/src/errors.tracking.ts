import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around links for customers, case codes and the glass. */
export const TRACKING_ERRORS = {
  'link.not_found': {
    status: 404,
    es: 'Este enlace no existe o no puedes verlo.',
    en: 'This link does not exist or you may not see it.',
  },
  'link.contact_point_unknown': {
    status: 422,
    es: 'Esa dirección no es del cliente de este caso.',
    en: 'That address does not belong to the customer of this case.',
  },
  'door.throttled': {
    status: 429,
    es: 'Demasiados intentos. Espera un poco antes de volver a probar.',
    en: 'Too many attempts. Please wait before trying again.',
  },
  'glass.throttled': {
    status: 429,
    es: 'Has abierto demasiados casos ajenos en la última hora. Pide ayuda a tu supervisor.',
    en: 'You have opened too many cases of others within the hour. Ask your supervisor for help.',
  },
  'reference.throttled': {
    status: 429,
    es: 'Demasiados códigos de caso equivocados o de otras tiendas en la última hora. Busca al cliente por su nombre o su teléfono, o pide ayuda a tu supervisor.',
    en: 'Too many case codes that are wrong or of other stores within the hour. Look for the customer by name or phone, or ask your supervisor for help.',
  },
  'glass.not_found': { status: 404, es: 'Este acceso no existe.', en: 'This access does not exist.' },
} as const satisfies Record<string, ErrorEntry>;
