import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { record, SYSTEM } from '../record.js';

/** What waits to leave for an address that has just ended does not leave: somebody else may read it there. */
@Injectable()
export class EndOfReplies {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Fails what is held or waits; what is on its way at this moment was written while the address was theirs. */
  async to(tx: EntityManager, contactPointId: string): Promise<void> {
    // Case before delivery, the order everybody takes them in.
    await tx.query(
      'select from cases where id in (select case_id from channel_thread where contact_point_id = $1) order by id for update',
      [contactPointId],
    );
    const [stopped]: [{ id: string; caseId: string; channel: 'twitter' | 'email' }[], number] = await tx.query(
      `update delivery d set state = 'failed', reason = 'contact.ended', detail = null
       from interaction i join channel_thread t on t.id = i.thread_id
       where i.id = d.interaction_id and t.contact_point_id = $1 and d.state in ('held', 'pending') and d.transmitting_at is null
       returning i.id, i.case_id as "caseId", d.channel`,
      [contactPointId],
    );
    for (const { id, caseId, channel } of stopped) {
      await tx.query('update cases set failed_sends = failed_sends + 1 where id = $1', [caseId]);
      await record(tx, caseId, SYSTEM, 'contact_point', this.clock.now(), [
        { type: 'interaction.failed', data: { interactionId: id, channel, reason: 'contact.ended' } },
      ]);
    }
    await tx.query(
      `update one_time_code set closed_at = $2, closed_how = 'replaced', sealed = null where contact_point_id = $1 and closed_at is null`,
      [contactPointId, this.clock.now()],
    );
  }
}
