import type { Secrets } from '#platform';

const PURPOSE = 'mail.bounce';
const SIGNATURE_BYTES = 8;
/** Letters every mail server leaves as they are, whichever case it makes of them (RFC 4648 §6). */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const TOKEN = /^b([a-z2-7]{26})\.([a-z2-7]{13})$/u;

function base32(bytes: Uint8Array): string {
  let [bits, held, text] = [0, 0, ''];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer {
  let [bits, held] = [0, 0];
  const bytes: number[] = [];
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');

/**
 * A name for an outgoing mail that only we can give: 41 lower-case letters, digits and a dot. Its ENVID (RFC 3461 §4.4) and
 * the tag of its envelope sender; a bounce that brings it back is one of this very mail.
 */
export function bounceToken(secrets: Pick<Secrets, 'sign'>, interactionId: string): string {
  const id = Buffer.from(interactionId.replaceAll('-', ''), 'hex');
  return `b${base32(id)}.${base32(secrets.sign(PURPOSE, interactionId.toLowerCase(), SIGNATURE_BYTES))}`;
}

/** @returns the interaction the token was made for, or null when it is none of ours */
export function readBounceToken(secrets: Pick<Secrets, 'isSigned'>, token: string): string | null {
  const [, id, signature] = TOKEN.exec(token.trim().toLowerCase()) ?? [];
  if (!id || !signature) return null;
  const interactionId = uuidOf(fromBase32(id));
  return secrets.isSigned(PURPOSE, interactionId, fromBase32(signature)) ? interactionId : null;
}

/** Where the bounce of a mail comes back to: `care@hilo.test` → `care+b….…@hilo.test` (variable envelope return path). */
export function bounceAddress(secrets: Pick<Secrets, 'sign'>, interactionId: string, mailbox: string): string {
  const at = mailbox.lastIndexOf('@');
  return `${mailbox.slice(0, at)}+${bounceToken(secrets, interactionId)}${mailbox.slice(at)}`;
}
