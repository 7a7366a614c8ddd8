/** Message-ID of an outgoing mail: fixed by its row, so every retry carries the same one (RFC 5322 §3.6.4). */
export const outgoingMessageId = (interactionId: string, mailAddress: string): string =>
  `<${interactionId}@${mailAddress.split('@')[1] ?? 'localhost'}>`;

/** `Re:` exactly once before the subject of the thread; a thread without one gets the case's reference. */
export function replySubject(threadSubject: string | null, reference: string): string {
  const title = (threadSubject ?? '').replace(/^((re|rv|fw|fwd|aw|tr|sv)\s*:\s*)+/iu, '').trim();
  return title ? `Re: ${title}` : reference;
}
