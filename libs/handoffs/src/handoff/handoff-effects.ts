import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CaseWaits, FactService, NextActions, record, SYSTEM, type Plan } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { readPartner } from '../partners/partner-record.js';
import { Forgetting } from '../share/forgetting.js';
import { Accountability } from './accountability.js';
import type { Happened } from './fold.rules.js';
import type { HandoffRecord } from './handoff-record.js';
import { ANSWER_MS, NO_STEP, partnerOf } from './handoff-words.js';
import type { Spoken } from './spoken.js';

type Effect = (tx: EntityManager, handoff: HandoffRecord, spoken: Spoken) => Promise<void>;

/** What follows for the case from what happened to one of its handoffs: who waits for whom, what is next, what is known now. */
@Injectable()
export class HandoffEffects {
  private readonly effects: Partial<Record<Happened, Effect>> = {
    sent: (tx, handoff) => this.wait(tx, handoff),
    answered: (tx, handoff) => this.wait(tx, handoff),
    reopened: (tx, handoff) => this.wait(tx, handoff),
    accepted: (tx, handoff, spoken) => this.accepted(tx, handoff, spoken),
    eta_moved: (tx, handoff) => this.expects(tx, handoff),
    asked: (tx, handoff) =>
      this.turn(tx, handoff, {
        code: 'answer_partner',
        values: { ...partnerOf(handoff), question: (handoff.question ?? '').slice(0, 200) },
        dueAt: this.in(ANSWER_MS),
      }),
    rejected: (tx, handoff, spoken) => this.rejected(tx, handoff, spoken),
    resolved: (tx, handoff, spoken) => this.resolved(tx, handoff, spoken),
    closed: (tx, handoff) => this.ended(tx, handoff),
    cancelled: (tx, handoff) => this.ended(tx, handoff),
    recalled: async (tx, handoff) => {
      await this.ended(tx, handoff);
      await this.forgetting.forget(tx, handoff, 'recalled');
    },
  };

  constructor(
    private readonly waits: CaseWaits,
    private readonly plans: NextActions,
    private readonly facts: FactService,
    private readonly accountability: Accountability,
    private readonly forgetting: Forgetting,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(tx: EntityManager, handoff: HandoffRecord, happened: Happened, spoken: Spoken): Promise<void> {
    // What they give us is our case like any other: nobody waits for them.
    if (handoff.direction === 'out') await this.effects[happened]?.(tx, handoff, spoken);
    else if (happened === 'recalled') await this.forgetting.forget(tx, handoff, 'recalled');
  }

  /** It ended without them: nobody answered, or we go on alone. */
  async left(tx: EntityManager, handoff: HandoffRecord, plan: Plan): Promise<void> {
    await this.turn(tx, handoff, plan);
    await this.accountability.end(tx, handoff);
    await this.forgetting.plan(tx, handoff);
  }

  /** What is to be done next in the case. */
  async next(tx: EntityManager, caseId: string, plan: Plan): Promise<void> {
    await record(tx, caseId, SYSTEM, 'handoff', this.clock.now(), [await this.plans.plan(tx, SYSTEM, caseId, plan)]);
  }

  private async wait(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    await this.waits.begin(tx, SYSTEM, handoff.caseId, 'partner');
    await this.waits.check(tx, handoff.caseId, partnerOf(handoff));
  }

  /** Nobody has to ask them before the day they have named; what a person planned stays, and whom else we ask when. */
  private async expects(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    const { caseId, partnerId, etaAt } = handoff;
    if (etaAt === null || etaAt <= this.clock.now()) return;
    const asks: unknown[] = await tx.query(
      `select from cases where id = $1 and next_action = 'check_partner' and next_action_by is null and next_action_values ->> 'partnerId' = $2`,
      [caseId, partnerId],
    );
    if (asks.length === 0) return;
    await this.next(tx, caseId, { code: 'check_partner', values: partnerOf(handoff), dueAt: etaAt });
  }

  /** It is ours to do something. */
  private async turn(tx: EntityManager, { id, caseId }: HandoffRecord, plan: Plan): Promise<void> {
    if (!(await othersWaitedFor(tx, caseId, id))) await this.waits.end(tx, SYSTEM, caseId, 'partner');
    await this.next(tx, caseId, plan);
  }

  private async accepted(tx: EntityManager, handoff: HandoffRecord, spoken: Spoken): Promise<void> {
    const who = [handoff.engineer?.name, handoff.partnerRef].filter(Boolean).join(', ');
    await this.know(tx, handoff, spoken, { says: 'accepted', who }, 'accepted');
    await this.accountability.tell(tx, handoff);
  }

  private async rejected(tx: EntityManager, handoff: HandoffRecord, spoken: Spoken): Promise<void> {
    const { word } = spoken;
    if (word.kind !== 'rejected') return;
    const partner = await readPartner(tx, handoff.partnerId);
    const step = word.nextStep ?? NO_STEP[partner.language];
    await this.turn(tx, handoff, {
      code: 'after_rejection',
      values: { ...partnerOf(handoff), step: step.slice(0, 200) },
      dueAt: this.in(ANSWER_MS),
    });
    await this.know(tx, handoff, spoken, { says: 'rejected', text: word.reason }, `rejected:${spoken.entryId}`);
    await this.accountability.end(tx, handoff);
    await this.forgetting.plan(tx, handoff);
  }

  private async resolved(tx: EntityManager, handoff: HandoffRecord, spoken: Spoken): Promise<void> {
    if (spoken.word.kind !== 'resolved') return;
    await this.know(tx, handoff, spoken, { says: 'resolved', text: spoken.word.text }, spoken.entryId);
    await this.turn(tx, handoff, {
      code: 'after_partner',
      values: partnerOf(handoff),
      dueAt: this.in(ANSWER_MS),
    });
  }

  private async ended(tx: EntityManager, handoff: HandoffRecord): Promise<void> {
    if (!(await othersWaitedFor(tx, handoff.caseId, handoff.id)))
      await this.waits.end(tx, SYSTEM, handoff.caseId, 'partner');
    await this.accountability.end(tx, handoff);
    await this.forgetting.plan(tx, handoff);
  }

  /** What they say is known from now on, by whom it was said. */
  private async know(
    tx: EntityManager,
    { id, caseId, partnerName }: HandoffRecord,
    { actor }: Spoken,
    values: { says: 'accepted' | 'rejected' | 'resolved'; who?: string; text?: string },
    origin: string,
  ): Promise<void> {
    const kind = values.says === 'resolved' ? 'tried' : 'decided';
    await this.facts.add(tx, actor, caseId, {
      ...{ kind, code: 'handoff', values: { partner: partnerName, ...values } },
      origin: `handoff:${id}:${origin}`,
    });
  }

  private in(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}

/** Whether another handoff of the case still keeps somebody waiting. */
async function othersWaitedFor(tx: EntityManager, caseId: string, handoffId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `select from handoff where case_id = $1 and id <> $2 and direction = 'out' and state in ('sent', 'acknowledged', 'accepted', 'in_progress') limit 1`,
    [caseId, handoffId],
  );
  return rows.length > 0;
}
