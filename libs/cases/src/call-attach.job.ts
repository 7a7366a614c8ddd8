import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { CallLogService } from './call-log.service.js';

/** "Tried twice before writing": puts earlier calls on the case their caller has now. */
@Injectable()
export class CallAttachJob implements JobHandler<'call.attach'> {
  readonly job = 'call.attach';

  constructor(
    private readonly database: DataSource,
    private readonly calls: CallLogService,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'call.attach'>): Promise<void> {
    const caseIds = [...new Set(events.map(({ caseId }) => caseId))];
    const attached = await withRetry(this.database, (tx) => this.calls.attachEarlier(tx, caseIds));
    if (attached > 0) this.wake.ring('relay');
  }

  /** Does what no job came for. @returns true when there may be more */
  catchUp(): Promise<boolean> {
    return withRetry(this.database, (tx) => this.calls.attachLeftOver(tx));
  }
}
