import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { GoodwillRule, NewGoodwillRuleBody, PutGoodwillRuleBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { unfairRule } from './equity.rules.js';
import { activeRules, allRules } from './rule-shelf.js';

const UNIQUE_VIOLATION = '23505';

/** What is offered by itself, and when. What a rule says is never rewritten: a change is another version. */
@Injectable()
export class GoodwillRules {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  list(tx: EntityManager): Promise<GoodwillRule[]> {
    return allRules(tx);
  }

  /** @throws DomainError goodwill.rule_not_found */
  async find(tx: EntityManager, id: string): Promise<GoodwillRule> {
    const found = (await allRules(tx)).find((rule) => rule.id === id);
    if (!found) throw new DomainError('goodwill.rule_not_found');
    return found;
  }

  /** @throws DomainError permission.denied, goodwill.name_taken, goodwill.rule_unfair */
  async create(tx: EntityManager, principal: Principal, body: NewGoodwillRuleBody): Promise<string> {
    demand(principal, 'goodwill.manage');
    await lockRules(tx);
    const id = newId();
    await named(() =>
      tx.query('insert into goodwill_rule (id, name, created_at) values ($1, $2, $3)', [
        id,
        body.name,
        this.clock.now(),
      ]),
    );
    await this.write(tx, principal, id, 1, body);
    await demandFair(tx);
    return id;
  }

  /** @throws DomainError permission.denied, goodwill.rule_not_found, goodwill.version_conflict, goodwill.name_taken, goodwill.rule_unfair */
  async change(tx: EntityManager, principal: Principal, id: string, body: PutGoodwillRuleBody): Promise<void> {
    demand(principal, 'goodwill.manage');
    await lockRules(tx);
    const current = await this.find(tx, id);
    if (current.version !== body.version)
      throw new DomainError('goodwill.version_conflict', { version: current.version });
    await named(() =>
      tx.query('update goodwill_rule set name = $2, is_active = $3 where id = $1', [id, body.name, body.isActive]),
    );
    if (!isSame(current, body)) await this.write(tx, principal, id, body.version + 1, body);
    if (body.isActive && !current.isActive) await forgetSweep(tx, id);
    await demandFair(tx);
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    id: string,
    version: number,
    { afterDays, tiers, lacks, terms }: NewGoodwillRuleBody,
  ): Promise<void> {
    await tx.query(
      `insert into goodwill_rule_version (id, rule_id, version, after_days, tiers, lacks, terms, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[newId(), id, version, afterDays, tiers.toSorted(), lacks.toSorted()],
        ...[JSON.stringify(terms), principal.id, this.clock.now()],
      ],
    );
    await forgetSweep(tx, id);
  }
}

type Says = Pick<GoodwillRule, 'afterDays' | 'tiers' | 'lacks' | 'terms'>;
const written = ({ afterDays, tiers, lacks, terms }: Says): string =>
  JSON.stringify([afterDays, tiers.toSorted(), lacks.toSorted(), Object.entries(terms).toSorted()]);
const isSame = (one: Says, other: Says): boolean => written(one) === written(other);

/** Everybody is looked at anew: who has come to it already is proposed it too. */
async function forgetSweep(tx: EntityManager, id: string): Promise<void> {
  await tx.query('update goodwill_rule set swept_to = null where id = $1', [id]);
}

/** One edit after the other: whether rules are fair is said of all together. */
async function lockRules(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('goodwill_rule'))`);
}

/** @throws DomainError goodwill.rule_unfair */
async function demandFair(tx: EntityManager): Promise<void> {
  const unfair = unfairRule(await activeRules(tx));
  if (unfair) throw new DomainError('goodwill.rule_unfair', unfair);
}

async function named(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('goodwill.name_taken');
    throw error;
  }
}
