import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ReadNotificationsBody } from '#contracts';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';

const KEEP_DAYS = 30;
const DAY_MS = 86_400_000;
const PORTION = 1000;

/** What people have been told, and what of it they have read. */
@Injectable()
export class NotificationBook {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'unreadDays'>,
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
   * Forgets what was read a month ago, what nobody read for months (HILO_UNREAD_DAYS), and mails as old; called by a schedule, a small
   * portion of each at a time.
   * @returns true when there may be more
   */
  async sweep(): Promise<boolean> {
    const month = this.ago(KEEP_DAYS);
    const gone = [
      await this.forget('notification', 'read_at < $1', month),
      await this.forget('notification', 'read_at is null and at < $1', this.ago(this.config.unreadDays)),
      await this.forget('staff_mail', `state <> 'pending' and created_at < $1`, month),
    ];
    return gone.includes(PORTION);
  }

  private async forget(table: 'notification' | 'staff_mail', which: string, before: Date): Promise<number> {
    const [, gone]: [unknown, number] = await this.database.query(
      `delete from ${table} where id in (select id from ${table} where ${which} limit ${PORTION} for update skip locked)`,
      [before],
    );
    return gone;
  }

  private ago(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
