import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { Accountability } from './accountability.js';
import { lockAnyHandoff } from './handoff-record.js';

const textOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);

/** The customer was told who has their device: a message of ours has left, or somebody has called them. */
@Injectable()
export class HandoffToldJob implements JobHandler<'handoff.told'> {
  readonly job = 'handoff.told';

  constructor(
    private readonly database: DataSource,
    private readonly accountability: Accountability,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'handoff.told'>): Promise<void> {
    const messages = events.flatMap(({ data }) => textOf(data['interactionId']));
    const news = events.flatMap(({ data }) => textOf(data['newsId']));
    const rows: { id: string }[] = await this.database.query(
      `select id from handoff where told_by = any($1) and told_at is null
       union select h.id from customer_news n join handoff h on n.cause = 'handoff:' || h.id || ':taken' where n.id = any($2) and h.told_at is null order by id`,
      [messages, news],
    );
    for (const { id } of rows)
      await withRetry(this.database, async (tx) => this.accountability.told(tx, await lockAnyHandoff(tx, id)));
    if (rows.length > 0) this.wake.ring('relay');
  }
}
