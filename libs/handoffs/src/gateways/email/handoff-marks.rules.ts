/**
 * The marks our mails to partners carry, so that an answer finds its handoff: an address that names the handoff and a Message-ID that names
 * the word. Both are signed: whoever has not seen a mail of ours cannot write them.
 */
export interface MarkSigner {
  sign(purpose: string, text: string, bytes: number): Uint8Array;
}

const PURPOSES = { address: 'mail.handoff-address', message: 'mail.handoff-message' } as const;
const SIGNATURE_BYTES = 8;

const signatureOf = (signer: MarkSigner, mark: keyof typeof PURPOSES, text: string): string =>
  [...signer.sign(PURPOSES[mark], text, SIGNATURE_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Takes as long for a wrong first letter as for a wrong last one. */
function isSigned(signer: MarkSigner, mark: keyof typeof PURPOSES, text: string, stated: string): boolean {
  const right = signatureOf(signer, mark, text);
  let difference = right.length ^ stated.length;
  for (let at = 0; at < right.length; at += 1) difference |= right.charCodeAt(at) ^ stated.charCodeAt(at);
  return difference === 0;
}

/** `H-7K2F-9Q.1` → `7k2f-9q-1`: letters every mail server leaves as they are. */
const compact = (reference: string): string => reference.replace(/^H-/u, '').replace('.', '-').toLowerCase();

/** What stands behind the plus of the address an answer to this handoff goes to. */
export const handoffTag = (signer: MarkSigner, reference: string): string =>
  `${compact(reference)}.${signatureOf(signer, 'address', compact(reference))}`;

/** @returns the reference of the handoff, or null when we did not make this tag */
export function handoffOfTag(signer: MarkSigner, tag: string): string | null {
  const [, first, second, number, signature] =
    /^([0-9a-z]{3,8})-([0-9a-z]{2})-(\d{1,6})\.([0-9a-f]{16})$/u.exec(tag.toLowerCase()) ?? [];
  if (!first || !second || !number || !signature) return null;
  return isSigned(signer, 'address', `${first}-${second}-${number}`, signature)
    ? `H-${first}-${second}.${number}`.toUpperCase()
    : null;
}

/** Message-ID of a word of ours: the same for every try. @param mailAddress whose domain it carries */
export function wordMessageId(signer: MarkSigner, entryId: string, mailAddress: string): string {
  const id = entryId.replaceAll('-', '').toLowerCase();
  return `<${id}.${signatureOf(signer, 'message', id)}.h@${mailAddress.split('@')[1] ?? 'localhost'}>`;
}

/** @returns the entry a Message-ID was made for, or null when we did not make it */
export function wordOfMessageId(signer: MarkSigner, messageId: string): string | null {
  const [, id, signature] = /^<?([0-9a-f]{32})\.([0-9a-f]{16})\.h@/u.exec(messageId.toLowerCase()) ?? [];
  if (!id || !signature || !isSigned(signer, 'message', id, signature)) return null;
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** References of handoffs written in a text, as we write them. */
export const handoffsNamedIn = (text: string): string[] => [
  ...new Set(
    [...text.slice(0, 5000).matchAll(/\bH-[0-9A-Z]{3,8}-[0-9A-Z]{2}\.\d{1,6}\b/giu)].map(([found]) =>
      found.toUpperCase(),
    ),
  ),
];
