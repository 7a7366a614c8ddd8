import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ApproveBenefitBody, BenefitFeeBody, RefuseBenefitBody, VoucherCode } from '#contracts';
import { actorOf, record, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { Accruals } from '../accrual/accrual.service.js';
import { dayAfter } from '../accrual/discount.rules.js';
import { localDay } from '../accrual/local-day.rules.js';
import { lockBenefit, lockGoodwillOf, moveBenefit, said, type BenefitRecord } from './benefit.store.js';
import { Benefits } from './benefits.service.js';
import { Contributions } from './contributions.service.js';
import { Effects } from './effects.js';
import { VoucherCodes } from './voucher-code.js';

/** Whoever asked for a code a moment ago gets it again: their answer may have been lost on its way. */
const CODE_AGAIN_MS = 10 * 60_000;

/** Decides on what is proposed, and ends what runs. */
@Injectable()
export class BenefitDecisions {
  constructor(
    private readonly benefits: Benefits,
    private readonly effects: Effects,
    private readonly accruals: Accruals,
    private readonly contributions: Contributions,
    private readonly codes: VoucherCodes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes up what a rule proposes, or lets somebody have what they asked for. What is above the limit of who takes it up waits for
   * somebody with more say.
   * @throws DomainError permission.denied, benefit.not_found, benefit.transition_forbidden, benefit.own_request, benefit.above_limit,
   *   benefit.unfair, benefit.fee_unknown, benefit.not_impaired, benefit.stands_already
   */
  async approve(tx: EntityManager, by: Principal, id: string, body: ApproveBenefitBody): Promise<{ waits: boolean }> {
    demand(by, 'goodwill.give');
    const { benefit, found } = await lockBenefit(tx, by, id);
    await lockGoodwillOf(tx, found.customerId);
    if (benefit.state !== 'proposed')
      throw new DomainError('benefit.transition_forbidden', { from: benefit.state, to: 'approved' });
    const isAsked = benefit.askedBy !== null;
    if (isAsked) demand(by, 'goodwill.approve');
    if (benefit.askedBy === by.id) throw new DomainError('benefit.own_request');
    if (benefit.kind === 'fee_discount') setFee(benefit, body);
    const unfairBecause = body.equityReason ?? benefit.equityReason ?? undefined;
    const { reasons, approverIds } = await this.benefits.needsOf(tx, by, benefit, unfairBecause);
    if (reasons.length > 0 && isAsked) throw new DomainError('benefit.above_limit', { needs: reasons });
    if (reasons.length === 0) {
      await this.effects.begin(tx, by, benefit, body.reason ?? null);
      return { waits: false };
    }
    benefit.needs = reasons;
    const { values, valueCents, currency, equityReason } = benefit;
    await tx.query(
      `update benefit set asked_by = $2, asked_at = $3, needs = $4, "values" = $5, value_cents = $6, currency = $7, reason = $8, equity_reason = $9 where id = $1`,
      [id, by.id, this.clock.now(), reasons, JSON.stringify(values), valueCents, currency, body.reason, equityReason],
    );
    await this.benefits.ask(tx, by, benefit, approverIds);
    return { waits: true };
  }

  /**
   * What was asked for is refused by who approves; what a rule proposes by whoever handles the case. It stays visible to the next.
   * @throws DomainError permission.denied, benefit.not_found, benefit.transition_forbidden
   */
  async refuse(tx: EntityManager, by: Principal, id: string, body: RefuseBenefitBody): Promise<void> {
    demand(by, 'goodwill.give');
    const { benefit } = await lockBenefit(tx, by, id);
    if (benefit.askedBy !== null && body.by === 'us') demand(by, 'goodwill.approve');
    await moveBenefit(tx, benefit, 'refused', this.clock.now(), {
      ...{ refused_by: body.by, decided_by: by.id, decided_at: this.clock.now(), decision_reason: body.reason },
    });
    const askedById = benefit.askedBy === by.id ? null : benefit.askedBy;
    await this.tell(tx, by, benefit, { type: 'benefit.refused', data: { ...said(benefit), ...body, askedById } });
  }

  /**
   * Ends what runs or was set aside, and takes back what one asked for oneself. What was handed out cannot be taken back.
   * @throws DomainError permission.denied, benefit.not_found, benefit.transition_forbidden
   */
  async stop(tx: EntityManager, by: Principal, id: string, reason: string): Promise<void> {
    demand(by, 'goodwill.give');
    const { benefit } = await lockBenefit(tx, by, id);
    const now = this.clock.now();
    if (benefit.state === 'proposed') {
      if (benefit.askedBy !== by.id) demand(by, 'goodwill.approve');
      await moveBenefit(tx, benefit, 'cancelled', now, { decision_reason: reason });
      return this.tell(tx, by, benefit, { type: 'benefit.cancelled', data: { ...said(benefit), reason } });
    }
    if (benefit.kind === 'fee_discount' && benefit.state === 'active')
      return this.accruals.stop(tx, benefit, now, actorOf(by), reason);
    if (benefit.state === 'issued')
      throw new DomainError('benefit.transition_forbidden', { from: 'issued', to: 'ended' });
    if (benefit.kind === 'repair_contribution') return this.contributions.takeBack(tx, benefit, actorOf(by), reason);
    await moveBenefit(tx, benefit, 'ended', now, { decision_reason: reason });
    return this.tell(tx, by, benefit, { type: 'benefit.ended', data: { ...said(benefit), reason } });
  }

  /**
   * Their plan changed: from a day on the discount is on another fee.
   * @throws DomainError permission.denied, benefit.not_found, benefit.transition_forbidden, benefit.bad_span, benefit.above_limit
   */
  async changeFee(
    tx: EntityManager,
    by: Principal,
    id: string,
    { from, monthlyFeeCents }: BenefitFeeBody,
  ): Promise<void> {
    demand(by, 'goodwill.give');
    const { benefit, found } = await lockBenefit(tx, by, id);
    await lockGoodwillOf(tx, found.customerId);
    const { state, fromDay, timeZone } = benefit;
    if (state !== 'active' || benefit.kind !== 'fee_discount')
      throw new DomainError('benefit.transition_forbidden', { from: state, to: 'active' });
    if (fromDay !== null && from < fromDay) throw new DomainError('benefit.bad_span', { from, to: null });
    await this.benefits.demandMore(tx, by, benefit, monthlyFeeCents);
    await tx.query(
      `insert into benefit_fee (benefit_id, from_day, monthly_fee_cents) values ($1, $2, $3)
       on conflict (benefit_id, from_day) do update set monthly_fee_cents = excluded.monthly_fee_cents`,
      [id, from, monthlyFeeCents],
    );
    await this.accruals.countUntil(tx, benefit, dayAfter(localDay(this.clock.now(), timeZone ?? 'UTC')));
  }

  /**
   * The code of a voucher, for whoever tells the customer: once.
   * @throws DomainError permission.denied, benefit.not_found, benefit.no_code, benefit.code_shown
   */
  async showCode(tx: EntityManager, by: Principal, id: string): Promise<VoucherCode> {
    demand(by, 'goodwill.give');
    const { benefit } = await lockBenefit(tx, by, id);
    const { codeHash, expiresAt, codeShownAt, codeShownBy } = benefit;
    const { code, hash } = this.codes.make(id);
    if (benefit.state !== 'issued' || !codeHash?.equals(hash) || !expiresAt) throw new DomainError('benefit.no_code');
    const now = this.clock.now();
    const again = codeShownBy === by.id && codeShownAt && now.getTime() - codeShownAt.getTime() < CODE_AGAIN_MS;
    if (codeShownAt && !again) throw new DomainError('benefit.code_shown');
    if (!codeShownAt) {
      await tx.query('update benefit set code_shown_at = $2, code_shown_by = $3 where id = $1', [id, now, by.id]);
      await this.tell(tx, by, benefit, { type: 'benefit.code_shown', data: said(benefit) });
    }
    return { code, expiresAt: expiresAt.toISOString() };
  }

  private async tell(tx: EntityManager, by: Principal, { caseId }: BenefitRecord, event: NewEvent): Promise<void> {
    await record(tx, caseId, actorOf(by), 'goodwill', this.clock.now(), [event]);
  }
}

/** The fee the discount is on, as it is known by now. @throws DomainError benefit.fee_unknown */
function setFee(benefit: BenefitRecord, { monthlyFeeCents, currency }: ApproveBenefitBody): void {
  const fee = monthlyFeeCents ?? benefit.values.monthlyFeeCents;
  if (!fee) throw new DomainError('benefit.fee_unknown');
  benefit.currency = currency ?? benefit.currency;
  benefit.values = { ...benefit.values, monthlyFeeCents: fee, currency: benefit.currency };
}
