/** A mail as its server describes it. */
export interface ListedMail {
  uid: number;
  /** Bytes. */
  size: number;
  seen: boolean;
  arrivedAt: Date | null;
  /** The headers that tell its envelope. */
  headers: string;
}

/** Mails this small are fetched together, whole; a larger one alone and in pieces. */
export const SMALL_BYTES = 64 * 1024;
export const TOGETHER = 50;

/** Runs of small mails, and large ones by themselves, in their order: the cursor may stop between any two. */
export function groups(mails: ListedMail[], together: number): ListedMail[][] {
  const made: ListedMail[][] = [];
  for (const mail of mails) {
    const last = made.at(-1);
    const joins = last && last.length < together && mail.size <= SMALL_BYTES && (last[0]?.size ?? 0) <= SMALL_BYTES;
    if (joins) last.push(mail);
    else made.push([mail]);
  }
  return made;
}

/** How a mail is fetched after so many tries that broke off: whole, then what can be had of it, then no more. */
export const wayOf = (tries: number): 'whole' | 'remains' | 'none' =>
  tries < 5 ? 'whole' : tries < 8 ? 'remains' : 'none';
