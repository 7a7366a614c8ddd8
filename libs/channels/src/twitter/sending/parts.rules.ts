import type { StoredFile } from '#contracts';

/** One direct message of a reply. X takes one file a message. */
export interface PartPlan {
  /** From 1 on. */
  part: number;
  text: string;
  file: StoredFile | null;
}

/** In which messages a reply leaves: the words first, with the first file; every other file by itself, in order. */
export function partsOf(reply: { text: string; attachments: readonly StoredFile[] }): PartPlan[] {
  const [first, ...others] = reply.attachments;
  return [
    { part: 1, text: reply.text, file: first ?? null },
    ...others.map((file, at) => ({ part: at + 2, text: '', file })),
  ];
}

/** The body of a send (X API v2): at least one of the two, nothing else. */
export const bodyOf = (text: string, mediaId: string | null) => ({
  ...(text === '' ? {} : { text }),
  ...(mediaId === null ? {} : { attachments: [{ media_id: mediaId }] }),
});
