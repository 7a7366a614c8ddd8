import { checksOut } from './told.rules.js';

/** The numbers phones are told apart by: 3GPP TS 23.003 §6 (IMEI, IMEISV), 3GPP2 C.S0072 (MEID). */

export const IMEI_DIGITS = 15;
/** The part of an IMEI that says the model: its type allocation code. */
export const TAC_DIGITS = 8;
/** An IMEI without its check digit. */
const BODY = 14;

/** Why something typed is no number of a phone. */
export type ImeiProblem =
  'empty' | 'letters' | 'too_short' | 'too_long' | 'check_digit' | 'check_missing' | 'same_digit';

export type ReadNumber =
  | { kind: 'imei'; value: string }
  | { kind: 'meid'; value: string }
  /** `digits`: how many there were · `meant`: the number it would be with the right last digit. */
  | { kind: null; problem: ImeiProblem; digits: number; meant?: string };

/** What people copy along with the number, and how they group it. */
const bare = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/^\s*(?:IMEI|MEID)\s*(?:SV)?\s*\d?\s*[:#]\s*/u, '')
    .replace(/[\s./\-–()]/gu, '');

/** The digit that makes these add up by Luhn. */
export const checkDigit = (body: string): string => [...'0123456789'].find((digit) => checksOut(body + digit)) ?? '';

const whole = (body: string): string => body + checkDigit(body);

const no = (problem: ImeiProblem, digits: number, meant?: string): ReadNumber => ({
  kind: null,
  problem,
  digits,
  ...(meant !== undefined && { meant }),
});

/** MEIDs begin with A0 to FF, so that none of them is an IMEI; as 18 decimal digits they are 10 and 8 of them. */
function meidOf(text: string): string | null {
  if (/^[A-F][0-9A-F]{13}$/u.test(text)) return text;
  if (!/^\d{18}$/u.test(text)) return null;
  const manufacturer = Number(text.slice(0, 10));
  const serial = Number(text.slice(10));
  if (manufacturer < 0xa0000000 || manufacturer > 0xffffffff || serial > 0xffffff) return null;
  return (manufacturer.toString(16).padStart(8, '0') + serial.toString(16).padStart(6, '0')).toUpperCase();
}

/**
 * What was typed or scanned: an IMEI of 15 digits, one with its software version (16 digits in place of the check digit, 17
 * behind it; both are cut), or a MEID of 14 hexadecimal or 18 decimal digits. Otherwise why it is none.
 */
export function readDeviceNumber(typed: string): ReadNumber {
  const text = bare(typed);
  if (text === '') return no('empty', 0);
  const meid = meidOf(text);
  if (meid) return { kind: 'meid', value: meid };
  if (!/^\d+$/u.test(text)) return no('letters', text.length);
  if (/^(\d)\1+$/u.test(text)) return no('same_digit', text.length);
  const version = text.length === BODY + 2;
  const behind = text.length === IMEI_DIGITS + 2 && checksOut(text.slice(0, IMEI_DIGITS));
  if (version || behind) return { kind: 'imei', value: whole(text.slice(0, BODY)) };
  if (text.length === BODY) return no('check_missing', BODY, whole(text));
  if (text.length !== IMEI_DIGITS) return no(text.length < IMEI_DIGITS ? 'too_short' : 'too_long', text.length);
  if (!checksOut(text)) return no('check_digit', IMEI_DIGITS, whole(text.slice(0, BODY)));
  return { kind: 'imei', value: text };
}

/** The 15 digits of an IMEI, or null. */
export const readImei = (typed: string): string | null => {
  const read = readDeviceNumber(typed);
  return read.kind === 'imei' ? read.value : null;
};

export const tacOf = (imei: string): string => imei.slice(0, TAC_DIGITS);
