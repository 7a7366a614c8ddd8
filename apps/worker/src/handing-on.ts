import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseEvent } from '#contracts';
import { WebhookFan } from '#handoffs';
import { JobQueues } from '#platform';
import { subscribers, type Subscriber } from './subscribers.js';

/** Who is told of what happened: those of the house by jobs, other systems by a message each. */
@Injectable()
export class HandingOn {
  constructor(
    private readonly queues: JobQueues,
    private readonly webhooks: WebhookFan,
  ) {}

  /** In the transaction that takes the events out of the outbox. */
  async tell(tx: EntityManager, events: CaseEvent[]): Promise<void> {
    for (const subscriber of subscribers) await this.notify(subscriber, events);
    await this.webhooks.fan(
      tx,
      events.map(({ id }) => id),
    );
  }

  private async notify(subscriber: Subscriber, events: CaseEvent[]): Promise<void> {
    const wanted = events.filter((event) => subscriber.wants(event));
    const [first] = wanted;
    if (!first) return;
    const id = `${subscriber.name}-${first.seq}-${wanted.at(-1)?.seq}`;
    const told = subscriber.byId ? wanted.map((event) => ({ id: event.id })) : wanted;
    await this.queues.add(subscriber.job, [{ id, data: { events: told, correlationId: first.correlationId } }]);
  }
}
