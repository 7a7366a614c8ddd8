import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SOLVED_QUESTION, type Language, type ReplyChannel } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { systemMessage, waysTo, type Way } from '../customer-ways.js';
import { SystemMail } from '../system-mail.service.js';

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
        way.channel === 'twitter'
          ? await systemMessage(tx, caseId, way, {
              ...{ text: textOf(way, way.language), source: 'closing', at: this.clock.now() },
            })
          : await this.letter(tx, caseId, way, cause);
      if (interactionId) return { interactionId, channel: way.channel };
    }
    return null;
  }

  private letter(tx: EntityManager, caseId: string, way: Way, cause: string): Promise<string | null> {
    const text = { es: textOf(way, 'es'), en: textOf(way, 'en') };
    return this.mail.write(tx, { cause: `solved:${cause}`, caseId, contactPointId: way.contactPointId, text });
  }
}

const textOf = ({ customer, reference }: Way, language: Language): string =>
  SOLVED_QUESTION[language](customer.trim().split(/\s+/u)[0] ?? customer, reference);
