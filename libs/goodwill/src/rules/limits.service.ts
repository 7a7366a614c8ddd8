import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  COUNTED_STATES,
  may,
  Role,
  type GoodwillLimits,
  type LegalTerms,
  type LegalVersion,
  type LimitsVersion,
  type Tier,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { fits } from './limit.rules.js';

const DAY_MS = 86_400_000;
const NEWEST = (table: string) =>
  `select v.version, v.content, case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as by, iso(v.created_at) as at
   from ${table} v left join agent a on a.id = v.created_by order by v.version desc limit 1`;

/** Who may give how much, and what the law says: each kept in versions, the newest counts. */
@Injectable()
export class GoodwillSettings {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  limits(tx: EntityManager): Promise<LimitsVersion> {
    return newest<LimitsVersion>(tx, 'goodwill_limits');
  }

  legal(tx: EntityManager): Promise<LegalVersion> {
    return newest<LegalVersion>(tx, 'legal_terms');
  }

  /** @throws DomainError permission.denied, goodwill.version_conflict */
  setLimits(tx: EntityManager, principal: Principal, version: number, content: GoodwillLimits): Promise<void> {
    return this.write(tx, principal, 'goodwill_limits', version, content);
  }

  /** @throws DomainError permission.denied, goodwill.version_conflict */
  setLegal(tx: EntityManager, principal: Principal, version: number, content: LegalTerms): Promise<void> {
    return this.write(tx, principal, 'legal_terms', version, content);
  }

  /**
   * What a customer was given within the window, by whomever; of other currencies nothing can be said.
   * @param butFor a repair, of which something else is to be said
   */
  async used(
    tx: EntityManager,
    customerId: string,
    { windowDays, currency }: GoodwillLimits,
    butFor: string | null = null,
  ): Promise<number> {
    const [row]: { cents: number }[] = await tx.query(
      `select coalesce(sum(value_cents), 0)::float8 as cents from benefit
       where customer_id = $1 and state = any($2) and currency = $3 and decided_at > $4 and ($5::uuid is null or repair_id is distinct from $5)`,
      [customerId, [...COUNTED_STATES], currency, new Date(this.clock.now().getTime() - windowDays * DAY_MS), butFor],
    );
    return row?.cents ?? 0;
  }

  /** Who else could let somebody have so much: told that it waits for them. */
  async approvers(
    tx: EntityManager,
    askedBy: string,
    limits: GoodwillLimits,
    asked: { tier: Tier; used: number; value: number },
  ): Promise<string[]> {
    const roles = Role.options.filter(
      (role) => may(role, 'goodwill.approve') && fits(limits, role, asked.tier, asked.used, asked.value),
    );
    const rows: { id: string }[] = await tx.query(
      `select id from agent where role = any($1) and active and id <> $2 order by id limit 50`,
      [roles, askedBy],
    );
    return rows.map(({ id }) => id);
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    table: string,
    version: number,
    content: object,
  ): Promise<void> {
    demand(principal, 'goodwill.manage');
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [table]);
    const current = await newest<{ version: number }>(tx, table);
    if (current.version !== version) throw new DomainError('goodwill.version_conflict', { version: current.version });
    await tx.query(`insert into ${table} (version, content, created_by, created_at) values ($1, $2, $3, $4)`, [
      version + 1,
      JSON.stringify(content),
      principal.id,
      this.clock.now(),
    ]);
  }
}

async function newest<T>(tx: EntityManager, table: string): Promise<T> {
  const [row]: T[] = await tx.query(NEWEST(table));
  if (!row) throw new Error(`${table} is empty`);
  return row;
}
