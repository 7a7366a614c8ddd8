import type { CaseStatus, ReplyChannel } from './words.js';

/** Plain figures and lists without a schema, so that a browser can name them without carrying the schemas along. */

/** Longest text a channel takes, in characters. X: DMs hold 10,000. */
export const TEXT_LIMITS: Record<ReplyChannel, number> = { twitter: 10_000, email: 20_000 };

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

/** Whether a reply on this channel can carry these files: mail takes any, X one picture, GIF or film of its sizes. */
export const takesFiles = (channel: ReplyChannel, files: readonly { contentType: string; size: number }[]): boolean =>
  channel === 'email' ||
  (files.length <= 1 &&
    files.every(
      ({ contentType, size }) => isTwitterFile(contentType) && size > 0 && size <= TWITTER_FILES[contentType],
    ));
