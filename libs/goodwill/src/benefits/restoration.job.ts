import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { Restorations } from './restorations.service.js';

/** "It works again": what runs until then stops at that moment, by itself. */
@Injectable()
export class RestorationJob implements JobHandler<'benefit.settle'> {
  readonly job = 'benefit.settle';

  constructor(
    private readonly database: DataSource,
    private readonly restorations: Restorations,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'benefit.settle'>): Promise<void> {
    for (const { caseId, seq, at } of events)
      await withRetry(this.database, (tx) => this.restorations.settle(tx, caseId, { seq, at: new Date(at) }));
    this.wake.ring('relay');
    this.wake.ring('benefits');
  }
}
