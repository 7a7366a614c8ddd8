import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { withRetry, type JobHandler } from '#platform';
import { NotificationBell } from '../notification-bell.js';
import { Teller } from './teller.js';

/** Things have happened to cases: whom they concern is told. */
@Injectable()
export class NotifyJob implements JobHandler<'notify.tell'> {
  readonly job = 'notify.tell';

  constructor(
    private readonly database: DataSource,
    private readonly teller: Teller,
    private readonly bell: NotificationBell,
  ) {}

  async run({ events }: JobData<'notify.tell'>): Promise<void> {
    const ids = events.map(({ id }) => id);
    this.bell.ring(await withRetry(this.database, (tx) => this.teller.tellOf(tx, ids)));
  }
}
