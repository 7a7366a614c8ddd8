import type { CaseStatus, ReplyChannel } from './words.js';

/** Plain figures and lists without a schema, so that a browser can name them without carrying the schemas along. */

/** Longest text a channel takes, in characters. X: DMs hold 10,000. */
export const TEXT_LIMITS: Record<ReplyChannel, number> = { twitter: 10_000, email: 20_000 };

/** Longest text of a mass update in one language, in characters; both together fit every channel. */
export const UPDATE_TEXT_LIMIT = 4000;

/** So many cases a deed is done on at once. */
export const BULK_LIMIT = 200;

/** A case in one of these is over; a customer has at most one case that is not. */
export const OVER_STATUSES = ['closed', 'merged', 'spam'] as const satisfies readonly CaseStatus[];

/** Where a case may go from where. Work moves freely while open; what is over can be opened again; merged is final. */
export const CASE_TRANSITIONS: Record<CaseStatus, readonly Exclude<CaseStatus, 'merged'>[]> = {
  new: ['understood', 'in_solution', 'waiting', 'restored', 'closed', 'spam'],
  understood: ['new', 'in_solution', 'waiting', 'restored', 'closed', 'spam'],
  in_solution: ['understood', 'waiting', 'restored', 'closed', 'spam'],
  waiting: ['understood', 'in_solution', 'restored', 'closed', 'spam'],
  restored: ['in_solution', 'waiting', 'closed'],
  closed: ['in_solution'],
  spam: ['new'],
  merged: [],
};

const MEGABYTE = 1024 * 1024;

/** What a direct message on X can carry, one file each: content type → largest size in bytes (X API v2, media upload). */
export const TWITTER_FILES = {
  'image/jpeg': 5 * MEGABYTE,
  'image/png': 5 * MEGABYTE,
  'image/webp': 5 * MEGABYTE,
  'image/gif': 15 * MEGABYTE,
  'video/mp4': 512 * MEGABYTE,
} as const;
export type TwitterFileType = keyof typeof TWITTER_FILES;

export const isTwitterFile = (contentType: string): contentType is TwitterFileType =>
  Object.hasOwn(TWITTER_FILES, contentType);

/** What a photo of a device comes as: cameras of phones and tablets, and what browsers make of them. */
export const PHOTO_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
  'image/heif',
] as const;

export const isPhoto = (contentType: string): boolean =>
  (PHOTO_TYPES as readonly string[]).includes(contentType.toLowerCase().split(';')[0]?.trim() ?? '');

/** So many files a reply on X carries: each is a message of its own, and an account may send about one a minute. */
export const TWITTER_FILES_PER_REPLY = 4;

/** Whether a reply on this channel can carry these files: mail takes any, X pictures, GIFs and films of its sizes, a few. */
export const takesFiles = (channel: ReplyChannel, files: readonly { contentType: string; size: number }[]): boolean =>
  channel === 'email' ||
  (files.length <= TWITTER_FILES_PER_REPLY &&
    files.every(
      ({ contentType, size }) => isTwitterFile(contentType) && size > 0 && size <= TWITTER_FILES[contentType],
    ));

/** What a mail carries at most by itself, encoded, unless the workspace says otherwise. The rest goes as links. */
export const MAIL_ATTACH_BYTES = 10 * MEGABYTE;

/** Bytes a file takes up in a mail: base64 in lines of 76 (RFC 2045 §6.8). */
export const mailSizeOf = (size: number): number => {
  const letters = Math.ceil(size / 3) * 4;
  return letters + 2 * Math.ceil(letters / 76);
};

/**
 * Which files a mail carries and which it links to: as many as fit, the small ones first, each list in the order given.
 * @param limit bytes, encoded
 */
export function attachedAndLinked<T extends { size: number }>(
  files: readonly T[],
  limit: number = MAIL_ATTACH_BYTES,
): { attached: T[]; linked: T[] } {
  const attached = new Set<T>();
  let total = 0;
  for (const file of files.toSorted((one, other) => one.size - other.size)) {
    total += mailSizeOf(file.size);
    if (total > limit) break;
    attached.add(file);
  }
  return { attached: files.filter((file) => attached.has(file)), linked: files.filter((file) => !attached.has(file)) };
}

/** Longest signature a person may have, in characters. */
export const SIGNATURE_LIMIT = 500;

/** Characters of a telephone's name at the switchboard. */
export const EXTENSION_LIMIT = 40;

/** What Hilo asks an account for: read and write direct messages, files in them, and go on while nobody is there. */
export const TWITTER_SCOPES = [
  'dm.read',
  'dm.write',
  'tweet.read',
  'tweet.write',
  'users.read',
  'media.write',
  'offline.access',
] as const;
/** Without these an account cannot answer anybody. */
export const TWITTER_NEEDED_SCOPES = ['dm.read', 'dm.write', 'tweet.read', 'users.read', 'offline.access'] as const;
