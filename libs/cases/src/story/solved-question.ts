import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SOLVED_QUESTION, type Language, type ReplyChannel } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import { record, SYSTEM } from '../record.js';
import { SystemMail } from '../system-mail.service.js';

interface Way {
  channel: ReplyChannel;
  threadId: string;
  contactPointId: string;
  customer: string;
  reference: string;
  language: Language;
}

/** "Is all well?", to the customer, by the way they wrote by last; marked as written by nobody. */
@Injectable()
export class SolvedQuestion {
  constructor(
    private readonly mail: SystemMail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param cause of which there is one question ever
   * @returns null when there is no way that is open
   */
  async ask(
    tx: EntityManager,
    caseId: string,
    cause: string,
  ): Promise<{ interactionId: string; channel: ReplyChannel } | null> {
    for (const way of await waysTo(tx, caseId)) {
      const interactionId =
        way.channel === 'twitter' ? await this.message(tx, caseId, way) : await this.letter(tx, caseId, way, cause);
      if (interactionId) return { interactionId, channel: way.channel };
    }
    return null;
  }

  private letter(tx: EntityManager, caseId: string, way: Way, cause: string): Promise<string | null> {
    const text = { es: textOf(way, 'es'), en: textOf(way, 'en') };
    return this.mail.write(tx, { cause: `solved:${cause}`, caseId, contactPointId: way.contactPointId, text });
  }

  private async message(tx: EntityManager, caseId: string, way: Way): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    await tx.query(
      `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, text, author_kind, author_name, automatic, occurred_at, received_at, search)
       values ($1, $2, $3, $4, 'twitter', 'outbound', $5, 'system', $6, true, $7, $7, to_tsvector('spanish', fold($5)))`,
      [id, caseId, way.contactPointId, way.threadId, textOf(way, way.language), SYSTEM.name, now],
    );
    await tx.query(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at) values ($1, 'twitter', 'pending', $2, $2)`,
      [id, now],
    );
    await record(tx, caseId, SYSTEM, 'closing', now, [
      { type: 'interaction.queued', data: { interactionId: id, channel: 'twitter' } },
    ]);
    return id;
  }
}

const textOf = ({ customer, reference }: Way, language: Language): string =>
  SOLVED_QUESTION[language](customer.trim().split(/\s+/u)[0] ?? customer, reference);

/** The threads a message can leave by, the one used last first; an address written down but never used comes after them. */
async function waysTo(tx: EntityManager, caseId: string): Promise<Way[]> {
  return tx.query(
    `select t.channel, t.id as "threadId", p.id as "contactPointId", c.customer_name as customer, c.reference, cu.language
     from cases c join customer cu on cu.id = c.customer_id join channel_thread t on t.case_id = c.id
       join contact_point p on p.id = t.contact_point_id and p.customer_id = c.customer_id and p.valid_to is null
     where c.id = $1 and (t.channel = 'email' or (t.channel = 'twitter' and t.last_inbound_at is not null))
     order by t.last_inbound_at desc nulls last, t.id`,
    [caseId],
  );
}
