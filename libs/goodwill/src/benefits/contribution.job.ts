import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { Contributions } from './contributions.service.js';

/** A quote holds, its repair comes to nothing, or it went elsewhere with its case: what we put towards it follows. */
@Injectable()
export class ContributionJob implements JobHandler<'benefit.contribute'> {
  readonly job = 'benefit.contribute';

  constructor(
    private readonly database: DataSource,
    private readonly contributions: Contributions,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'benefit.contribute'>): Promise<void> {
    const repairs = await this.movedAbout(events);
    for (const { caseId, data } of events)
      if (typeof data['repairId'] === 'string') repairs.set(data['repairId'], caseId);
    for (const [repairId, caseId] of repairs)
      await withRetry(this.database, (tx) => this.contributions.follow(tx, caseId, repairId));
    this.wake.ring('relay');
    this.wake.ring('benefits');
  }

  /** Repairs of people who became one, or two again, that something is put towards; each with where it was. */
  private async movedAbout(events: JobData<'benefit.contribute'>['events']): Promise<Map<string, string>> {
    const people = events.filter(({ data }) => data['mergeId'] !== undefined).map(({ data }) => data['customerId']);
    const rows: { repairId: string; caseId: string }[] = await this.database.query(
      `select repair_id as "repairId", case_id as "caseId" from benefit
       where customer_id = any($1) and repair_id is not null and state = 'active' order by id`,
      [[...new Set(people)]],
    );
    return new Map(rows.map(({ repairId, caseId }) => [repairId, caseId]));
  }
}
