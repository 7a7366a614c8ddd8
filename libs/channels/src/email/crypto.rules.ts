import type { Notice } from '#contracts';
import type { MailPart } from './mail.body.js';

/** `Content-Type` as the parser keeps it. */
interface Structured {
  params: Record<string, string>;
}

const isStructured = (value: unknown): value is Structured =>
  typeof value === 'object' && value !== null && 'params' in value && typeof value.params === 'object';

/** A parameter of the content type, in lower case; '' where there is none. */
function parameter(part: MailPart, name: string): string {
  const header = part.headers.get('content-type');
  const value: unknown = isStructured(header) ? header.params[name] : '';
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

const ARMOURED = /^-----BEGIN PGP MESSAGE-----/mu;
const CLEAR_SIGNED = /^-----BEGIN PGP SIGNED MESSAGE-----/mu;

const kindOf = (protocol: string): string => (protocol.includes('pgp') ? 'PGP' : 'S/MIME');

/** What a part says about itself: sealed, or signed. RFC 1847, RFC 3156, RFC 8551 §3.2. */
function sealOf(part: MailPart): Notice | null {
  const protocol = parameter(part, 'protocol');
  if (part.contentType === 'multipart/encrypted')
    return { code: 'mail.encrypted', values: { kind: kindOf(protocol || 'pgp') } };
  if (part.contentType === 'multipart/signed') return { code: 'mail.signed', values: { kind: kindOf(protocol) } };
  if (!/^application\/(?:x-)?pkcs7-mime$/u.test(part.contentType || '')) return null;
  const sealed = parameter(part, 'smime-type').startsWith('signed') || parameter(part, 'name').endsWith('.p7s');
  return { code: sealed ? 'mail.signed_sealed' : 'mail.encrypted', values: { kind: 'S/MIME' } };
}

/** How far a mail is signed or encrypted, each kind once: what of it nobody here can read. */
export function sealsOf(root: MailPart, text: string): Notice[] {
  const found = new Map<string, Notice>();
  const look = (part: MailPart): void => {
    const seal = sealOf(part);
    if (seal) found.set(seal.code, seal);
    part.children.forEach(look);
  };
  look(root);
  if (ARMOURED.test(text)) found.set('mail.encrypted', { code: 'mail.encrypted', values: { kind: 'PGP' } });
  if (CLEAR_SIGNED.test(text) && !found.has('mail.signed'))
    found.set('mail.signed', { code: 'mail.signed', values: { kind: 'PGP' } });
  return [...found.values()];
}
