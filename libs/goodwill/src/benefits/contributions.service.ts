import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tier } from '#contracts';
import { record, SYSTEM, type Actor } from '#cases';
import type { Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { Outbox } from '../outbox/outbox.js';
import { fits } from '../rules/limit.rules.js';
import { GoodwillSettings } from '../rules/limits.service.js';
import { lockGoodwillOf, moveBenefit, RECORD, said, type BenefitRecord } from './benefit.store.js';
import { Handout } from './handout.js';
import { hasOneRepair, holdHome, setAsideFor, type SetAside } from './repair-quote.js';

interface Whose {
  caseId: string;
  customerId: string;
  tier: Tier;
}

const WHOSE = `select c.id as "caseId", c.customer_id as "customerId", cu.tier from cases c join customer cu on cu.id = c.customer_id where c.id = $1`;

/** What we put towards a repair is what its quote says: one of it, never two. */
@Injectable()
export class Contributions {
  constructor(
    private readonly handout: Handout,
    private readonly outbox: Outbox,
    private readonly settings: GoodwillSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Brings what is set aside to what the quote of a repair says. What stands already changes nothing, however often and late it is told.
   * Something given by hand before becomes what the quote says.
   * @param heardOn the case it was told on, wherever that is now
   */
  async follow(tx: EntityManager, heardOn: string, repairId: string): Promise<void> {
    const home = await holdHome(tx, heardOn, repairId);
    const [whose]: Whose[] = await tx.query(WHOSE, [home]);
    if (!whose) return;
    await lockGoodwillOf(tx, whose.customerId);
    const wanted = await setAsideFor(tx, whose.caseId, repairId);
    await this.bringAlong(tx, whose, repairId);
    const standing: BenefitRecord[] = await tx.query(
      `select ${RECORD} from benefit b where b.kind = 'repair_contribution' and b.state = 'active'
         and (b.repair_id = $2 or ($3 and b.case_id = $1 and b.repair_id is null)) order by b.quote_id nulls last, b.created_at, b.id for update`,
      [whose.caseId, repairId, wanted !== null && (await hasOneRepair(tx, whose.caseId))],
    );
    const kept = wanted && (await this.keep(tx, standing, repairId, wanted));
    for (const benefit of standing) if (benefit.id !== kept) await this.takeBack(tx, benefit);
    if (wanted && !kept) await this.give(tx, whose, repairId, wanted);
  }

  /**
   * What a quote sets aside its author could give by hand: above that somebody with more say offers it. What stands for the repair
   * makes way for it. The case is in the caller's hands.
   * @throws DomainError benefit.above_limit, benefit.other_currency
   */
  async demandWithin(
    tx: EntityManager,
    by: Principal,
    { caseId, repairId, cents, currency }: { caseId: string; repairId: string; cents: number; currency: string },
  ): Promise<void> {
    if (cents === 0) return;
    const { content: limits } = await this.settings.limits(tx);
    if (currency !== limits.currency) throw new DomainError('benefit.other_currency', { currency: limits.currency });
    const [whose]: Whose[] = await tx.query(WHOSE, [caseId]);
    if (!whose) throw new DomainError('case.not_found');
    await lockGoodwillOf(tx, whose.customerId);
    const used = await this.settings.used(tx, whose.customerId, limits, repairId);
    if (!fits(limits, by.role, whose.tier, used, cents))
      throw new DomainError('benefit.above_limit', { needs: ['above_limit'] });
  }

  /** The repair went back with its case when a merge was undone: what stands for it goes with it, limits of its customer too. */
  private async bringAlong(tx: EntityManager, { caseId, customerId }: Whose, repairId: string): Promise<void> {
    await tx.query(
      `update benefit b set case_id = $1, customer_id = $2 where b.repair_id = $3 and b.state = 'active' and (b.case_id <> $1 or b.customer_id <> $2)
         and not exists (select from benefit o where o.case_id = $1 and o.rule_id = b.rule_id and o.id <> b.id)`,
      [caseId, customerId, repairId],
    );
  }

  /** The one that is what the quote says, or comes to be: given by hand, of as much. */
  private async keep(
    tx: EntityManager,
    standing: readonly BenefitRecord[],
    repairId: string,
    { quoteId, cents, currency }: SetAside,
  ): Promise<string | null> {
    const same = standing.find((one) => one.quoteId === quoteId);
    if (same) return same.id;
    const alike = standing.find((one) => one.quoteId === null && one.valueCents === cents && one.currency === currency);
    const isFree = alike && !(await wasGiven(tx, quoteId)) && !standing.some((one) => one.quoteId !== null);
    if (!isFree) return null;
    await tx.query('update benefit set repair_id = $2, quote_id = $3 where id = $1', [alike.id, repairId, quoteId]);
    return alike.id;
  }

  private async give(
    tx: EntityManager,
    { caseId, customerId, tier }: Whose,
    repairId: string,
    { quoteId, cents, currency }: SetAside,
  ): Promise<void> {
    const [id, now] = [newId(), this.clock.now()];
    const values = { amountCents: cents, currency };
    const fresh: unknown[] = await tx.query(
      `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, decided_at, repair_id, quote_id, created_at, state_at)
       values ($1, $2, $3, 'repair_contribution', 'active', $4, $5, $6, $7, $8, $9, $10, $8, $8) on conflict (quote_id) where quote_id is not null do nothing returning 1`,
      [id, caseId, customerId, JSON.stringify(values), cents, currency, tier, now, repairId, quoteId],
    );
    // Somebody ended it by hand: the same version does not bring it back.
    if (fresh.length === 0) return;
    const [benefit]: BenefitRecord[] = await tx.query(`select ${RECORD} from benefit b where b.id = $1`, [id]);
    if (!benefit) throw new Error(`benefit ${id} is not there`);
    await record(tx, caseId, SYSTEM, 'goodwill', now, [{ type: 'benefit.started', data: said(benefit) }]);
    await this.handout.tell(tx, benefit);
  }

  /**
   * It is not put towards anything: billing is told, and it counts against no limit any more. The same version of the quote brings it
   * back if the repair goes on after all, unless a person ended it.
   */
  async takeBack(
    tx: EntityManager,
    benefit: BenefitRecord,
    actor: Actor = SYSTEM,
    reason: string | null = null,
  ): Promise<void> {
    const now = this.clock.now();
    const amount = { cents: benefit.values.amountCents ?? 0, currency: benefit.currency };
    await moveBenefit(tx, benefit, 'ended', now, {
      ...{ value_cents: 0, decision_reason: reason },
      ...(actor === SYSTEM ? { quote_id: null } : {}),
    });
    await record(tx, benefit.caseId, actor, 'goodwill', now, [
      { type: 'benefit.ended', data: { ...said(benefit), reason } },
    ]);
    await this.outbox.tellOf(tx, 'repair_contribution.withdrawn', benefit, { amount });
  }
}

async function wasGiven(tx: EntityManager, quoteId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query('select from benefit where quote_id = $1', [quoteId]);
  return rows.length > 0;
}
