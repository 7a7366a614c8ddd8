import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';

/** What happened becomes a message for each system that wants to know: in the transaction that hands it on, each once. */
@Injectable()
export class WebhookFan {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async fan(tx: EntityManager, eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    await tx.query(
      `insert into webhook_message (id, endpoint_id, event_id, state, due_at, created_at)
       select new_id(), w.id, e.id, 'waiting', $2, $2 from webhook_endpoint w join case_event e on e.id = any($1)
       where w.active and (w.types = '{}' or e.type = any(w.types) or split_part(e.type, '.', 1) || '.*' = any(w.types))
       order by e.seq on conflict do nothing`,
      [eventIds, this.clock.now()],
    );
  }
}
