import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { IntakeService } from '#cases';
import type { Arrival } from '#contracts';
import { CLOCK, Wake, withRetry, type Clock } from '#platform';
import { compareIds } from '../direct-message.rules.js';
import { OwedFiles, type Debt } from '../files/index.js';
import { BATCH } from '../twitter-intake.js';
import { toInbound, type PublicPost } from './public-post.rules.js';

/** Puts public posts on the cases of who wrote them, by whichever way X told of them. One that is there changes nothing. */
@Injectable()
export class MentionIntake {
  constructor(
    private readonly database: DataSource,
    private readonly intake: IntakeService,
    private readonly owed: OwedFiles,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param alongside commits together with the posts: the cursor
   * @returns how many were new
   */
  async take(posts: readonly PublicPost[], alongside?: (tx: EntityManager) => Promise<void>): Promise<number> {
    if (posts.length === 0 && !alongside) return 0;
    const now = this.clock.now();
    const ordered = [...posts].sort((one, other) => compareIds(one.id, other.id));
    const inbound = ordered.map((post) => toInbound(post, now));
    const arrivals = await withRetry(this.database, async (tx) => {
      const taken: Arrival[] = [];
      for (let at = 0; at < inbound.length; at += BATCH) {
        taken.push(...(await this.intake.receive(tx, inbound.slice(at, at + BATCH))));
      }
      // Whoever called us does not wait for their pictures: those come right after.
      await this.owed.owe(tx, debtsOf(ordered, taken), now, now);
      await alongside?.(tx);
      return taken;
    });
    const count = arrivals.filter(({ outcome }) => outcome !== 'duplicate').length;
    if (count > 0) this.wake.ring('relay');
    return count;
  }
}

/** Files of posts that were not there before. */
const debtsOf = (posts: readonly PublicPost[], arrivals: readonly Arrival[]): Debt[] =>
  posts.flatMap(({ account, media: links }, at) => {
    const { outcome, interactionId } = arrivals[at] ?? {};
    return outcome === 'duplicate' || interactionId === undefined ? [] : [{ interactionId, account, links }];
  });
