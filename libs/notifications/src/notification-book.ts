import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ReadNotificationsBody } from '#contracts';
import { CLOCK, type Clock } from '#platform';

const KEEP_DAYS = 30;
const PORTION = 5000;

/** What people have been told, and what of it they have read. */
@Injectable()
export class NotificationBook {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * They have read these of theirs; those of others stay as they are, whatever is asked.
   * @returns whether anything changed
   */
  async read(tx: EntityManager, agentId: string, which: ReadNotificationsBody): Promise<boolean> {
    const now = this.clock.now();
    const [condition, value] =
      'ids' in which
        ? ['id = any($3)', which.ids]
        : 'caseId' in which
          ? ['group_key in ($3, living_case($3))', which.caseId]
          : ['$3::uuid is null', null];
    const [, changed]: [unknown, number] = await tx.query(
      `update notification set read_at = $2 where agent_id = $1 and read_at is null and ${condition}`,
      [agentId, now, value],
    );
    return changed > 0;
  }

  /**
   * Forgets what was read a month ago, and mails as old; called by a schedule.
   * @returns true when there may be more
   */
  async sweep(): Promise<boolean> {
    const before = new Date(this.clock.now().getTime() - KEEP_DAYS * 86_400_000);
    const [, read]: [unknown, number] = await this.database.query(
      'delete from notification where id in (select id from notification where read_at < $1 limit $2)',
      [before, PORTION],
    );
    const [, mails]: [unknown, number] = await this.database.query(
      `delete from staff_mail where id in (select id from staff_mail where state <> 'pending' and created_at < $1 limit $2)`,
      [before, PORTION],
    );
    return read === PORTION || mails === PORTION;
  }
}
