import { parseReference } from './reference.rules.js';

/**
 * The marks outgoing mail carries, so that its answer finds the way back: an address that names the case, a Message-ID that
 * names the message, a tag in the subject. All are in letters that survive every mail server and program, and signed: whoever
 * has not seen a mail of ours cannot write them. What they prove is just that: not who writes.
 */
export interface Signer {
  /** HMAC of the text, the first `bytes` of it; another one for each purpose. */
  sign(purpose: string, text: string, bytes: number): Uint8Array;
}

const PURPOSES = { address: 'mail.reply-address', message: 'mail.message-id', subject: 'mail.subject-tag' } as const;
/** 80 bits: 16 letters. A subject is read and typed by people: 40 bits, 8 letters, and good for the case it is on only. */
const SIGNATURE = { address: 10, message: 10, subject: 5 } as const;
type Mark = keyof typeof PURPOSES;

/** Letters without capitals, none mixed up with another (RFC 4648 §6). */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** Five bits a letter; the lengths used here come out even. */
export function letters(bytes: Uint8Array): string {
  let [bits, held, text] = [0, 0, ''];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return text;
}

/** Signs with 64 bits at least and shows what the mark has room for. */
const signatureOf = (signer: Signer, mark: Mark, text: string): string =>
  letters(signer.sign(PURPOSES[mark], text, Math.max(8, SIGNATURE[mark])).subarray(0, SIGNATURE[mark]));

/** Takes as long for a wrong first letter as for a wrong last one. */
function isSigned(signer: Signer, mark: Mark, text: string, stated: string): boolean {
  const right = signatureOf(signer, mark, text);
  let difference = right.length ^ stated.length;
  for (let at = 0; at < right.length; at += 1) difference |= right.charCodeAt(at) ^ stated.charCodeAt(at);
  return difference === 0;
}

/** `H-7K2F-9Q` → `7k2f9q`. */
const compact = (reference: string): string => reference.slice(2).replace('-', '').toLowerCase();

/** `7k2f9q` → `H-7K2F-9Q`; null for anything that is not written exactly so. */
function expanded(written: string): string | null {
  const reference = parseReference(written);
  return reference !== null && compact(reference) === written ? reference : null;
}

/** What stands behind the plus of a reply address: `7k2f9q.` and 16 letters. */
export function replyToken(signer: Signer, reference: string): string {
  const code = compact(reference);
  return `${code}.${signatureOf(signer, 'address', code)}`;
}

/** @returns the reference the token was made for, or null when we did not make it */
export function caseOfReplyToken(signer: Signer, token: string): string | null {
  const [, code, signature] = /^([0-9a-z]{6,10})\.([a-z2-7]{16})$/u.exec(token.toLowerCase()) ?? [];
  if (!code || !signature || !isSigned(signer, 'address', code, signature)) return null;
  return expanded(code);
}

/** Where the answer to a mail about this case goes: `care@hilo.test` → `care+7k2f9q.abcdefghijklmnop@hilo.test`. */
export function replyAddress(signer: Signer, reference: string, mailbox: string): string {
  const at = mailbox.lastIndexOf('@');
  return `${mailbox.slice(0, at)}+${replyToken(signer, reference)}${mailbox.slice(at)}`;
}

/** Message-ID of an outgoing mail: fixed by its row, so every retry carries the same one (RFC 5322 §3.6.4), and signed. */
export function issuedMessageId(signer: Signer, interactionId: string, mailAddress: string): string {
  const id = interactionId.replaceAll('-', '').toLowerCase();
  return `<${id}.${signatureOf(signer, 'message', id)}@${mailAddress.split('@')[1] ?? 'localhost'}>`;
}

/** @returns the interaction a Message-ID was issued for, or null when we did not issue it */
export function interactionOfMessageId(signer: Signer, messageId: string): string | null {
  const [, id, signature] = /^<?([0-9a-f]{32})\.([a-z2-7]{16})@/u.exec(messageId.toLowerCase()) ?? [];
  if (!id || !signature || !isSigned(signer, 'message', id, signature)) return null;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** `[H-7K2F-9Q#x4f2k7qz]`: plain letters only, so that it forces no subject into an encoding. */
const TAG = /\[\s*(H-[0-9A-Z]{3,8}-[0-9A-Z]{2})\s*[#·]\s*([a-z2-7]{8})\s*\]/giu;

/** A subject without tags of ours, its own or another case's. */
export const withoutTags = (subject: string): string => subject.replace(TAG, ' ').replace(/\s+/gu, ' ').trim();

/** The subject with the tag of its case at the end, and no other. */
export function taggedSubject(signer: Signer, subject: string, reference: string): string {
  return `${withoutTags(subject)} [${reference}#${signatureOf(signer, 'subject', compact(reference))}]`.trimStart();
}

/** @returns the references of the cases a subject bears a tag of that we made, each once */
export function casesOfSubject(signer: Signer, subject: string): string[] {
  const found = [...subject.matchAll(TAG)].flatMap(([, reference = '', signature = '']) => {
    const code = compact(reference.toUpperCase());
    const known = expanded(code);
    return known !== null && isSigned(signer, 'subject', code, signature.toLowerCase()) ? [known] : [];
  });
  return [...new Set(found)];
}
