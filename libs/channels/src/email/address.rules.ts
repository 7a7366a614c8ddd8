/** Longest address a mail may carry (RFC 5321 §4.5.3.1.3). */
const MAX_ADDRESS = 254;
/** As it is written, with letters that become several; longer ones are not looked at. */
const MAX_WRITTEN = 1000;

/** A host name as DNS knows it: lower case, no trailing dots, international letters as A-labels. */
function asciiDomain(domain: string): string {
  const plain = domain.toLowerCase().replace(/[.。]+$/u, '');
  if (/^[\u0021-\u007e]*$/u.test(plain)) return plain;
  const url = `http://${plain}/`;
  return URL.canParse(url) ? new URL(url).hostname : plain;
}

/**
 * The one spelling of an address everything compares by: lower case, no trailing dots, ASCII domain.
 * Dots and tags in the local part stay: to most providers they are different people.
 * @returns null when it is no address a reply could go to
 */
export function normaliseAddress(written: string): string | null {
  if (written.length > MAX_WRITTEN) return null;
  const bare = written
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .replace(/^<|>$/gu, '');
  const at = bare.lastIndexOf('@');
  if (at < 1) return null;
  const local = bare.slice(0, at).trim().toLowerCase();
  const domain = asciiDomain(bare.slice(at + 1).trim());
  if (!/^[^\s@<>(),;:\\[\]]+$/u.test(local) || !/^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f.:]+\])$/u.test(domain))
    return null;
  const address = `${local}@${domain}`;
  return address.length <= MAX_ADDRESS ? address : null;
}

/** `care+anything@hilo.test` → `care@hilo.test`. */
export function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

/** What stands behind the plus: `care+c7.af31@hilo.test` → `c7.af31`; null without a tag. */
export function tagOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at - 1 ? address.slice(plus + 1, at) : null;
}

/** Whether an address is one of ours: the care address or one of the mailboxes, as it stands or with a tag. */
export function isOwnAddress(written: string, own: string | readonly string[]): boolean {
  const address = normaliseAddress(written);
  if (address === null) return false;
  const plain = withoutTag(address);
  return typeof own === 'string' ? plain === withoutTag(own) : own.some((one) => plain === withoutTag(one));
}
