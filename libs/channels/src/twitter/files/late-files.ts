import { Inject, Injectable, Logger } from '@nestjs/common';
import type { StoredFile } from '#contracts';
import { CLOCK, CONFIG, correlated, DomainError, Sweep, Wake, within, type Clock, type Config } from '#platform';
import { sizeText } from '../../email/mail.limits.rules.js';
import { AccountClosed } from '../accounts/index.js';
import { MediaRefused, NotOfX, TwitterMedia } from '../twitter-media.js';
import { afterFailure, MOST_TRIES, type FileFailure, type GivenUp } from './late-file.rules.js';
import { OwedFiles, type OwedFile } from './owed-files.js';

const EVERY_MS = 2000;
/** Fetched at the same time. */
const AT_ONCE = 4;
/** Time for one film. */
const FETCH_MS = 2 * 60_000;
/** Longer than fetching and writing it down takes: then whoever had it is gone. */
const LEASE_MS = FETCH_MS + 60_000;
/** Longest wait for what is in hand. */
const STOP_MS = 1500;

/** Brings pictures and films of what came from X to their entries, as soon as X lets them be fetched. */
@Injectable()
export class LateFiles {
  private readonly log = new Logger(LateFiles.name);
  private readonly sweep = new Sweep(LateFiles.name, EVERY_MS, () => correlated(null, () => this.look()));
  private readonly limit: string;
  private stopped = new AbortController();

  constructor(
    private readonly owed: OwedFiles,
    private readonly media: TwitterMedia,
    private readonly wake: Wake,
    @Inject(CONFIG) private readonly config: Pick<Config, 'twitter' | 'storage'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.limit = sizeText(config.storage.uploadLimitBytes);
  }

  /** Without the keys of an application nobody can be asked: they wait. */
  start(): void {
    if (!this.config.twitter) return;
    this.stopped = new AbortController();
    this.sweep.start();
  }

  /** Within a second or two: files in hand are left for the next start. */
  async stop(): Promise<void> {
    this.stopped.abort();
    if (!(await within(STOP_MS, this.sweep.stop()))) this.log.warn('files that are being fetched are left');
  }

  /** Those whose turn it is, all at once. @returns true when there may be more */
  async look(): Promise<boolean> {
    const now = this.clock.now();
    const files = await this.owed.claim(now, new Date(now.getTime() + LEASE_MS), AT_ONCE);
    const ends = await Promise.allSettled(files.map((file) => this.bring(file)));
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
    return files.length === AT_ONCE;
  }

  private async bring(file: OwedFile): Promise<void> {
    // The try before this one came to no end at all: nobody knows whether another one would.
    if (file.attempts > MOST_TRIES) return this.giveUp(file, 'not_fetched', this.clock.now());
    const { signal } = this.stopped;
    let end: StoredFile | FileFailure;
    try {
      end = await this.fetched(file, signal);
    } catch (error) {
      if (signal.aborted) return this.owed.postpone(file, this.clock.now(), false);
      throw error;
    }
    const now = this.clock.now();
    if (!('kind' in end)) {
      if (await this.owed.attach(file, end, this.limit, now)) this.wake.ring('relay');
      return;
    }
    const next = afterFailure(file, end, now);
    if (next.step === 'again') return this.owed.postpone(file, next.at, next.counts);
    return this.giveUp(file, next.reason, now);
  }

  private async giveUp(file: OwedFile, reason: GivenUp, now: Date): Promise<void> {
    this.log.warn(`a file of X is given up after ${file.attempts} tries: ${reason}`);
    if (await this.owed.giveUp(file, reason, this.limit, now)) this.wake.ring('relay');
  }

  private async fetched(file: OwedFile, signal: AbortSignal): Promise<StoredFile | FileFailure> {
    try {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]);
      return await this.media.store(file, file.account, inTime);
    } catch (error) {
      if (signal.aborted) throw error;
      this.log.debug(`a file of X is not fetched: ${String(error)}`);
      return failureOf(error);
    }
  }
}

function failureOf(error: unknown): FileFailure {
  if (error instanceof AccountClosed) return { kind: 'closed', until: error.until };
  if (error instanceof MediaRefused) return { kind: 'answered', status: error.status };
  if (error instanceof NotOfX) return { kind: 'not_of_x' };
  if (error instanceof DomainError && error.code === 'attachment.too_large') return { kind: 'too_large' };
  return { kind: 'broken' };
}
