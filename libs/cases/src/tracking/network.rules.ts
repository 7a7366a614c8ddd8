/**
 * What one household, office or mast has for an address: an IPv4 address, of an IPv6 address the first 64 bits (who has one
 * has all that begin so).
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/iu, '').replace(/%.*$/u, '');
  if (!plain.includes(':') || plain.length > 45) return plain.slice(0, 45);
  const [before = '', after] = plain.toLowerCase().split('::');
  const first = before ? before.split(':') : [];
  const last = after ? after.split(':') : [];
  // An address that ends as IPv4 does has two groups in that part.
  const lasting = last.length + (last.at(-1)?.includes('.') ? 1 : 0);
  const groups =
    after === undefined
      ? first
      : [...first, ...Array<string>(Math.max(0, 8 - first.length - lasting)).fill('0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':')}::/64`;
}
