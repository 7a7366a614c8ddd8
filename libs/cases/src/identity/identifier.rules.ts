import { checksOut, maskOf, type DocumentKind, type IdentifierKind } from '#contracts';
import { normaliseEmail, normaliseHandle, normalisePhone } from '../contact.rules.js';

/** One thing that identifies somebody, as the house keeps it. */
export interface Identifier {
  kind: IdentifierKind;
  /** Normalised: what is compared. Null for an X handle whose user id is not known. */
  value: string | null;
  handle: string | null;
  /** As people write it. */
  display: string;
}

/** The letters of NIF and NIE in the order of the number modulo 23 (Ministerio del Interior). */
const CHECK_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const NIE_PREFIX: Record<string, string> = { X: '0', Y: '1', Z: '2' };

const bare = (typed: string): string => typed.toUpperCase().replace(/[\s.\-/]/gu, '');

const hasCheckLetter = (digits: string, letter: string): boolean => CHECK_LETTERS[Number(digits) % 23] === letter;

/** `12345678Z`, or null when the letter is wrong; the leading zeros of old cards may be missing. */
export function normaliseNif(typed: string): string | null {
  const match = /^(\d{7,8})([A-Z])$/u.exec(bare(typed));
  const digits = match?.[1]?.padStart(8, '0');
  return digits && match?.[2] && hasCheckLetter(digits, match[2]) ? digits + match[2] : null;
}

/** `X1234567L`, or null when the letter is wrong. */
export function normaliseNie(typed: string): string | null {
  const match = /^([XYZ])(\d{7})([A-Z])$/u.exec(bare(typed));
  if (!match?.[1] || !match[2] || !match[3]) return null;
  return hasCheckLetter(`${NIE_PREFIX[match[1]] ?? ''}${match[2]}`, match[3]) ? match[0] : null;
}

/** Letters and digits of any country's passport. What looks like a NIF or NIE must be a right one. */
export function normalisePassport(typed: string): string | null {
  const value = bare(typed);
  if (!/^(?=.*\d)[A-Z0-9]{5,20}$/u.test(value)) return null;
  return /^(?:\d{8}|[XYZ]\d{7})[A-Z]$/u.test(value) ? (normaliseNif(value) ?? normaliseNie(value)) : value;
}

/** A document of a stated kind, or of whichever it is. */
export function normaliseDocument(typed: string, kind?: DocumentKind): string | null {
  if (kind === 'nif') return normaliseNif(typed);
  if (kind === 'nie') return normaliseNie(typed);
  return normaliseNif(typed) ?? normaliseNie(typed) ?? normalisePassport(typed);
}

/** The 15 digits of an IMEI whose last is its Luhn check digit (3GPP TS 23.003 §6.2.1), or null. */
export function normaliseImei(typed: string): string | null {
  const digits = typed.replace(/[\s./-]/gu, '');
  if (!/^\d{15}$/u.test(digits) || /^(\d)\1+$/u.test(digits)) return null;
  return checksOut(digits) ? digits : null;
}

/** Letters, digits and hyphens, 4 to 20 of them, at least one a digit. */
export function normaliseCustomerNumber(typed: string): string | null {
  const value = typed.toUpperCase().replace(/\s/gu, '');
  return /^(?=.*\d)[A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9]$/u.test(value) ? value : null;
}

const plain = (kind: IdentifierKind, value: string | null): Identifier | null =>
  value === null ? null : { kind, value, handle: null, display: value };

const READ: Record<IdentifierKind, (typed: string) => Identifier | null> = {
  twitter: (typed) => {
    const handle = normaliseHandle(typed);
    return handle === null ? null : { kind: 'twitter', value: null, handle, display: `@${handle}` };
  },
  email: (typed) => plain('email', normaliseEmail(typed)),
  phone: (typed) => plain('phone', normalisePhone(typed)),
  line: (typed) => plain('line', normalisePhone(typed)),
  document: (typed) => plain('document', normaliseDocument(typed)),
  imei: (typed) => plain('imei', normaliseImei(typed)),
  customer_number: (typed) => plain('customer_number', normaliseCustomerNumber(typed)),
};

/** What was typed, by the rules of its kind; null when it is none of that kind. */
export const identifierOf = (kind: IdentifierKind, typed: string): Identifier | null => READ[kind](typed);

/** As it may stand in a journal that everybody reads. */
export const toldAs = ({ kind, display }: Pick<Identifier, 'kind' | 'display'>): string => maskOf(kind, display);
