import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';
import type { StoredFile } from '#contracts';
import { STORAGE, type Storage } from '#platform';
import { TwitterAccounts } from '../accounts/index.js';
import { mediaKind } from '../send-outcome.rules.js';

/** X takes up to 5 MB a piece; one is in memory at a time. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** How long X may take to make a film of an upload, and how often it is asked when it does not say. */
const PROCESSING_MS = 10 * 60_000;
const ASK_MS = 1000;

const Begun = z.object({ data: z.object({ id: z.string().regex(/^\d+$/) }) });
const Processing = z.object({
  data: z.object({
    processing_info: z
      .object({
        state: z.string(),
        check_after_secs: z.number().optional(),
        error: z.object({ message: z.string().optional(), detail: z.string().optional() }).optional(),
      })
      .optional(),
  }),
});

/** X has the file and cannot make anything of it, or does not take its kind. */
export class UnusableMedia extends Error {}

/** Called between pieces: how long a film takes is nobody's to say beforehand. Throws when somebody else has taken over. */
export type KeepAlive = () => Promise<void>;

/** Uploads files for direct messages, read from storage piece by piece. */
@Injectable()
export class MediaUpload {
  constructor(
    private readonly accounts: TwitterAccounts,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /**
   * @returns the media id, good for 24 h in messages of this account
   * @throws UnusableMedia; errors of the client
   */
  async upload(userId: string, file: StoredFile, keepAlive: KeepAlive): Promise<string> {
    const kind = mediaKind(file.contentType);
    if (!kind) throw new UnusableMedia(`X takes no ${file.contentType} in a direct message`);
    const begun = await this.ask(userId, (api) =>
      api.v2.post('media/upload/initialize', {
        media_type: kind.type,
        media_category: kind.category,
        total_bytes: file.size,
      }),
    );
    const { id } = Begun.parse(begun).data;
    await this.append(userId, id, file, keepAlive);
    const finished = await this.ask(userId, (api) => api.v2.post(`media/upload/${id}/finalize`));
    await this.processed(userId, id, finished, keepAlive);
    return id;
  }

  private async append(userId: string, id: string, file: StoredFile, keepAlive: KeepAlive): Promise<void> {
    let index = 0;
    for await (const piece of pieces(await this.storage.get(file.storageKey))) {
      await keepAlive();
      const body = { segment_index: index, media: piece };
      await this.ask(userId, (api) => api.v2.post(`media/upload/${id}/append`, body, { forceBodyMode: 'form-data' }));
      index += 1;
    }
  }

  private async processed(userId: string, id: string, finished: unknown, keepAlive: KeepAlive): Promise<void> {
    let answer = finished;
    for (let waited = 0; waited < PROCESSING_MS;) {
      const info = Processing.parse(answer).data.processing_info;
      if (!info || info.state === 'succeeded') return;
      if (info.state === 'failed') {
        throw new UnusableMedia(info.error?.detail ?? info.error?.message ?? 'X cannot use this file');
      }
      await keepAlive();
      const pause = info.check_after_secs === undefined ? ASK_MS : info.check_after_secs * 1000;
      await sleep(pause);
      waited += Math.max(pause, ASK_MS);
      answer = await this.ask(userId, (api) => api.v2.get('media/upload', { command: 'STATUS', media_id: id }));
    }
    throw new UnusableMedia('X takes too long to make the film ready');
  }

  private ask(userId: string, work: (api: TwitterApi) => Promise<unknown>): Promise<unknown> {
    return this.accounts.call<unknown>(userId, work);
  }
}

/** The bytes of a stream in pieces of one size, the last one smaller. */
async function* pieces(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new Error('storage gives bytes');
    held.push(chunk);
    size += chunk.length;
    if (size < PIECE_BYTES) continue;
    const all = Buffer.concat(held);
    let at = 0;
    for (; at + PIECE_BYTES <= all.length; at += PIECE_BYTES) yield all.subarray(at, at + PIECE_BYTES);
    held = [all.subarray(at)];
    size = all.length - at;
  }
  if (size > 0) yield Buffer.concat(held);
}
