import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MOST_DISCOUNT_DAYS, TAKES_EFFECT_AS, type EventData } from '#contracts';
import { actorOf, FactService, record } from '#cases';
import type { Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, type Clock, type Config } from '#platform';
import { Accruals } from '../accrual/accrual.service.js';
import { dayAfter, daysFrom, discountLines, sumOf } from '../accrual/discount.rules.js';
import { dayBegins, firstDayAfter, localDay } from '../accrual/local-day.rules.js';
import { moveBenefit, said, type BenefitRecord } from './benefit.store.js';
import { Handout } from './handout.js';
import { impairmentOf, pastImpairmentOf, zoneOf } from './impairment.js';
import { isAllInQuotes } from './repair-quote.js';

const DAY_MS = 86_400_000;

/** What happens when a benefit is decided on: it runs, or it is handed out. */
@Injectable()
export class Effects {
  constructor(
    private readonly accruals: Accruals,
    private readonly handout: Handout,
    private readonly facts: FactService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Approved, and in the same moment begun. The case and the benefit are locked, the transaction is that of the decision.
   * @throws DomainError benefit.transition_forbidden, benefit.not_impaired, benefit.stands_already, benefit.bad_span, benefit.fee_unknown,
   *   benefit.in_quote
   */
  async begin(tx: EntityManager, by: Principal, benefit: BenefitRecord, reason: string | null): Promise<void> {
    const now = this.clock.now();
    await moveBenefit(tx, benefit, 'approved', now, {
      ...{ decided_by: by.id, decided_at: now, decision_reason: reason },
      ...{ value_cents: benefit.valueCents, currency: benefit.currency, values: JSON.stringify(benefit.values) },
      ...{ equity_reason: benefit.equityReason },
    });
    const columns = await this.take(tx, benefit);
    await moveBenefit(tx, benefit, TAKES_EFFECT_AS[benefit.kind], now, columns);
    const data: EventData<'benefit.approved'> = {
      ...{ ...said(benefit), reason },
      askedById: benefit.askedBy === by.id ? null : benefit.askedBy,
    };
    const begun = TAKES_EFFECT_AS[benefit.kind] === 'issued' ? 'benefit.issued' : 'benefit.started';
    await record(tx, benefit.caseId, actorOf(by), 'goodwill', now, [
      { type: 'benefit.approved', data },
      { type: begun, data: said(benefit) },
    ]);
    await this.facts.add(tx, actorOf(by), benefit.caseId, {
      ...{ kind: 'decided', code: 'benefit', origin: `benefit:${benefit.id}` },
      values: { ...benefit.values, kind: benefit.kind },
    });
    if (benefit.kind === 'fee_discount') await this.firstDays(tx, by, benefit);
    else await this.handout.tell(tx, benefit);
  }

  /** What the days of a discount come to that are known by now: those that are over, and those that were agreed on. */
  async comesTo(tx: EntityManager, { caseId, fromDay, toDay, values }: BenefitRecord): Promise<number> {
    const timeZone = await zoneOf(tx, caseId, this.config.timeZone);
    const { since } = await impairmentOf(tx, caseId);
    const past = since ? null : await pastImpairmentOf(tx, caseId);
    const begins = since ?? past?.from;
    const from = fromDay ?? (begins && localDay(begins, timeZone));
    if (!from) return 0;
    const to = toDay ?? (past ? firstDayAfter(past.to, timeZone) : dayAfter(localDay(this.clock.now(), timeZone)));
    const { percent = 0, monthlyFeeCents } = values;
    const days = firstDaysOf(from, to).map((date) => ({ date, percent, monthlyFeeCents: monthlyFeeCents ?? 0 }));
    return sumOf(discountLines(days));
  }

  /** What its row says from then on. */
  private async take(tx: EntityManager, benefit: BenefitRecord): Promise<Record<string, unknown>> {
    if (benefit.kind === 'voucher') return this.handout.voucher(benefit);
    if (benefit.kind === 'repair_contribution') await demandNoQuote(tx, benefit);
    return benefit.kind === 'fee_discount' ? this.span(tx, benefit) : {};
  }

  /** The days of a discount, in the zone of the case: the same zone for as long as it runs. */
  private async span(tx: EntityManager, benefit: BenefitRecord): Promise<Record<string, unknown>> {
    if (!benefit.values.monthlyFeeCents) throw new DomainError('benefit.fee_unknown');
    const timeZone = await zoneOf(tx, benefit.caseId, this.config.timeZone);
    const today = localDay(this.clock.now(), timeZone);
    const fromDay = await this.firstDay(tx, benefit, timeZone);
    const isLong = daysFrom(fromDay, dayAfter(today)).length > MOST_DISCOUNT_DAYS;
    if (fromDay > today || isLong || (benefit.toDay !== null && benefit.toDay <= fromDay))
      throw new DomainError('benefit.bad_span', { from: fromDay, to: benefit.toDay });
    const others: unknown[] = await tx.query(
      `select from benefit where customer_id = $1 and line = $2 and state = 'active' and kind = 'fee_discount' and id <> $3`,
      [benefit.customerId, benefit.line, benefit.id],
    );
    if (others.length > 0) throw new DomainError('benefit.stands_already');
    Object.assign(benefit, { fromDay, timeZone });
    return {
      from_day: fromDay,
      to_day: benefit.toDay,
      time_zone: timeZone,
      next_accrual_at: dayBegins(fromDay, timeZone),
    };
  }

  /** Since when they lack something; where all works again, the days they did. @throws DomainError benefit.not_impaired */
  private async firstDay(tx: EntityManager, benefit: BenefitRecord, timeZone: string): Promise<string> {
    const { since } = await impairmentOf(tx, benefit.caseId);
    if (since !== null) return benefit.fromDay ?? localDay(since, timeZone);
    const past = await pastImpairmentOf(tx, benefit.caseId);
    if (past === null && (benefit.fromDay === null || benefit.toDay === null))
      throw new DomainError('benefit.not_impaired');
    if (past) benefit.toDay ??= firstDayAfter(past.to, timeZone);
    return benefit.fromDay ?? localDay(past?.from ?? this.clock.now(), timeZone);
  }

  private async firstDays(tx: EntityManager, by: Principal, benefit: BenefitRecord): Promise<void> {
    await tx.query('insert into benefit_fee (benefit_id, from_day, monthly_fee_cents) values ($1, $2, $3)', [
      ...[benefit.id, benefit.fromDay, benefit.values.monthlyFeeCents],
    ]);
    const tomorrow = dayAfter(localDay(this.clock.now(), benefit.timeZone ?? 'UTC'));
    const isDone = await this.accruals.countUntil(tx, benefit, tomorrow);
    if (isDone) await this.accruals.stop(tx, benefit, this.clock.now(), actorOf(by), null);
  }
}

/** What a quote sets aside for a repair is its to say: another version of it says something else. @throws DomainError benefit.in_quote */
async function demandNoQuote(tx: EntityManager, { caseId }: BenefitRecord): Promise<void> {
  if (await isAllInQuotes(tx, caseId)) throw new DomainError('benefit.in_quote');
}

/** Of however many, as many as are worked out at once: more than that is refused when it begins. */
function firstDaysOf(from: string, to: string): string[] {
  const last = new Date(Date.parse(from) + MOST_DISCOUNT_DAYS * DAY_MS).toISOString().slice(0, 10);
  return daysFrom(from, to < last ? to : last);
}
