import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { record, type NewEvent } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { PartnerCustody } from '../custody/partner-custody.service.js';
import { fold, type Because, type Happened, type Standing } from './fold.rules.js';
import { eventOf, whichOf } from './handoff-events.js';
import { HandoffEffects } from './handoff-effects.js';
import type { HandoffRecord } from './handoff-record.js';
import type { Spoken } from './spoken.js';

export const standingOf = (handoff: HandoffRecord): Standing => ({
  state: handoff.state,
  heard: handoff.heard,
  etaAt: handoff.etaAt?.toISOString() ?? null,
  isAcknowledged: handoff.acknowledgedAt !== null,
  isAccepted: handoff.acceptedAt !== null,
  isResolved: handoff.resolvedAt !== null,
  partnerRef: handoff.partnerRef,
  engineer: handoff.engineer,
  outcome: handoff.outcome,
  question: handoff.question,
});

/** Whether a word counts, and why it does not. */
export const verdictOf = (
  handoff: HandoffRecord,
  { side, word, at, ref }: Omit<Spoken, 'actor' | 'entryId' | 'ours'>,
) => fold(standingOf(handoff), { side, word, stamp: { at: at.getTime(), ref } });

/** Brings handoffs to where words bring them: the one place that writes where one stands. */
@Injectable()
export class HandoffMoves {
  constructor(
    private readonly effects: HandoffEffects,
    private readonly custody: PartnerCustody,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The caller holds the handoff and has written the word into the log. */
  async apply(tx: EntityManager, handoff: HandoffRecord, spoken: Spoken): Promise<void> {
    const folded = verdictOf(handoff, spoken);
    const before = { ...handoff };
    await this.write(tx, handoff, folded.standing);
    const happened: Happened[] = folded.applied ? folded.happened : [];
    const events: NewEvent[] = happened.map((each) => eventOf(each, handoff, before, spoken));
    if (!folded.applied) events.push(lateWord(handoff, before, spoken, folded.because));
    if (events.length > 0)
      await record(tx, handoff.caseId, spoken.actor, spoken.ours ? 'api' : 'partner', this.clock.now(), events);
    for (const each of happened) {
      await this.effects.of(tx, handoff, each, spoken);
      await this.custody.follow(tx, handoff, each, spoken);
    }
  }

  private async write(tx: EntityManager, handoff: HandoffRecord, next: Standing): Promise<void> {
    const now = this.clock.now();
    const moved = next.state !== handoff.state;
    const first = (was: Date | null, is: boolean) => was ?? (is ? now : null);
    const written = {
      acknowledgedAt: first(handoff.acknowledgedAt, next.isAcknowledged || next.isAccepted),
      acceptedAt: first(handoff.acceptedAt, next.isAccepted),
      resolvedAt: first(handoff.resolvedAt, next.isResolved),
      etaAt: next.etaAt === null ? null : new Date(next.etaAt),
    };
    await tx.query(
      `update handoff set state = $2, state_at = case when $3 then $4 else state_at end, heard = $5, eta_at = $6, partner_ref = $7, engineer = $8,
         outcome = $9, question = $10, acknowledged_at = $11, accepted_at = $12, resolved_at = $13, nudge_at = case when $2 = 'sent' then nudge_at end where id = $1`,
      [
        ...[handoff.id, next.state, moved, now, JSON.stringify(next.heard), written.etaAt, next.partnerRef],
        ...[next.engineer === null ? null : JSON.stringify(next.engineer), next.outcome, next.question],
        ...[written.acknowledgedAt, written.acceptedAt, written.resolvedAt],
      ],
    );
    const { state, heard, partnerRef, engineer, outcome, question } = next;
    Object.assign(handoff, { state, heard, partnerRef, engineer, outcome, question, ...written });
  }
}

const lateWord = (handoff: HandoffRecord, before: HandoffRecord, spoken: Spoken, _: Because): NewEvent => ({
  type: 'handoff.late_word',
  data: { ...whichOf(handoff), entryId: spoken.entryId, word: spoken.word.kind, from: before.state },
});
