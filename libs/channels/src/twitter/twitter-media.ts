import { Inject, Injectable, Logger } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import type { StoredFile } from '#contracts';
import { CONFIG, newId, STORAGE, type Config, type Storage } from '#platform';
import type { MediaLink } from './direct-message.rules.js';
import { TwitterAccounts } from './accounts/index.js';
import { contentTypeOf } from '../email/incoming.rules.js';
import { fileNameAt } from './media.rules.js';
import { TwitterClient } from './twitter-client.js';

/** X waits ten seconds for the answer to what it brings, and intake takes its part of them. */
export const KNOCK_FILES_MS = 5000;
/** The words of a message do not wait longer for its film; what takes longer comes later. */
export const LOOK_FILES_MS = 20_000;
/** Where X keeps files; a link elsewhere is not followed. */
const X_HOST = /(^|\.)(twimg\.com|twitter\.com|x\.com)$/;
const SIGNED_HOST = /(^|\.)(twitter\.com|x\.com)$/;

/** X does not hand it out. */
export class MediaRefused extends Error {
  constructor(
    host: string,
    readonly status: number,
  ) {
    super(`${host} answered ${status}`);
  }
}

/** It lies with somebody else: nobody is asked for it. */
export class NotOfX extends Error {}

/** Fetches pictures and films of messages into storage, within the time there is. */
@Injectable()
export class TwitterMedia {
  private readonly log = new Logger(TwitterMedia.name);

  constructor(
    private readonly client: TwitterClient,
    private readonly accounts: TwitterAccounts,
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Pick<Config, 'storage'>,
  ) {}

  /**
   * What could be fetched, and what could not: never throws, so that the words of a message do not wait for its picture.
   * @param withinMs how long they may take, all at the same time
   * @param stopped ends it at once
   */
  async fetch(
    links: MediaLink[],
    userId: string,
    withinMs: number,
    stopped?: AbortSignal,
  ): Promise<{ stored: StoredFile[]; lost: MediaLink[] }> {
    const signal = AbortSignal.any([AbortSignal.timeout(withinMs), ...(stopped ? [stopped] : [])]);
    const results = await Promise.allSettled(links.map((link) => this.store(link, userId, signal)));
    const stored = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const lost = links.filter((_link, index) => results[index]?.status === 'rejected');
    for (const result of results) {
      if (result.status === 'rejected')
        this.log.warn(`media of a direct message not fetched: ${String(result.reason)}`);
    }
    return { stored, lost };
  }

  /** @throws MediaRefused, NotOfX, AccountClosed, DomainError attachment.too_large, what breaks on the way */
  async store(link: MediaLink, userId: string, signal: AbortSignal): Promise<StoredFile> {
    const url = new URL(link.url);
    if (url.protocol !== 'https:' || !X_HOST.test(url.hostname)) throw new NotOfX(url.hostname);
    const answer = await this.request(url, userId, signal);
    if (answer.statusCode !== 200) {
      answer.resume();
      throw new MediaRefused(url.hostname, answer.statusCode ?? 0);
    }
    const file = await this.storage.put(answer, { maxBytes: this.config.storage.uploadLimitBytes });
    const contentType = contentTypeOf(answer.headers['content-type'] ?? link.contentType ?? undefined);
    return {
      id: newId(),
      fileName: fileNameAt(url, contentType),
      contentType,
      size: file.size,
      sha256: file.sha256,
      storageKey: file.key,
      contentId: null,
      inline: false,
    };
  }

  private async request(url: URL, userId: string, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = SIGNED_HOST.test(url.hostname) ? await this.accounts.authorization(userId, 'GET', url) : {};
    return new Promise((resolve, reject) => {
      get(url, { agent: this.client.agent, headers, signal }, resolve).on('error', reject);
    });
  }
}
