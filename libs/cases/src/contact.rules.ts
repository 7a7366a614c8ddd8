import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import type { StatedContact } from '#contracts';

/** Where a number without a country code is from. */
const HOME_COUNTRY: CountryCode = 'ES';

/** Lower-cased address with an ASCII domain and no trailing dot, or null when it is none (RFC 5321 §4.1.2, simplified). */
export function normaliseEmail(typed: string): string | null {
  const match = /^([^\s@"<>(),;:\\[\]]{1,64})@([^\s@]{1,253})$/u.exec(typed.trim().replace(/\.+$/u, ''));
  if (!match?.[1] || !match[2]) return null;
  const domain = domainToASCII(match[2].toLowerCase());
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/u.test(domain) ? `${match[1].toLowerCase()}@${domain}` : null;
}

/** E.164 (`+34612407718`), or null when it is no possible number. */
export function normalisePhone(typed: string): string | null {
  const phone = parsePhoneNumberFromString(typed, HOME_COUNTRY);
  return phone?.isValid() ? phone.number : null;
}

/** X handle without @, lower-cased, or null (X: 1–15 letters, digits, underscores; older ones up to 20). */
export function normaliseHandle(typed: string): string | null {
  const handle = typed.trim().replace(/^@/u, '').toLowerCase();
  return /^[a-z0-9_]{1,20}$/u.test(handle) ? handle : null;
}

export interface StatedAddresses {
  email?: string;
  phone?: string;
  twitterHandle?: string;
}

/**
 * The addresses a member of staff stated, normalised.
 * @returns the contacts and the names of the fields that are not valid
 */
export function statedContacts(stated: StatedAddresses): { contacts: StatedContact[]; invalid: string[] } {
  const contacts: StatedContact[] = [];
  const invalid: string[] = [];
  const take = (field: string, typed: string | undefined, contact: (typed: string) => StatedContact | null) => {
    if (!typed?.trim()) return;
    const found = contact(typed);
    if (found) contacts.push(found);
    else invalid.push(field);
  };
  take('phone', stated.phone, (typed) => {
    const value = normalisePhone(typed);
    return value ? { kind: 'phone', value, handle: null, display: value } : null;
  });
  take('email', stated.email, (typed) => {
    const value = normaliseEmail(typed);
    return value ? { kind: 'email', value, handle: null, display: value } : null;
  });
  take('twitterHandle', stated.twitterHandle, (typed) => {
    const handle = normaliseHandle(typed);
    return handle ? { kind: 'twitter', value: null, handle, display: `@${handle}` } : null;
  });
  return { contacts, invalid };
}

/** The keys everybody who decides about this address locks on; the same as in the intake function. */
export const lockKeys = (contact: Pick<StatedContact, 'kind' | 'value' | 'handle'>): string[] => [
  ...(contact.value ? [`${contact.kind}:${contact.value}`] : []),
  ...(contact.handle ? [`handle:${contact.handle}`] : []),
];
