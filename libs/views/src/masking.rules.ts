import { checksOut, DOCUMENT } from '#contracts';

/** What names a person or a device is shown by its end only: whoever looks over a shoulder, or was sent a link on, learns none. */

/** Runs of digits as people write numbers: grouped by spaces, dots, dashes, brackets, slashes. */
const NUMBER = /\+?\d(?:[\s.\-()/]{0,2}\d){6,}/gu;
/** An account number: two letters, two digits, and at least eleven more characters in groups. */
const IBAN = /\b[A-Z]{2}\d{2}(?:\s?[0-9A-Z]{4}){3,7}(?:\s?[0-9A-Z]{1,3})?\b/gu;
/** As long as parts of addresses are (RFC 5321): without an end every letter of a long word would be looked at from every other. */
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}/gu;

const digitsOf = (text: string): string => text.replace(/\D/gu, '');

/** `l•••@correo.test` */
const maskedMail = (address: string): string => `${address.charAt(0)}•••${address.slice(address.indexOf('@'))}`;
/** `••• 718` */
const masked = (text: string): string => `••• ${text.replace(/[^0-9a-z]/giu, '').slice(-3)}`;

/**
 * A text with what names its customer masked: their own numbers and addresses, and whatever looks like an IMEI, a card, an
 * account or an identity document. Our own telephone and prices stay readable.
 * @param known values of the customer's contact points and identifiers, and of their devices
 */
export function maskIdentifiers(text: string, known: readonly string[]): string {
  const mails = new Set(known.filter((value) => value.includes('@')).map((value) => value.toLowerCase()));
  const numbers = known.map(digitsOf).filter((digits) => digits.length >= 6);
  const names = (digits: string): boolean =>
    ([14, 15, 16].includes(digits.length) && checksOut(digits)) ||
    numbers.some((number) => digits.endsWith(number.slice(-9)) || number.endsWith(digits.slice(-9)));
  return text
    .replace(MAIL, (address) => (mails.has(address.toLowerCase()) ? maskedMail(address) : address))
    .replace(IBAN, masked)
    .replace(DOCUMENT, masked)
    .replace(NUMBER, (number) => (names(digitsOf(number)) ? masked(number) : number));
}
