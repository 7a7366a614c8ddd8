import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { record, SYSTEM, FactService, type Actor } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { moveBenefit, RECORD, said, type BenefitRecord } from '../benefits/benefit.store.js';
import { Outbox } from '../outbox/outbox.js';
import { dayAfter, daysFrom, discountLines } from './discount.rules.js';
import { dayBegins, firstDayAfter, localDay } from './local-day.rules.js';

/** So many are counted in one transaction. */
const PORTION = 200;

/** Counts the days of discounts, each of them once, and says at the end what they came to. */
@Injectable()
export class Accruals {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: FactService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts the days that have begun since they were last counted.
   * @returns whether there may be more, and the cases whose discounts have come to their last day or run without reason
   */
  async countSome(tx: EntityManager): Promise<{ more: boolean; settle: string[] }> {
    const due: (BenefitRecord & { lacks: boolean })[] = await tx.query(
      `select ${RECORD}, exists (select from impact i where i.case_id = b.case_id and i.state <> 'restored') as lacks
       from benefit b where b.next_accrual_at <= $1 order by b.next_accrual_at, b.id limit ${PORTION} for update of b skip locked`,
      [this.clock.now()],
    );
    const settle = new Set<string>();
    for (const benefit of due) {
      const isDone = await this.countUntil(tx, benefit, this.tomorrow(benefit));
      if (isDone || (benefit.toDay === null && !benefit.lacks)) settle.add(benefit.caseId);
    }
    return { more: due.length === PORTION, settle: [...settle] };
  }

  /** The first local day that has not begun. */
  private tomorrow({ timeZone }: BenefitRecord): string {
    return dayAfter(localDay(this.clock.now(), timeZone ?? 'UTC'));
  }

  /**
   * Writes the lines of a discount from its first day to before `until`: worked out anew each time, so that every cent is where it
   * would be had all been counted at once. Days another discount on this line has counted are left to it.
   * @returns whether its last day is counted
   */
  async countUntil(tx: EntityManager, benefit: BenefitRecord, until: string): Promise<boolean> {
    const { id, fromDay, toDay, timeZone, customerId, line } = benefit;
    if (fromDay === null || timeZone === null) throw new Error(`discount ${id} has no days`);
    const end = toDay !== null && toDay < until ? toDay : until;
    const fees: { from: string; cents: number }[] = await tx.query(
      `select from_day::text as from, monthly_fee_cents::float8 as cents from benefit_fee where benefit_id = $1 order by from_day`,
      [id],
    );
    // Lines of before a merge, or of before it was undone, are theirs whoever they are now, unless another discount has the day.
    await tx.query(
      `update benefit_accrual d set customer_id = $2 where d.benefit_id = $1 and d.customer_id <> $2 and not exists (
         select from benefit_accrual o where o.customer_id = $2 and o.line = d.line and o.day = d.day)`,
      [id, customerId],
    );
    const others: { day: string }[] = await tx.query(
      `select day::text as day from benefit_accrual where customer_id = $1 and line = $2 and day >= $3 and day < $4 and benefit_id <> $5
       union select day::text from benefit_accrual where benefit_id = $5 and customer_id <> $1`,
      [customerId, line, fromDay, end, id],
    );
    const taken = new Set(others.map(({ day }) => day));
    const percent = benefit.values.percent ?? 0;
    const days = daysFrom(fromDay, end)
      .filter((date) => !taken.has(date))
      .map((date) => ({ date, percent, monthlyFeeCents: fees.findLast(({ from }) => from <= date)?.cents ?? 0 }));
    const lines = discountLines(days);
    await tx.query(
      `insert into benefit_accrual (benefit_id, customer_id, line, day, percent, monthly_fee_cents, amount_cents)
       select $1, $2, $3, d, $4, f, a from unnest($5::date[], $6::bigint[], $7::bigint[]) u (d, f, a)
       on conflict (benefit_id, day) do update set amount_cents = excluded.amount_cents, monthly_fee_cents = excluded.monthly_fee_cents`,
      [
        ...[id, customerId, line, percent],
        days.map(({ date }) => date),
        days.map(({ monthlyFeeCents }) => monthlyFeeCents),
        lines.map(({ amountCents }) => amountCents),
      ],
    );
    const isDone = toDay !== null && toDay <= until;
    const next = dayBegins(end, timeZone);
    await tx.query(
      `update benefit set next_accrual_at = case when state = 'active' then $2::timestamptz end where id = $1`,
      [id, isDone ? this.clock.now() : next],
    );
    return isDone;
  }

  /**
   * The end of a discount: the day it stopped in counts whole, nothing after it does. One message to billing, and what is owed
   * stands in the story. The case is locked by the caller.
   */
  async stop(tx: EntityManager, benefit: BenefitRecord, at: Date, actor: Actor, reason: string | null): Promise<void> {
    const now = this.clock.now();
    const last = firstDayAfter(at, benefit.timeZone ?? 'UTC');
    const to = benefit.toDay !== null && benefit.toDay < last ? benefit.toDay : last;
    benefit.toDay = benefit.fromDay !== null && to < benefit.fromDay ? benefit.fromDay : to;
    await tx.query('delete from benefit_accrual where benefit_id = $1 and day >= $2', [benefit.id, benefit.toDay]);
    await this.countUntil(tx, benefit, benefit.toDay);
    const [sum]: { cents: number; days: number }[] = await tx.query(
      `select coalesce(sum(amount_cents), 0)::float8 as cents, count(*)::int as days from benefit_accrual where benefit_id = $1 and customer_id = $2`,
      [benefit.id, benefit.customerId],
    );
    const { cents: totalCents, days } = sum ?? { cents: 0, days: 0 };
    await moveBenefit(tx, benefit, 'stopped', now, {
      ...{ to_day: benefit.toDay, next_accrual_at: null, value_cents: totalCents },
    });
    const { currency } = benefit;
    await record(tx, benefit.caseId, actor, 'goodwill', now, [
      { type: 'benefit.stopped', data: { ...said(benefit), totalCents, currency, days, reason } },
    ]);
    if (totalCents === 0) return;
    await this.outbox.tellOf(tx, 'fee_discount.stopped', benefit, {
      ...{
        amount: { cents: totalCents, currency },
        from: benefit.fromDay,
        to: benefit.toDay,
        days,
        line: benefit.line || null,
      },
      percent: benefit.values.percent,
    });
    await this.facts.add(tx, SYSTEM, benefit.caseId, {
      ...{ kind: 'owed', code: 'benefit', origin: `benefit-owed:${benefit.id}` },
      values: { ...benefit.values, kind: benefit.kind, owedCents: totalCents, currency },
    });
  }
}
