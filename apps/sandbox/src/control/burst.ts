import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { isoTime } from '../clock.js';
import type { Person } from '../people.js';
import { Refusal } from '../refusal.js';
import { Lane } from '../webhooks/lane.js';
import type { BurstBody } from './bodies.js';
import type { Outside } from './outside.js';

/** Many messages at once, and how far they got. Ids and Message-IDs are listed so that nothing can go missing unseen. */
export interface Burst {
  id: string;
  count: number;
  done: number;
  dms: string[];
  mails: string[];
  /** Mails the product refused for good, or that wait for another attempt. */
  refused: string[];
  queued: string[];
  startedAt: string;
  finishedAt: string | null;
}

/** Load for the product over its real doors. */
export class Bursts {
  private readonly known = new Map<string, Burst>();

  constructor(private readonly outside: Outside) {}

  find(id: string): Burst {
    const burst = this.known.get(id);
    if (!burst) throw new Refusal(404, 'burst.not_found', `no burst ${id}`);
    return burst;
  }

  /** Begins; the promise ends when every message was handed over once. */
  start(order: z.output<typeof BurstBody>): { burst: Burst; finished: Promise<void> } {
    const burst: Burst = {
      id: randomUUID(),
      count: order.count,
      done: 0,
      dms: [],
      mails: [],
      refused: [],
      queued: [],
      startedAt: isoTime(this.outside.now()),
      finishedAt: null,
    };
    this.known.set(burst.id, burst);
    return { burst, finished: this.run(burst, order, this.writers(order)) };
  }

  private async run(burst: Burst, order: z.output<typeof BurstBody>, writers: Person[]): Promise<void> {
    const lane = new Lane(order.atOnce);
    const work = Array.from({ length: order.count }, (_, index) => {
      const kind = order.kinds[index % order.kinds.length];
      const person = writers[Math.floor(index / order.kinds.length) % writers.length] as Person;
      const text = `${order.text} (${index + 1}/${order.count})`;
      return lane.run(() => (kind === 'dm' ? this.dm(burst, person, text) : this.mail(burst, person, text)));
    });
    await Promise.all(work);
    burst.finishedAt = isoTime(this.outside.now());
    this.outside.feed.tell('burst');
  }

  private async dm(burst: Burst, person: Person, text: string): Promise<void> {
    const message = this.outside.messages.add(person.twitterId, this.outside.people.care.twitterId, text, null);
    this.outside.courier.announce(message);
    burst.dms.push(message.id);
    burst.done += 1;
    await Promise.resolve();
  }

  private async mail(burst: Burst, person: Person, text: string): Promise<void> {
    const mail = await this.outside.postOffice.write(person, { subject: text, text });
    const messageId = mail.messageId ?? '';
    burst.mails.push(messageId);
    if (mail.sending?.state === 'refused') burst.refused.push(messageId);
    if (mail.sending?.state === 'queued') burst.queued.push(messageId);
    burst.done += 1;
  }

  private writers(order: z.output<typeof BurstBody>): Person[] {
    const { people } = this.outside;
    if (order.customerId !== undefined) return [people.find(order.customerId)];
    if (order.people === undefined) {
      const reachable = people.all().filter((person) => person.email !== null);
      if (reachable.length === 0) throw new Refusal(409, 'burst.nobody', 'there is nobody to write');
      return reachable;
    }
    const tag = randomUUID().slice(0, 6);
    return Array.from({ length: order.people }, (_, index) =>
      people.add({
        displayName: `Cliente ${tag} ${index + 1}`,
        handle: `c${tag}_${index + 1}`,
        email: `cliente.${tag}.${index + 1}@correo.test`,
      }),
    );
  }
}
