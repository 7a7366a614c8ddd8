import type { ImportReason } from './card.js';
import type { Language } from './words.js';

/** Why a row was refused, or what is to be known of one that was taken. Words in braces are values. */
export const IMPORT_REASONS = {
  invalid: { es: '«{column}» no es válido: {value}', en: '“{column}” is not valid: {value}' },
  missing: { es: 'Falta «{column}».', en: '“{column}” is missing.' },
  unknown_column: { es: 'No existe la columna «{column}».', en: 'There is no column “{column}”.' },
  columns: {
    es: 'Tiene {value} celdas; la primera línea tiene otras.',
    en: 'It has {value} cells; the first line has a different number.',
  },
  unreadable: { es: 'La línea no se puede leer: {value}', en: 'The line cannot be read: {value}' },
  twice: {
    es: 'Este número de cliente ya está en la fila {value}.',
    en: 'This customer number is in row {value} already.',
  },
  line_twice: {
    es: 'La línea {value} figura sin terminar en otro cliente desde la misma fecha o después.',
    en: 'Line {value} is another customer’s, not ended, since the same day or later.',
  },
  older: {
    es: 'Ya hay datos más recientes de este cliente: no se ha cambiado nada.',
    en: 'There is newer data of this customer already: nothing was changed.',
  },
  joined: {
    es: 'Ya lo conocíamos por «{column}»: se ha unido a ese cliente.',
    en: 'We knew them by “{column}”: it was put with that customer.',
  },
  taken: {
    es: '{value} es de otro cliente y se queda con él; alguien debe mirar si son la misma persona.',
    en: '{value} is another customer’s and stays with them; somebody should look whether they are one person.',
  },
  shared: {
    es: '{value} es de varias personas; se ha apuntado así.',
    en: '{value} is several people’s and was written down as such.',
  },
  moved: {
    es: 'La línea {value} era de otro cliente: deja de serlo.',
    en: 'Line {value} was another customer’s and no longer is.',
  },
  preference_kept: {
    es: '«{column}» lo apuntó alguien del equipo y se queda como está.',
    en: '“{column}” was set by one of us and stays as it is.',
  },
} as const satisfies Record<string, Record<Language, string>>;
export type ImportReasonCode = keyof typeof IMPORT_REASONS;

/** A reason in both languages. */
export function importReason(code: ImportReasonCode, column: string | null = null, value = ''): ImportReason {
  const fill = (words: string) =>
    words.replace(/\{(column|value)\}/gu, (_, name: string) => (name === 'column' ? (column ?? '') : value));
  return { code, column, es: fill(IMPORT_REASONS[code].es), en: fill(IMPORT_REASONS[code].en) };
}
