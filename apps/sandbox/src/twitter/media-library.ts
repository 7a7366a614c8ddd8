import type { Clock } from '../clock.js';
import type { KnobBoard } from '../knobs.js';
import { Refusal } from '../refusal.js';
import type { Snowflakes } from '../snowflake.js';
import { problems } from './problem.js';

const DAY_MS = 86_400_000;
const MEGABYTE = 1024 * 1024;

/** What X takes in a direct message: content type → its kind of media, file ending and largest size in bytes. */
const ACCEPTED: Record<string, { type: MediaItem['type']; ending: string; largest: number }> = {
  'image/jpeg': { type: 'photo', ending: 'jpg', largest: 5 * MEGABYTE },
  'image/png': { type: 'photo', ending: 'png', largest: 5 * MEGABYTE },
  'image/webp': { type: 'photo', ending: 'webp', largest: 5 * MEGABYTE },
  'image/gif': { type: 'animated_gif', ending: 'gif', largest: 15 * MEGABYTE },
  'video/mp4': { type: 'video', ending: 'mp4', largest: 512 * MEGABYTE },
};
const LARGEST_PIECE = 5 * MEGABYTE;
/** What an upload of each type may be for. */
const CATEGORIES: Record<MediaItem['type'], readonly string[]> = {
  photo: ['dm_image', 'tweet_image'],
  animated_gif: ['dm_gif', 'tweet_gif'],
  video: ['dm_video', 'tweet_video'],
};
const KEY_PREFIX = { photo: '3', animated_gif: '16', video: '7' } as const;

export interface MediaItem {
  id: string;
  /** X's `media_key`. */
  key: string;
  type: 'photo' | 'animated_gif' | 'video';
  contentType: string;
  ending: string;
  bytes: Buffer;
}

interface Upload {
  ownerId: string;
  contentType: string;
  category: string | undefined;
  totalBytes: number;
  segments: Map<number, Buffer>;
  startedAt: number;
  item: MediaItem | null;
  /** How many times more it is asked for before it is ready; below 0: it never is. */
  steps: number;
}

/** Uploads of the care account and the pictures people send: begun, appended, finished, attached within a day. */
export class MediaLibrary {
  private readonly uploads = new Map<string, Upload>();

  constructor(
    private readonly snowflakes: Snowflakes,
    private readonly now: Clock,
    private readonly knobs: KnobBoard,
  ) {}

  /** A person's phone sends a finished file. @throws Refusal when X would not take it */
  take(contentType: string, bytes: Buffer): MediaItem {
    const accepted = ACCEPTED[contentType];
    if (!accepted) throw new Refusal(400, 'dm.media_type', `X takes no ${contentType} in a direct message`);
    if (bytes.length > accepted.largest) throw new Refusal(400, 'dm.media_size', 'X takes no file of this size');
    return this.makeItem(this.snowflakes.next(), contentType, bytes);
  }

  begin(ownerId: string, stated: { media_type: string; total_bytes: number; media_category?: string | undefined }) {
    const accepted = ACCEPTED[stated.media_type];
    if (!accepted) throw problems.invalidRequest(`media_type ${stated.media_type} is not supported`, 'media_type');
    const category = CATEGORIES[accepted.type];
    if (stated.media_category !== undefined && !category.includes(stated.media_category)) {
      throw problems.invalidRequest(
        `media_category ${stated.media_category} does not fit ${stated.media_type}`,
        'media_category',
      );
    }
    if (stated.total_bytes > accepted.largest) throw problems.invalidRequest('total_bytes is too large', 'total_bytes');
    const id = this.snowflakes.next();
    this.uploads.set(id, {
      ownerId,
      contentType: stated.media_type,
      category: stated.media_category,
      totalBytes: stated.total_bytes,
      segments: new Map(),
      startedAt: this.now(),
      item: null,
      steps: 0,
    });
    return { id, media_key: `${KEY_PREFIX[accepted.type]}_${id}`, expires_after_secs: DAY_MS / 1000 };
  }

  append(ownerId: string, id: string, segment: number, bytes: Buffer): { expires_at: number } {
    const upload = this.own(ownerId, id);
    if (upload.item) throw problems.invalidRequest('the upload is already finalized', 'id');
    if (bytes.length > LARGEST_PIECE) throw problems.invalidRequest('the segment is too large', 'media');
    upload.segments.set(segment, bytes);
    return { expires_at: Math.floor((upload.startedAt + DAY_MS) / 1000) };
  }

  finish(ownerId: string, id: string) {
    const upload = this.own(ownerId, id);
    const ordered = [...upload.segments].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);
    const bytes = Buffer.concat(ordered);
    if (bytes.length !== upload.totalBytes) {
      throw problems.invalidRequest(`${bytes.length} of ${upload.totalBytes} bytes were received`, 'total_bytes');
    }
    upload.item ??= this.makeItem(id, upload.contentType, bytes);
    const answer = { id, media_key: upload.item.key, size: bytes.length, expires_after_secs: DAY_MS / 1000 };
    if (upload.item.type === 'photo') return answer;
    upload.steps = this.knobs.current.twitter.filmSteps;
    return { ...answer, processing_info: this.processing(upload) };
  }

  status(ownerId: string, id: string) {
    const upload = this.own(ownerId, id);
    if (upload.steps > 0) upload.steps -= 1;
    return { id, processing_info: this.processing(upload) };
  }

  /** A finished upload of ours for a direct message. @throws XProblem as X refuses it */
  attachable(ownerId: string, id: string): MediaItem {
    const upload = this.uploads.get(id);
    const ready =
      upload?.ownerId === ownerId && upload.item && upload.steps === 0 && this.now() - upload.startedAt < DAY_MS;
    if (!ready) throw problems.invalidRequest('Your media IDs are invalid.', 'attachments');
    if (!upload.category?.startsWith('dm_')) {
      throw problems.forbidden('You are not permitted to attach this media to a DM event.');
    }
    return upload.item as MediaItem;
  }

  private processing({ item, steps }: Upload): Record<string, unknown> {
    if (steps < 0)
      return { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: 'file is currently unsupported' } };
    if (!item || steps > 0) return { state: 'in_progress', check_after_secs: 0, progress_percent: 50 };
    return { state: 'succeeded', progress_percent: 100 };
  }

  private own(ownerId: string, id: string): Upload {
    const upload = this.uploads.get(id);
    if (!upload || upload.ownerId !== ownerId) throw problems.notFound('media', 'id', id);
    return upload;
  }

  private makeItem(id: string, contentType: string, bytes: Buffer): MediaItem {
    const accepted = ACCEPTED[contentType];
    if (!accepted) throw new Refusal(400, 'dm.media_type', `X takes no ${contentType} in a direct message`);
    const key = `${KEY_PREFIX[accepted.type]}_${id}`;
    return { id, key, type: accepted.type, contentType, ending: accepted.ending, bytes };
  }
}

/** Where X keeps the file of a message. Only the two people in the conversation may fetch it. */
export function mediaUrl(messageId: string, item: MediaItem): string {
  return `https://ton.twitter.com/1.1/ton/data/dm/${messageId}/${item.id}/${item.id}.${item.ending}`;
}
