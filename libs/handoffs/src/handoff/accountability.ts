import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { CustomerNews, record, SYSTEM } from '#cases';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import type { HandoffRecord } from './handoff-record.js';
import { TAKEN_NEWS } from './handoff-words.js';

/**
 * Who answers to the customer. We do, until a partner has accepted work that was transferred to them and the customer was told; we do
 * again as soon as that ends. So there is somebody at every moment, and the customer knows who.
 */
@Injectable()
export class Accountability {
  constructor(
    private readonly news: CustomerNews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The customer is told who has it: once, however often that is said. */
  async tell(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    const { partnerName: partner, partnerRef, engineer, etaAt } = handoff;
    const taken = { partner, partnerRef, engineer: engineer?.name ?? null, day: etaAt && this.day(etaAt) };
    const told = await this.news.tell(tx, {
      cause: `handoff:${handoff.id}:taken`,
      caseId: handoff.caseId,
      text: TAKEN_NEWS(taken, handoff.mode === 'transfer'),
    });
    if (told) await tx.query('update handoff set told_by = $2 where id = $1', [handoff.id, told.interactionId]);
  }

  /** The message that told them has left, or somebody has told them: whoever was to answer from then on does. */
  async told(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    if (handoff.toldAt) return;
    const now = this.clock.now();
    const moves = handoff.mode === 'transfer' && handoff.acceptedAt !== null && answers(handoff);
    await tx.query(
      'update handoff set told_at = $2, answers_from = case when $3 then $2::timestamptz end where id = $1',
      [...[handoff.id, now, moves]],
    );
    if (moves)
      await record(tx, handoff.caseId, SYSTEM, 'handoff', now, [
        {
          type: 'owner.moved',
          data: {
            fromPartnerId: null,
            ...{ toPartnerId: handoff.partnerId, toName: handoff.partnerName, handoffId: handoff.id },
          },
        },
      ]);
  }

  /** It is over with them: we answer again. */
  async end(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    const now = this.clock.now();
    const [ended]: [unknown[], number] = await tx.query(
      'update handoff set answers_until = $2 where id = $1 and answers_from is not null and answers_until is null returning id',
      [handoff.id, now],
    );
    if (ended.length > 0)
      await record(tx, handoff.caseId, SYSTEM, 'handoff', now, [
        {
          type: 'owner.moved',
          data: { fromPartnerId: handoff.partnerId, toPartnerId: null, toName: '', handoffId: handoff.id },
        },
      ]);
  }

  private day(at: Date): Record<Language, string> {
    const form = { weekday: 'long', day: 'numeric', month: 'long', timeZone: this.config.timeZone } as const;
    return { es: at.toLocaleDateString('es-ES', form), en: at.toLocaleDateString('en-GB', form) };
  }
}

const answers = ({ state }: HandoffRecord): boolean =>
  state === 'accepted' || state === 'in_progress' || state === 'info_requested';
