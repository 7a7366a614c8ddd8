import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around what other systems say of customers. */
export const CARD_ERRORS = {
  'import.not_found': {
    status: 404,
    es: 'Esta importación no existe.',
    en: 'This import does not exist.',
  },
  'import.no_columns': {
    status: 422,
    es: 'En la primera línea falta la columna «customer_number» o hay columnas que no existen. No se ha importado nada.',
    en: 'The first line lacks the column “customer_number” or names columns that do not exist. Nothing was imported.',
  },
  'import.unreadable': {
    status: 422,
    es: 'El fichero no se entiende a partir de cierta línea. No se ha importado nada.',
    en: 'The file cannot be read from some line on. Nothing was imported.',
  },
} as const satisfies Record<string, ErrorEntry>;
