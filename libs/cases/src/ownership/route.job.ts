import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { ContinuityService } from './continuity.service.js';

/** Customers have written again: cases nobody has, and reopened ones, go to whoever knows them. */
@Injectable()
export class RouteJob implements JobHandler<'case.route'> {
  readonly job = 'case.route';

  constructor(
    private readonly database: DataSource,
    private readonly continuity: ContinuityService,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'case.route'>): Promise<void> {
    const written = events.filter(({ type }) => type === 'interaction.received').map(({ caseId }) => caseId);
    const reopened = new Set(events.filter(({ type }) => type === 'case.reopened').map(({ caseId }) => caseId));
    if (written.length === 0) return;
    // While nobody is on shift, and of cases somebody has, there is nothing to lock.
    const rows: { id: string }[] = await this.database.query(
      `select c.id from cases c where c.id = any($1) and c.is_open and (c.assignee_id is null or c.id = any($2))
         and exists (select from agent where on_shift and active)`,
      [[...new Set(written)], [...reopened]],
    );
    let changed = false;
    for (const { id } of rows)
      changed = (await withRetry(this.database, (tx) => this.continuity.route(tx, id, reopened.has(id)))) || changed;
    if (changed) this.wake.ring('relay');
  }
}
