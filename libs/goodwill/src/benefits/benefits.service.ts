import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  may,
  OVER_STATUSES,
  type ApprovalReason,
  type BenefitValues,
  type GoodwillLimits,
  type GiveBenefitBody,
  type RuleTerms,
  type Tier,
} from '#contracts';
import { actorOf, lockLiving, record, type CaseRecord } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { unfairTo } from '../rules/equity.rules.js';
import { countedValue, fits } from '../rules/limit.rules.js';
import { GoodwillSettings } from '../rules/limits.service.js';
import { activeRules } from '../rules/rule-shelf.js';
import { wholeDays } from '../accrual/local-day.rules.js';
import { lockGoodwillOf, said, type BenefitRecord } from './benefit.store.js';
import { Effects } from './effects.js';
import { impairmentOf } from './impairment.js';

/** Something to be given, and to which case. */
export type Gift = GiveBenefitBody & { caseId: string };

/** What may be said at a counter about what somebody gets: what stands, and what a rule proposes. */
export interface Offered {
  id: string;
  kind: BenefitRecord['kind'];
  state: BenefitRecord['state'];
  values: BenefitValues;
  needsApproval: boolean;
}

/** Gives, within what somebody may give; what is above waits for somebody with more say. */
@Injectable()
export class Benefits {
  constructor(
    private readonly settings: GoodwillSettings,
    private readonly effects: Effects,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same for every handler: what was given, what is proposed and what was refused. */
  offered(tx: EntityManager, caseId: string): Promise<Offered[]> {
    return tx.query(
      `select id, kind, state, "values", asked_by is not null and state = 'proposed' as "needsApproval" from benefit
       where case_id = living_case($1) and state <> 'cancelled' order by created_at, id`,
      [caseId],
    );
  }

  /**
   * @returns the benefit and whether it waits for approval
   * @throws DomainError permission.denied, case.not_found, case.over, benefit.unfair, benefit.other_currency, benefit.stands_already,
   *   benefit.not_impaired, benefit.bad_span, agent.not_found
   */
  async give(tx: EntityManager, principal: Principal, gift: Gift): Promise<{ benefitId: string; waits: boolean }> {
    demand(principal, 'goodwill.give');
    const found = await lockLiving(tx, principal, gift.caseId);
    if (found.status === 'merged' || found.status === 'spam')
      throw new DomainError('case.over', { status: found.status });
    // Before anybody is asked: what no approval could make run is not asked for.
    if (gift.kind === 'fee_discount' && gift.from && gift.to && gift.to <= gift.from)
      throw new DomainError('benefit.bad_span', { from: gift.from, to: gift.to });
    await lockGoodwillOf(tx, found.customerId);
    const benefit = await this.draft(tx, found, gift);
    const needs = await this.needsOf(tx, principal, benefit, gift.equityReason);
    benefit.needs = needs.reasons;
    await this.insert(tx, principal, benefit);
    if (needs.reasons.length === 0) {
      benefit.askedBy = null;
      await tx.query('update benefit set asked_by = null, asked_at = null where id = $1', [benefit.id]);
      await this.effects.begin(tx, principal, benefit, gift.reason);
    } else await this.ask(tx, principal, benefit, needs.approverIds);
    return { benefitId: benefit.id, waits: needs.reasons.length > 0 };
  }

  /** Somebody takes a proposal up, or asks for more than they may give: who may let them have it is told. */
  async ask(tx: EntityManager, principal: Principal, benefit: BenefitRecord, approverIds: string[]): Promise<void> {
    const data = { ...said(benefit), ruleName: null, needs: benefit.needs, approverIds };
    await record(tx, benefit.caseId, actorOf(principal), 'goodwill', this.clock.now(), [
      { type: 'benefit.proposed', data },
    ]);
  }

  /**
   * Why somebody with more say has to decide; none: this person may.
   * @throws DomainError benefit.unfair when nobody has said why who is newer may have more, benefit.other_currency
   */
  async needsOf(
    tx: EntityManager,
    principal: Principal,
    benefit: BenefitRecord,
    equityReason: string | undefined,
  ): Promise<{ reasons: ApprovalReason[]; approverIds: string[] }> {
    const { content: limits } = await this.settings.limits(tx);
    const { customerId, tier, kind, currency } = benefit;
    if (kind === 'points' || kind === 'privilege') benefit.currency = limits.currency;
    else if (currency !== limits.currency)
      throw new DomainError('benefit.other_currency', { currency: limits.currency });
    benefit.valueCents = await this.worth(tx, benefit, limits);
    const used = await this.settings.used(tx, customerId, limits);
    const reasons: ApprovalReason[] = [];
    if (!fits(limits, principal.role, tier, used, benefit.valueCents)) reasons.push('above_limit');
    const approves = may(principal.role, 'goodwill.approve');
    if (!approves && (await wasRefused(tx, benefit))) reasons.push('refused_before');
    if (await this.isUnfair(tx, benefit)) {
      if (!equityReason) throw new DomainError('benefit.unfair', await this.isUnfair(tx, benefit));
      benefit.equityReason = equityReason;
      if (!approves) reasons.push('unfair');
    }
    const asked = { tier, used, value: benefit.valueCents };
    return {
      reasons,
      approverIds: reasons.length > 0 ? await this.settings.approvers(tx, principal.id, limits, asked) : [],
    };
  }

  /**
   * The fee of a discount that runs is another one: what it comes to by that, this person could have given.
   * @throws DomainError benefit.above_limit, benefit.other_currency when limits are in another one by now
   */
  async demandMore(tx: EntityManager, principal: Principal, benefit: BenefitRecord, fee: number): Promise<void> {
    const { content: limits } = await this.settings.limits(tx);
    const fees: { cents: number }[] = await tx.query(
      'select monthly_fee_cents::float8 as cents from benefit_fee where benefit_id = $1 order by from_day desc limit 1',
      [benefit.id],
    );
    const worthOf = (monthlyFeeCents: number) =>
      this.worth(tx, { ...benefit, values: { ...benefit.values, monthlyFeeCents } }, limits);
    const more = (await worthOf(fee)) - (await worthOf(fees[0]?.cents ?? 0));
    if (more <= 0) return;
    if (benefit.currency !== limits.currency)
      throw new DomainError('benefit.other_currency', { currency: limits.currency });
    const used = await this.settings.used(tx, benefit.customerId, limits);
    if (!fits(limits, principal.role, benefit.tier, used, more))
      throw new DomainError('benefit.above_limit', { needs: ['above_limit'] });
    await tx.query('update benefit set value_cents = value_cents + $2 where id = $1', [benefit.id, more]);
  }

  /** A month of a discount, or what its days come to where that is more: nobody gives years of it as one month. */
  private async worth(tx: EntityManager, benefit: BenefitRecord, limits: GoodwillLimits): Promise<number> {
    const counted = countedValue(benefit.kind, benefit.values, limits);
    return benefit.kind === 'fee_discount' ? Math.max(counted, await this.effects.comesTo(tx, benefit)) : counted;
  }

  /** Compared with what rules give who has been here longer for the same. What a rule itself proposes was compared with it. */
  private async isUnfair(tx: EntityManager, { ruleId, caseId, tier, kind, values }: BenefitRecord) {
    if (ruleId !== null) return null;
    const { since, lacks } = await impairmentOf(tx, caseId);
    const days = since ? wholeDays(since, this.clock.now(), 'UTC') : 0;
    return unfairTo(await activeRules(tx), tier, { days, lacks }, { kind, ...values } as RuleTerms);
  }

  private async draft(tx: EntityManager, found: CaseRecord, gift: Gift): Promise<BenefitRecord> {
    const [customer]: { tier: Tier }[] = await tx.query('select tier from customer where id = $1', [found.customerId]);
    const isDiscount = gift.kind === 'fee_discount';
    return {
      ...{ id: newId(), caseId: found.id, customerId: found.customerId, kind: gift.kind, state: 'proposed' },
      values: await valuesOf(tx, gift),
      ...{ valueCents: 0, currency: 'currency' in gift ? gift.currency : 'EUR', tier: customer?.tier ?? 'standard' },
      ...{ ruleId: null, needs: [], reason: gift.reason, equityReason: null, askedBy: null },
      line: isDiscount ? (gift.line ?? '') : '',
      fromDay: isDiscount ? (gift.from ?? null) : null,
      toDay: isDiscount ? (gift.to ?? null) : null,
      ...{ timeZone: null, expiresAt: null, codeHash: null, codeShownAt: null, codeShownBy: null, quoteId: null },
    };
  }

  private async insert(tx: EntityManager, principal: Principal, benefit: BenefitRecord): Promise<void> {
    const now = this.clock.now();
    benefit.askedBy = principal.id;
    await tx.query(
      `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, needs, reason, equity_reason, asked_by, asked_at,
         line, from_day, to_day, created_at, state_at)
       values ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $13, $13)`,
      [
        ...[benefit.id, benefit.caseId, benefit.customerId, benefit.kind, JSON.stringify(benefit.values)],
        ...[benefit.valueCents, benefit.currency, benefit.tier, benefit.needs, benefit.reason, benefit.equityReason],
        ...[principal.id, now, benefit.line, benefit.fromDay, benefit.toDay],
      ],
    );
  }
}

/** Something of the kind was refused on this case by us: whoever asks next is told, and does not decide alone. */
async function wasRefused(tx: EntityManager, { id, caseId, kind }: BenefitRecord): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `select from benefit where case_id = $1 and kind = $2 and state = 'refused' and refused_by = 'us' and id <> $3 limit 1`,
    [caseId, kind, id],
  );
  return rows.length > 0;
}

/** @throws DomainError agent.not_found */
async function valuesOf(tx: EntityManager, gift: Gift): Promise<BenefitValues> {
  if (gift.kind === 'fee_discount')
    return {
      ...{ percent: gift.percent, monthlyFeeCents: gift.monthlyFeeCents, currency: gift.currency },
      ...(gift.line ? { line: gift.line } : {}),
    };
  if (gift.kind === 'voucher') {
    const { purpose, amountCents, currency, validDays } = gift;
    return { purpose, amountCents, currency, validDays };
  }
  if (gift.kind === 'repair_contribution') return { amountCents: gift.amountCents, currency: gift.currency };
  if (gift.kind === 'points') return { points: gift.points };
  const { privilege, personId, at, place } = gift;
  const [person]: { name: string }[] = personId
    ? await tx.query('select display_name as name from agent where id = $1 and active', [personId])
    : [];
  if (personId && !person) throw new DomainError('agent.not_found');
  return {
    privilege,
    ...(person ? { personName: person.name } : {}),
    ...(at ? { at } : {}),
    ...(place ? { place } : {}),
  };
}

/** A case in one of these takes nothing new. */
export const isOverFor = (status: CaseRecord['status']): boolean =>
  (OVER_STATUSES as readonly string[]).includes(status);
