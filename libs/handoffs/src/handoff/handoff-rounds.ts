import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { record, SYSTEM } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { PartnerCustody } from '../custody/partner-custody.service.js';
import { AgreedTimes } from './agreed-times.js';
import { HandoffEffects } from './handoff-effects.js';
import { whichOf } from './handoff-events.js';
import { partnerAt } from '../partners/partner-record.js';
import { HandoffLog } from './handoff-log.js';
import { lockAnyHandoff } from './handoff-record.js';
import { partnerOf } from './handoff-words.js';
import { rungsOf, STILL_WAITING } from './nudge.rules.js';
import { HOUSE, OurVoice } from './our-voice.js';

const PORTION = 20;

/** What becomes of handoffs because their time has come: nobody answers, so somebody of theirs is written to, and in the end it is over. */
@Injectable()
export class HandoffRounds {
  constructor(
    private readonly log: HandoffLog,
    private readonly effects: HandoffEffects,
    private readonly custody: PartnerCustody,
    private readonly voice: OurVoice,
    private readonly times: AgreedTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those nobody acknowledged in the time that was agreed. */
  async expired(tx: EntityManager): Promise<string[]> {
    return idsOf(tx, `state = 'sent' and expires_at <= $1 order by expires_at`, this.clock.now());
  }

  async expire(tx: EntityManager, handoffId: string): Promise<void> {
    const handoff = await lockAnyHandoff(tx, handoffId);
    const now = this.clock.now();
    const [moved]: [unknown[], number] = await tx.query(
      `update handoff set state = 'expired', state_at = $2 where id = $1 and state = 'sent' and expires_at <= $2 returning id`,
      [handoff.id, now],
    );
    if (moved.length === 0) return;
    handoff.state = 'expired';
    await this.log.append(tx, handoff, {
      ...{ side: 'giver', ours: true, via: 'clock', word: { kind: 'expired' }, audience: 'internal' },
      ...{ byName: SYSTEM.name, at: now },
    });
    await record(tx, handoff.caseId, SYSTEM, 'handoff', now, [{ type: 'handoff.expired', data: whichOf(handoff) }]);
    const plan = { code: 'check_partner', values: partnerOf(handoff), dueAt: now } as const;
    await this.effects.left(tx, handoff, plan);
    const idle = await this.custody.ended(tx, handoff);
    if (idle.length > 0) await record(tx, handoff.caseId, SYSTEM, 'handoff', now, idle);
  }

  /** Those that reached them and nobody acknowledged, and whose next person is to be written to. */
  async silent(tx: EntityManager): Promise<string[]> {
    return idsOf(tx, `state = 'sent' and nudge_at <= $1 order by nudge_at`, this.clock.now());
  }

  /** The next person of theirs is written to; after the last it is ours to decide whether we go on without them. */
  async nudge(tx: EntityManager, handoffId: string): Promise<void> {
    const handoff = await lockAnyHandoff(tx, handoffId);
    const { terms, language } = await partnerAt(tx, handoff.partnerId, handoff.partnerVersion);
    const [rung, now] = [rungsOf(terms)[handoff.nudges], this.clock.now()];
    if (!rung || handoff.state !== 'sent' || handoff.nudgeAt === null || handoff.nudgeAt > now) return;
    await this.voice.speak(tx, handoff, HOUSE, { kind: 'nudged', text: STILL_WAITING[language], to: rung.contact });
    const next = await this.times.nudged(tx, handoff);
    const data = { ...whichOf(handoff), to: rung.contact.name, rung: handoff.nudges + 1 };
    await record(tx, handoff.caseId, SYSTEM, 'handoff', now, [{ type: 'handoff.nudged', data }]);
    if (next !== null) return;
    const plan = { code: 'check_partner', values: partnerOf(handoff), dueAt: now } as const;
    await this.effects.next(tx, handoff.caseId, plan);
  }

  /** Those nobody acknowledged whose calendar has been edited since. */
  stale(tx: EntityManager): Promise<string[]> {
    return this.times.stale(tx);
  }

  /** Their times are worked out anew. */
  async rework(tx: EntityManager, handoffId: string): Promise<void> {
    await this.times.again(tx, await lockAnyHandoff(tx, handoffId));
  }
}

async function idsOf(tx: EntityManager, condition: string, now: Date): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(`select id from handoff where ${condition} limit ${PORTION}`, [now]);
  return rows.map(({ id }) => id);
}
