import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CountedTime, type After } from '#cases';
import type { PartnerTerms } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { partnerAt } from '../partners/partner-record.js';
import type { HandoffRecord } from './handoff-record.js';
import { nudgeMinutes } from './nudge.rules.js';

/** Worked out in one transaction. */
const PORTION = 100;

/**
 * When what was agreed with a partner is over, by the calendar its clocks go by: each moment is worked out once and kept with the handoff,
 * for whoever waits for it. The caller holds the handoff.
 */
@Injectable()
export class AgreedTimes {
  constructor(
    private readonly counted: CountedTime,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** It is theirs to say that they have it, as the clock of the handoff counts. */
  async sent(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    // First: what is edited after it is worked out anew, at worst once too often.
    const revision = await this.counted.revision(tx);
    const after = await this.counted.by(tx, handoff.calendar);
    await tx.query('update handoff set acknowledge_by = $2, calendar_revision = $3 where id = $1', [
      ...[handoff.id, acknowledgeBy(handoff, after), revision],
    ]);
  }

  /**
   * They have it in hand since then. Unanswered, the next of theirs is written to, and it ends, in the times that were agreed, from there on:
   * nobody is late with what never reached them.
   */
  async arrived(tx: EntityManager, handoff: HandoffRecord, at: Date): Promise<void> {
    // What they give us is ours to answer.
    if (handoff.direction === 'in') return;
    const { terms } = await partnerAt(tx, handoff.partnerId, handoff.partnerVersion);
    const [nudgeAt, expiresAt] = since(at, handoff, terms, await this.counted.by(tx, handoff.calendar));
    await tx.query(
      'update handoff set delivered_at = $2, nudge_at = $3, expires_at = $4 where id = $1 and delivered_at is null',
      [handoff.id, at, handoff.state === 'sent' ? nudgeAt : null, expiresAt],
    );
  }

  /** One of theirs was written to. @returns when it is the next one's turn; null: there is nobody more */
  async nudged(tx: EntityManager, handoff: HandoffRecord): Promise<Date | null> {
    const { terms } = await partnerAt(tx, handoff.partnerId, handoff.partnerVersion);
    const after = await this.counted.by(tx, handoff.calendar);
    const nudges = handoff.nudges + 1;
    const next = handoff.deliveredAt && since(handoff.deliveredAt, { ...handoff, nudges }, terms, after)[0];
    await tx.query('update handoff set nudges = $2, nudge_at = $3 where id = $1', [handoff.id, nudges, next]);
    return next;
  }

  /** Those nobody has acknowledged that go by a calendar that has been edited since. */
  async stale(tx: EntityManager): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      `select id from handoff where state = 'sent' and calendar_revision < $1 order by calendar_revision limit ${PORTION}`,
      [await this.counted.revision(tx)],
    );
    return rows.map(({ id }) => id);
  }

  /** By the calendars as they are now, also what none of them led to. What had come by then stays so, as it does for clocks. */
  async again(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    const revision = await this.counted.revision(tx);
    const { terms } = await partnerAt(tx, handoff.partnerId, handoff.partnerVersion);
    const after = await this.counted.by(tx, handoff.calendar);
    const [nudgeAt, expiresAt] = handoff.deliveredAt ? since(handoff.deliveredAt, handoff, terms, after) : [];
    const to = (column: string, value: string) =>
      `${column} = case when ${column} <= $2 then ${column} else ${value}::timestamptz end`;
    await tx.query(
      `update handoff set calendar_revision = $3, ${to('acknowledge_by', '$4')}, ${to('nudge_at', '$5')}, ${to('expires_at', '$6')} where id = $1`,
      [handoff.id, this.clock.now(), revision, acknowledgeBy(handoff, after), nudgeAt ?? null, expiresAt ?? null],
    );
  }
}

const acknowledgeBy = ({ targets, sentAt }: HandoffRecord, after: After): Date | null =>
  targets && sentAt && after(sentAt, targets.acknowledgeMinutes);

/** When the next of theirs is written to, and when it ends, from when it has reached them. */
function since(
  at: Date,
  { targets, nudges }: HandoffRecord,
  terms: PartnerTerms,
  after: After,
): [nudgeAt: Date | null, expiresAt: Date | null] {
  const minutes = nudgeMinutes(terms, targets, nudges);
  return [minutes === null ? null : after(at, minutes), after(at, terms.expiresMinutes)];
}
