import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { MatchingService } from './matching.service.js';

/** Messages for the same people keep coming in between. */
const ATTEMPTS = 20;

/** Whoever has just written may be somebody we know: looks after the message has been taken in, never before. */
@Injectable()
export class MatchSuggestJob implements JobHandler<'match.suggest'> {
  readonly job = 'match.suggest';

  constructor(
    private readonly database: DataSource,
    private readonly matching: MatchingService,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'match.suggest'>): Promise<void> {
    const caseIds = [...new Set(events.map(({ caseId }) => caseId))];
    const entryIds = events.flatMap(({ data }) =>
      typeof data['interactionId'] === 'string' ? [data['interactionId']] : [],
    );
    const pairs = await this.matching.pairs(this.database.manager, caseIds, entryIds);
    // Each in a transaction of its own: nobody holds more than two people at once.
    for (const pair of pairs) await withRetry(this.database, (tx) => this.matching.settle(tx, pair), ATTEMPTS);
    if (pairs.length > 0) this.wake.ring('relay');
  }
}
