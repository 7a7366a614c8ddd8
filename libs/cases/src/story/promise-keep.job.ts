import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { PromiseService } from './promise.service.js';

/** "We write again by six": kept by the reply that leaves, not by somebody who remembers to tick it. */
@Injectable()
export class PromiseKeepJob implements JobHandler<'promise.keep'> {
  readonly job = 'promise.keep';

  constructor(
    private readonly database: DataSource,
    private readonly promises: PromiseService,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'promise.keep'>): Promise<void> {
    let kept = false;
    for (const { data } of events) {
      const { interactionId } = data;
      if (typeof interactionId === 'string')
        kept = (await withRetry(this.database, (tx) => this.promises.keptBy(tx, interactionId))) || kept;
    }
    if (kept) this.wake.ring('relay');
  }
}
