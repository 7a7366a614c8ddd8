import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import { normaliseEmail } from '../contact.rules.js';
import { normaliseCustomerNumber, normaliseImei, normaliseNie, normaliseNif } from '../identity/identifier.rules.js';
import { parseReference } from '../reference.rules.js';

/** What a message says of somebody, normalised, each once. */
export interface Mentions {
  caseCodes: string[];
  imeis: string[];
  /** E.164. */
  phones: string[];
  emails: string[];
  documents: string[];
  /** Whatever could be one: only the database knows. */
  customerNumbers: string[];
  /** Tokens of links to follow a case. */
  links: string[];
}

/** Who writes more has said it by then; and what reading costs is bounded. */
export const READ_CHARACTERS = 4000;
const MOST = 10;

const unique = (found: (string | null)[]): string[] => [...new Set(found.filter((one) => one !== null))].slice(0, MOST);

// Every pattern below is bounded: none can look at a character more often than a fixed number of times.
const IMEI = /(?<![\d.])\d(?:[ ./-]?\d){14}(?![\d])/gu;
const EMAIL = /[^\s@"<>(),;:\\[\]]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/gu;
const LINK = /\/t\/([\w-]{32})(?![\w-])/gu;
/** With its H, or in one word: six letters of a sentence are no code. */
const CASE_CODE = /(?<![\p{L}\d])(?:h[-–— .]?[\da-z]{4,8}[-–— .]?[\da-z]{2}|[\da-z]{4,8}-[\da-z]{2})(?![\p{L}\d])/giu;
const DOCUMENT =
  /(?<![\p{L}\d])(?:[xyz][-. ]?)?\d{1,3}(?:[. ]?\d{3}){1,2}[-. ]?[a-z](?![\p{L}\d])|(?<![\p{L}\d])[xyz]?\d{7,8}[-. ]?[a-z](?![\p{L}\d])/giu;
const NUMBER = /(?<![\p{L}\d])[a-z\d](?:-?[a-z\d]){5,19}(?![\p{L}\d])/giu;

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([found]) => found);
/** As many characters, so that what stands beside them is not joined. */
const blank = (text: string, pattern: RegExp): string => text.replace(pattern, (found) => ' '.repeat(found.length));

/** Fifteen digits with a right check digit are no telephone number; others stay what they are. */
const withoutImeis = (text: string): string =>
  text.replace(IMEI, (found) => (normaliseImei(found) ? ';'.padEnd(found.length, ' ') : found));

/** Stretches in which a telephone number can stand; what is made of nothing else is long, and costs. */
const STRETCH = /[+(]?\d[\d\s().\-/]{6,78}/gu;
const MOST_STRETCHES = 10;

const phonesIn = (text: string): string[] =>
  all(text, STRETCH)
    .slice(0, MOST_STRETCHES)
    .flatMap((stretch) => findPhoneNumbersInText(stretch, 'ES'))
    .filter(({ number }) => number.isValid())
    .map(({ number }) => number.number);

/** Reads what was said. Linear in the length of the text, of which the first 4,000 characters count. */
export function mentionsIn(text: string): Mentions {
  const read = text.slice(0, READ_CHARACTERS).normalize('NFKC');
  const emails = unique(all(read, EMAIL).map((found) => normaliseEmail(found.replace(/[.]+$/u, ''))));
  const rest = blank(blank(read, EMAIL), LINK);
  return {
    emails,
    links: unique([...read.matchAll(LINK)].map(([, token]) => token ?? null)),
    imeis: unique(all(rest, IMEI).map(normaliseImei)),
    phones: unique(phonesIn(withoutImeis(rest))),
    caseCodes: unique(all(rest, CASE_CODE).map(parseReference)),
    documents: unique(all(rest, DOCUMENT).map((found) => normaliseNif(found) ?? normaliseNie(found))),
    customerNumbers: unique(
      all(rest, NUMBER)
        .filter((found) => /(?:-?\d){4}/u.test(found))
        .map(normaliseCustomerNumber),
    ),
  };
}
