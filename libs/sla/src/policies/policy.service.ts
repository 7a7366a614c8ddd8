import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewPolicyBody, PatchPolicyBody, PolicyConditions, PutPolicyBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { RuleBook } from '../clocks/rule-book.js';
import { NEWEST } from './policy.store.js';

const UNIQUE_VIOLATION = '23505';
/** Between two that follow each other. */
const GAP = 10;

/** Who may take how long. What a policy states is never rewritten: a change is another version, which new cases take. */
@Injectable()
export class PolicyService {
  constructor(
    private readonly book: RuleBook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Stands before the first that is for every case: after it it would never be chosen.
   * @returns its id
   * @throws DomainError permission.denied, policy.name_taken, policy.no_such_calendar, calendar.never_opens
   */
  async create(tx: EntityManager, principal: Principal, body: NewPolicyBody): Promise<string> {
    demand(principal, 'sla.write');
    await this.check(tx, body);
    await lockAll(tx);
    const id = newId();
    await named(() => tx.query('insert into sla_policy (id, name, position) values ($1, $2, 0)', [id, body.name]));
    await this.write(tx, principal, id, 1, body);
    const others = (await ordered(tx)).filter((one) => one.id !== id);
    const isSpecial = Object.keys(sorted(body.conditions)).length > 0;
    const catchAll = isSpecial ? others.findIndex((one) => one.isActive && one.isCatchAll) : -1;
    await place(tx, others.map((one) => one.id).toSpliced(catchAll < 0 ? others.length : catchAll, 0, id));
    return id;
  }

  /**
   * @throws DomainError permission.denied, policy.not_found, policy.version_conflict, policy.name_taken, policy.no_such_calendar,
   *   policy.last_catch_all, calendar.never_opens
   */
  async change(tx: EntityManager, principal: Principal, id: string, body: PutPolicyBody): Promise<void> {
    demand(principal, 'sla.write');
    await this.check(tx, body);
    await lockAll(tx);
    const rows: { version: number; isSame: boolean }[] = await tx.query(
      `select v.version, v.conditions = $2::jsonb and v.targets = $3::jsonb as "isSame" from sla_policy_version v
       where v.policy_id = $1 order by v.version desc limit 1`,
      [id, JSON.stringify(sorted(body.conditions)), JSON.stringify(body.targets)],
    );
    const [current] = rows;
    if (!current) throw new DomainError('policy.not_found');
    if (current.version !== body.version)
      throw new DomainError('policy.version_conflict', { version: current.version });
    await named(() => tx.query('update sla_policy set name = $2 where id = $1', [id, body.name]));
    if (current.isSame) return;
    await this.write(tx, principal, id, current.version + 1, body);
    await demandCatchAll(tx);
  }

  /** @throws DomainError permission.denied, policy.not_found, policy.last_catch_all */
  async arrange(tx: EntityManager, principal: Principal, id: string, body: PatchPolicyBody): Promise<void> {
    demand(principal, 'sla.write');
    await lockAll(tx);
    const others = (await ordered(tx)).map((one) => one.id);
    if (!others.includes(id)) throw new DomainError('policy.not_found');
    if (body.isActive !== undefined)
      await tx.query('update sla_policy set is_active = $2 where id = $1', [id, body.isActive]);
    if (body.isActive === false) await demandCatchAll(tx);
    if (body.place !== undefined) await place(tx, others.filter((other) => other !== id).toSpliced(body.place, 0, id));
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    id: string,
    version: number,
    { conditions, targets }: Pick<NewPolicyBody, 'conditions' | 'targets'>,
  ): Promise<void> {
    await tx.query(
      `insert into sla_policy_version (id, policy_id, version, conditions, targets, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), id, version, sorted(conditions), targets, principal.id, this.clock.now()],
    );
  }

  /** Every time has to come some day. */
  private async check(tx: EntityManager, { targets }: Pick<NewPolicyBody, 'targets'>): Promise<void> {
    const now = this.clock.now().getTime();
    for (const [metric, target] of Object.entries(targets)) {
      const one = await this.book.countings(tx, [{ [metric]: target }]).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'calendar.not_found')
          throw new DomainError('policy.no_such_calendar', { metric });
        throw error;
      });
      one.get(target.calendar)?.after(now, target.minutes);
    }
  }
}

/** In one order, whatever order they were asked in. */
const sorted = (conditions: PolicyConditions): PolicyConditions =>
  Object.fromEntries(Object.entries(conditions).flatMap(([key, words]) => (words ? [[key, words.toSorted()]] : [])));

async function named(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('policy.name_taken');
    throw error;
  }
}

/** One edit after the other: where each stands and which is the last for every case is said of all together. */
async function lockAll(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('sla_policy'))`);
}

const ordered = (tx: EntityManager): Promise<{ id: string; isActive: boolean; isCatchAll: boolean }[]> =>
  tx.query(
    `select p.id, p.is_active as "isActive", n.conditions = '{}' as "isCatchAll" from sla_policy p
     cross join lateral (select v.conditions from sla_policy_version v where v.policy_id = p.id order by v.version desc limit 1) n
     order by p.position, p.id`,
  );

async function place(tx: EntityManager, ids: string[]): Promise<void> {
  await tx.query(
    `update sla_policy p set position = o.n * $2 from unnest($1::uuid[]) with ordinality o (id, n) where p.id = o.id and p.position <> o.n * $2`,
    [ids, GAP],
  );
}

/** @throws DomainError policy.last_catch_all when there is no active policy left that is for every case */
async function demandCatchAll(tx: EntityManager): Promise<void> {
  const [{ found } = { found: false }]: { found: boolean }[] = await tx.query(
    `select exists (select from (${NEWEST}) n where n.conditions = '{}') as found`,
  );
  if (!found) throw new DomainError('policy.last_catch_all');
}
