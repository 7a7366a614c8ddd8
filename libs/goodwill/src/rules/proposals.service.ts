import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BenefitValues, GoodwillLimits, ImpactKind, RuleTerms, Tier } from '#contracts';
import { recordMany, SYSTEM, type CaseEvents } from '#cases';
import { CLOCK, CONFIG, newId, type Clock, type Config } from '#platform';
import { SINCE } from '../benefits/impairment.js';
import { NEWEST_FEE } from '../benefits/known-fees.js';
import { countedValue } from './limit.rules.js';
import { GoodwillSettings } from './limits.service.js';
import { NEWEST_RULES } from './rule-shelf.js';

/** So many cases of one rule are proposed something in one transaction. */
const PORTION = 100;
/** What a ledger says late, or of a case somebody else had in hand, is seen as long as this after it was due. */
const LATE = '30 days';

interface DueRule {
  id: string;
  name: string;
  version: number;
  afterDays: number;
  tiers: Tier[];
  lacks: ImpactKind[];
  terms: RuleTerms;
}

interface Candidate {
  caseId: string;
  customerId: string;
  tier: Tier;
  fee: { monthlyFeeCents: number; currency: string } | null;
}

/**
 * Open cases that have been without something for so many days, by the ledger the clocks keep and then, of these, to the minute;
 * nobody who was proposed it before, and no discount to who has one (SQL). `$1` rule, `$2` now, `$3` days, `$4` zone, `$5` tiers,
 * `$6` lacks, `$7` looked up to, `$8` kind.
 */
const CANDIDATES = `
  with near as materialized (
    select l.case_id as id from case_ledger l join cases c on c.id = l.case_id join customer cu on cu.id = c.customer_id
    where not l.is_over and l.without_service and c.is_open
      and l.without_since <= $2::timestamptz - make_interval(hours => $3 * 24 - 2)
      and ($7::timestamptz is null or l.without_since > $7::timestamptz - make_interval(days => $3) - interval '${LATE}')
      and (cardinality($5::text[]) = 0 or cu.tier = any($5)) and (cardinality($6::text[]) = 0
        or exists (select from impact i where i.case_id = c.id and i.state <> 'restored' and i.kind = any($6)))
      and not exists (select from benefit b where b.rule_id = $1 and b.case_id = l.case_id)
      and ($8 <> 'fee_discount' or not exists (select from benefit b where b.case_id = l.case_id and b.kind = $8 and b.state = 'active')))
  select c.id as "caseId", c.customer_id as "customerId", cu.tier, ${NEWEST_FEE('c.customer_id')} as fee
  from near n join cases c on c.id = n.id join customer cu on cu.id = c.customer_id
  where (${SINCE('c.id')} at time zone $4 + make_interval(days => $3)) at time zone $4 <= $2
  order by c.id limit ${PORTION} for update of c skip locked`;

/** Proposes what rules offer, when its day has come: once of each rule and case, whoever looks and however often. */
@Injectable()
export class RuleProposals {
  constructor(
    private readonly settings: GoodwillSettings,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A portion of one rule. @returns whether there may be more right away */
  async proposeSome(tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const rules: (DueRule & { sweptTo: Date | null })[] = await tx.query(
      `select n.id, n.name, n.version, n.after_days as "afterDays", n.tiers, n.lacks, n.terms, n.swept_to as "sweptTo" from (${NEWEST_RULES}) n
       where n.is_active order by n.swept_to nulls first, n.id`,
    );
    const { content: limits } = await this.settings.limits(tx);
    for (const rule of rules) {
      const { id, afterDays, tiers, lacks, sweptTo } = rule;
      const due: Candidate[] = await tx.query(CANDIDATES, [
        ...[id, now, afterDays, this.config.timeZone, tiers, lacks, sweptTo, rule.terms.kind],
      ]);
      const written = await this.write(tx, rule, due, limits, now);
      await recordMany(tx, SYSTEM, 'goodwill', now, written);
      if (due.length === PORTION) return true;
      await tx.query('update goodwill_rule set swept_to = $2 where id = $1', [id, now]);
    }
    return false;
  }

  private async write(
    tx: EntityManager,
    rule: DueRule,
    due: Candidate[],
    limits: GoodwillLimits,
    now: Date,
  ): Promise<CaseEvents[]> {
    const { kind, ...terms } = rule.terms;
    const proposed = due.map(({ fee, ...candidate }) => {
      const values: BenefitValues =
        kind === 'fee_discount' ? { ...terms, monthlyFeeCents: fee?.monthlyFeeCents ?? null } : { ...terms };
      const currency = 'currency' in rule.terms ? rule.terms.currency : (fee?.currency ?? limits.currency);
      if (kind === 'fee_discount') values.currency = currency;
      return { ...candidate, id: newId(), values, currency, valueCents: countedValue(kind, values, limits) };
    });
    const rows: { id: string }[] = await tx.query(
      `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, rule_id, rule_version, created_at, state_at)
       select p.id, p."caseId", p."customerId", $2, 'proposed', p."values", p."valueCents", p.currency, p.tier, $3, $4, $5, $5
       from jsonb_to_recordset($1) p (id uuid, "caseId" uuid, "customerId" uuid, "values" jsonb, "valueCents" bigint, currency text, tier text)
       on conflict do nothing returning id`,
      [JSON.stringify(proposed), kind, rule.id, rule.version, now],
    );
    const kept = new Set(rows.map(({ id }) => id));
    return proposed
      .filter(({ id }) => kept.has(id))
      .map(({ id, caseId, values }) => ({
        caseId,
        events: [
          {
            type: 'benefit.proposed',
            data: { benefitId: id, kind, values, ruleName: rule.name, needs: [], approverIds: [] },
          },
        ],
      }));
  }
}
