import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { IntakeService } from '#cases';
import type { Arrival, StoredFile } from '#contracts';
import { CLOCK, correlationId, Gather, Wake, withRetry, type Clock } from '#platform';
import { inOrder, toInbound, type DirectMessage, type MediaLink } from './direct-message.rules.js';
import { claimEchoes, storedIds } from './echoes.js';
import { OwedFiles } from './files/index.js';
import { KNOCK_FILES_MS, TwitterMedia } from './twitter-media.js';

const NO_FILES = { stored: [], lost: [] };
/** What could not be fetched just now is not tried again sooner. */
const AGAIN_MS = 30_000;
/** What one call of intake takes. */
export const BATCH = 50;

/** With the request it came in, when it is taken in by another. */
type Correlated<T> = T & { correlationId?: string | null };

export const countNew = (arrivals: Arrival[]): number =>
  arrivals.filter((arrival) => arrival.outcome !== 'duplicate').length;

/** How long files may take, and what ends that sooner. */
interface FileTime {
  withinMs: number;
  signal?: AbortSignal | undefined;
}

type Files = Map<string, { stored: StoredFile[]; lost: MediaLink[] }>;

/** Takes direct messages in, by whichever way X told of them. A message that is there already changes nothing. */
@Injectable()
export class TwitterIntake {
  private readonly knocks = new Gather((knocks: Correlated<DirectMessage>[][]) => this.takeTogether(knocks), BATCH, 2);

  constructor(
    private readonly database: DataSource,
    private readonly intake: IntakeService,
    private readonly media: TwitterMedia,
    private readonly owed: OwedFiles,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param alongside commits together with the messages: a reject, the cursor
   * @param files how long their pictures and films may take, and what ends that sooner; what is left comes later
   * @returns one Arrival per message, in the order they were written; none for the further messages of a reply of ours
   */
  async take(
    messages: readonly Correlated<DirectMessage>[],
    alongside?: (tx: EntityManager) => Promise<void>,
    { withinMs, signal }: FileTime = { withinMs: KNOCK_FILES_MS },
  ): Promise<Arrival[]> {
    const files = await this.filesOf(messages, withinMs, signal);
    const now = this.clock.now();
    const ordered = inOrder(messages);
    const arrivals = await withRetry(this.database, async (tx) => {
      const taken: Arrival[] = [];
      const parts = await claimEchoes(tx, ordered);
      const inbound = ordered
        .filter(({ id }) => !parts.has(id))
        .map((message) => ({
          ...toInbound(message, files.get(message.id) ?? NO_FILES, now),
          correlationId: message.correlationId ?? null,
        }));
      for (let at = 0; at < inbound.length; at += BATCH) {
        taken.push(...(await this.intake.receive(tx, inbound.slice(at, at + BATCH))));
      }
      if (files.size > 0) await this.oweRest(tx, inbound, taken, files);
      await alongside?.(tx);
      return taken;
    });
    if (arrivals.some((arrival) => arrival.outcome !== 'duplicate')) this.wake.ring('relay');
    return arrivals;
  }

  /**
   * As `take`, together with whatever else knocks at this moment. Pictures take their time, and what is our own may have to
   * wait for a send: those go alone.
   * @returns how many were new
   */
  async takeAmong(messages: readonly DirectMessage[]): Promise<number> {
    const isPlain = messages.every((message) => !message.isOwn && message.media.length === 0);
    if (!isPlain) return countNew(await this.take(messages));
    const correlation = correlationId() ?? null;
    return this.knocks.add(messages.map((message) => ({ ...message, correlationId: correlation })));
  }

  private async takeTogether(knocks: Correlated<DirectMessage>[][]): Promise<number[]> {
    const ordered = inOrder(knocks.flat());
    const arrivals = await this.take(ordered);
    const fresh = new Set(ordered.filter((_message, at) => arrivals[at]?.outcome !== 'duplicate'));
    return knocks.map((messages) => messages.filter((message) => fresh.has(message)).length);
  }

  /** What could not be fetched is owed to the new entries. */
  private async oweRest(
    tx: EntityManager,
    inbound: readonly { externalId: string; account?: string | null | undefined }[],
    arrivals: readonly Arrival[],
    files: Files,
  ): Promise<void> {
    const debts = inbound.flatMap(({ externalId, account }, at) => {
      const { outcome, interactionId } = arrivals[at] ?? {};
      const links = files.get(externalId)?.lost ?? [];
      return outcome === 'duplicate' || interactionId === undefined || !account
        ? []
        : [{ interactionId, account, links }];
    });
    const now = this.clock.now();
    await this.owed.owe(tx, debts, new Date(now.getTime() + AGAIN_MS), now);
  }

  /** Media is rare and fetched beforehand, only of messages that will be new: neither seen before nor sent by us. */
  private async filesOf(
    messages: readonly DirectMessage[],
    withinMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Files> {
    const carrying = messages.filter((message) => message.media.length > 0);
    if (carrying.length === 0) return new Map();
    const known = await withRetry(this.database, async (tx) => {
      await claimEchoes(tx, carrying);
      return storedIds(tx, carrying);
    });
    const fresh = carrying.filter((message) => !known.has(message.id));
    const fetched = fresh.map(
      async (message) =>
        [message.id, await this.media.fetch(message.media, message.account.id, withinMs, signal)] as const,
    );
    return new Map(await Promise.all(fetched));
  }
}
