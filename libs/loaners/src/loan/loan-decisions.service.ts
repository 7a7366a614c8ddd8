import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may, type LoanDecisionBody, type LoanOutcome, type LoanRule } from '#contracts';
import { actorOf, FactService, isOpenCase, lockCase, record, type CaseRecord } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { LoanerHouse } from '../house/loaner-settings.service.js';
import { Reservations } from './reservations.service.js';

/** What is decided, on which case. */
export type LoanDecisionOrder = LoanDecisionBody & { caseId: string };

/** The rules that are looked up, as conditions on the customer of the case `$1` at the time `$2`. */
const LOOKED_UP: Record<Exclude<LoanRule['check'], 'person'>, string> = {
  earlier_lost: `exists (select from loan n join cases o on o.id = n.case_id where o.customer_id = c.customer_id and n.state = 'lost')`,
  overdue: `exists (select from loan n join cases o on o.id = n.case_id where o.customer_id = c.customer_id and n.case_id <> c.id and n.state = 'active'
    and n.due_at < $2 and (n.repair_order_id is null or n.repair_back_at is not null))`,
};

/** Whether somebody is lent a phone: decided with each of them, and written down whatever is decided. */
@Injectable()
export class LoanDecisions {
  constructor(
    private readonly house: LoanerHouse,
    private readonly reservations: Reservations,
    private readonly facts: FactService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the decision, and the loan when one is kept for them by it
   * @throws DomainError permission.denied, case.not_found, case.over, store.not_found, device.not_on_case, loan.rule_unknown, loan.not_eligible, and all a
   * reservation throws
   */
  async decide(
    tx: EntityManager,
    principal: Principal,
    order: LoanDecisionOrder,
  ): Promise<{ decisionId: string; loanId?: string }> {
    demand(principal, 'loaner.lend');
    const found = await lockCase(tx, principal, order.caseId);
    if (!isOpenCase(found.status)) throw new DomainError('case.over', { status: found.status });
    const stores: { name: string }[] = await tx.query('select name from store where id = $1', [order.storeId]);
    const storeName = stores[0]?.name;
    if (!storeName) throw new DomainError('store.not_found');
    await refuseForeign(tx, found.id, order.deviceId);
    const rule = order.outcome === 'not_eligible' ? await this.ruleOf(tx, order.rule) : null;
    if (order.outcome === 'accepted') await this.refuseByRule(tx, principal, found, order.reason);
    const factBefore = await factOfLast(tx, found.id);
    const loanId = order.outcome === 'accepted' ? await this.reservations.make(tx, principal, found, order) : null;
    const factId = await this.tell(tx, principal, found.id, factBefore, { order, rule, storeName });
    const { storeId, outcome, reason } = order;
    const decisionId = await this.write(tx, principal, order, {
      caseId: found.id,
      rule: rule?.code ?? null,
      loanId,
      factId,
    });
    const now = this.clock.now();
    const why = reason ?? rule?.text[principal.language] ?? null;
    await record(tx, found.id, actorOf(principal), 'api', now, [
      {
        type: 'loan.decided',
        data: { decisionId, outcome, storeId, storeName, rule: rule?.code ?? null, reason: why },
      },
    ]);
    return loanId ? { decisionId, loanId } : { decisionId };
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    { deviceId, repairId, storeId, outcome, modelId, reason }: LoanDecisionOrder,
    made: { caseId: string; rule: string | null; loanId: string | null; factId: string | null },
  ): Promise<string> {
    const id = newId();
    await tx.query(
      `insert into loan_decision (id, case_id, device_id, repair_order_id, store_id, outcome, model_id, rule, reason, loan_id, fact_id, by_id, by_name, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[id, made.caseId, deviceId ?? null, repairId ?? null, storeId, outcome, modelId ?? null, made.rule],
        ...[reason ?? null, made.loanId, made.factId, principal.id, principal.displayName, this.clock.now()],
      ],
    );
    return id;
  }

  /** Whether anything was decided on a case: it is asked for before somebody leaves a counter. Null: nothing. */
  async current(tx: EntityManager, caseId: string): Promise<LoanOutcome | null> {
    const rows: { outcome: LoanOutcome }[] = await tx.query(
      'select outcome from loan_decision where case_id = $1 order by at desc, id desc limit 1',
      [caseId],
    );
    return rows[0]?.outcome ?? null;
  }

  /** The rules in use that speak against it, of those that are looked up. */
  async against(tx: EntityManager, caseId: string): Promise<LoanRule[]> {
    const rules = (await this.house.settings(tx)).rules.filter(({ active, check }) => active && check !== 'person');
    const asked = Object.entries(LOOKED_UP).map(([check, condition]) => `'${check}', ${condition}`);
    const [row]: { hits: Record<string, boolean> }[] = await tx.query(
      `select json_build_object(${asked.join(', ')}) as hits from cases c where c.id = $1 and $2::timestamptz is not null`,
      [caseId, this.clock.now()],
    );
    return rules.filter(({ check }) => row?.hits[check] === true);
  }

  private async ruleOf(tx: EntityManager, code: string | undefined): Promise<LoanRule> {
    const rule = (await this.house.settings(tx)).rules.find((each) => each.code === code && each.active);
    if (!rule) throw new DomainError('loan.rule_unknown', { rule: code });
    return rule;
  }

  /** What a rule says no to, a supervisor may allow and says why. */
  private async refuseByRule(
    tx: EntityManager,
    principal: Principal,
    { id }: CaseRecord,
    reason: string | undefined,
  ): Promise<void> {
    const against = await this.against(tx, id);
    if (against.length === 0 || (may(principal.role, 'loaner.manage') && reason)) return;
    throw new DomainError('loan.not_eligible', { rules: against.map(({ code, text }) => ({ code, text })) });
  }

  /** What was decided before is told no more; of what is kept for them the reservation tells. */
  private async tell(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    before: string | null,
    { order, rule, storeName }: { order: LoanDecisionOrder; rule: LoanRule | null; storeName: string },
  ): Promise<string | null> {
    const { outcome, reason } = order;
    if (outcome === 'accepted') {
      if (before)
        await tx.query(
          `update story_fact set superseded_by = (select n.fact_id from loan n where n.case_id = $2 and n.slot is not null) where id = $1 and superseded_by is null`,
          [before, caseId],
        );
      return null;
    }
    return this.facts.renew(tx, actorOf(principal), caseId, before, {
      ...{ kind: 'decided', code: 'loan' },
      values: { says: outcome, store: storeName, reason: reason ?? rule?.text ?? null },
    });
  }
}

/** What they are lent a phone instead of is a phone of the case, or of its customer. @throws DomainError device.not_on_case */
async function refuseForeign(tx: EntityManager, caseId: string, deviceId: string | undefined): Promise<void> {
  if (deviceId === undefined) return;
  const theirs: unknown[] = await tx.query(
    `select from cases c where c.id = $1 and living_device($2) in (
       select living_device(d.device_id) from case_device d where d.case_id = c.id
       union all select living_device(o.device_id) from device_ownership o where o.customer_id = c.customer_id and o.until is null)`,
    [caseId, deviceId],
  );
  if (theirs.length === 0) throw new DomainError('device.not_on_case');
}

async function factOfLast(tx: EntityManager, caseId: string): Promise<string | null> {
  const rows: { factId: string | null }[] = await tx.query(
    'select fact_id as "factId" from loan_decision where case_id = $1 order by at desc, id desc limit 1',
    [caseId],
  );
  return rows[0]?.factId ?? null;
}
