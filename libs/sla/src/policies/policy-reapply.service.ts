import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '#cases';
import { ERRORS, type ErrorCode, type ReapplyBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, withRetry, type Clock } from '#platform';
import { ReapplyService, type Reapplied } from '../clocks/reapply.service.js';
import { TO_BE_GIVEN } from './policy.store.js';

/** Cases in one transaction: what else happens in them waits for so long only. */
const PORTION = 300;
/**
 * Lost a race, the connection, or the server goes down: the portion is taken again, no case is to blame. A statement that took too
 * long (57014) says nothing of the kind: half as many take half as long, and one alone that takes too long is to blame.
 */
const NOT_THE_CASE = /^(40|08|57P|53)/u;

interface Run {
  id: string;
  versionId: string;
  byId: string;
  byName: string;
}

/**
 * Gives the newest version of a policy to cases that run already. Which cases is written down first, each has its turn
 * once: what became of it commits with what was done, so a run goes on wherever it was cut short, by as many as look.
 */
@Injectable()
export class PolicyReapplies {
  private readonly log = new Logger(PolicyReapplies.name);

  constructor(
    private readonly database: DataSource,
    private readonly clocks: ReapplyService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Writes down which cases are to have their turn.
   * @returns the id of the run
   * @throws DomainError permission.denied, policy.not_found, policy.version_conflict, policy.reapply_running
   */
  async start(tx: EntityManager, principal: Principal, policyId: string, body: ReapplyBody): Promise<string> {
    demand(principal, 'sla.write');
    const { id: versionId } = await newestOf(tx, policyId, body.version);
    const now = this.clock.now();
    const [run]: { id: string }[] = await tx.query(
      `insert into policy_reapply (id, policy_id, version_id, state, started_by, started_at) values ($1, $2, $3, 'running', $4, $5)
       on conflict (policy_id) where state = 'running' do nothing returning id`,
      [newId(), policyId, versionId, principal.id, now],
    );
    if (!run) throw new DomainError('policy.reapply_running');
    await tx.query(
      `insert into policy_reapply_item (reapply_id, case_id) select $3::uuid, given.case_id from (${TO_BE_GIVEN}) given`,
      [policyId, versionId, run.id],
    );
    await finish(tx, run.id, now);
    return run.id;
  }

  /**
   * The next cases of the runs that go on; several processes share the work.
   * @returns true when there may be more
   */
  takeSome(): Promise<boolean> {
    return withRetry(this.database, (tx) => this.takeNext(tx));
  }

  /** As `takeSome`, in the caller's transaction. */
  async takeNext(tx: EntityManager): Promise<boolean> {
    const runs: Run[] = await tx.query(
      `select r.id, r.version_id as "versionId", a.id as "byId", a.display_name as "byName"
       from policy_reapply r join agent a on a.id = r.started_by where r.state = 'running' order by r.started_at, r.id`,
    );
    for (const run of runs) {
      const waiting: { id: string }[] = await tx.query(
        `select case_id as id from policy_reapply_item where reapply_id = $1 and outcome is null order by case_id limit ${PORTION} for update skip locked`,
        [run.id],
      );
      if (waiting.length === 0) await finish(tx, run.id, this.clock.now());
      else if (
        (await this.take(
          tx,
          run,
          waiting.map(({ id }) => id),
        )) > 0
      )
        return true;
    }
    return false;
  }

  /** @returns how many had their turn; cases somebody has in hand wait for the next look */
  private async take(tx: EntityManager, run: Run, caseIds: string[]): Promise<number> {
    const actor: Actor = { kind: 'agent', id: run.byId, name: run.byName };
    const results = await this.each(tx, run.versionId, caseIds, actor);
    await tx.query(
      `update policy_reapply_item i set outcome = t.outcome, reason = t.reason
       from jsonb_to_recordset($2::jsonb) as t (id uuid, outcome text, reason text) where i.reapply_id = $1 and i.case_id = t.id`,
      [run.id, JSON.stringify([...results].map(([id, result]) => ({ id, ...result })))],
    );
    return results.size;
  }

  /** A case that cannot be changed holds up no other. */
  private async each(
    tx: EntityManager,
    versionId: string,
    caseIds: string[],
    by: Actor,
  ): Promise<Map<string, Reapplied>> {
    await tx.query('savepoint portion');
    const done = await this.clocks.reapply(tx, versionId, caseIds, by).catch((error: unknown) => ({ error }));
    if (done instanceof Map) {
      await tx.query('release savepoint portion');
      return done;
    }
    if (NOT_THE_CASE.test(sqlState(done.error) ?? '')) throw done.error;
    await tx.query('rollback to savepoint portion');
    await tx.query('release savepoint portion');
    const [only] = caseIds;
    if (caseIds.length === 1 && only) return new Map([[only, this.failed(only, done.error)]]);
    const results = new Map<string, Reapplied>();
    for (const half of [caseIds.slice(0, caseIds.length >> 1), caseIds.slice(caseIds.length >> 1)])
      for (const [id, result] of await this.each(tx, versionId, half, by)) results.set(id, result);
    return results;
  }

  private failed(caseId: string, error: unknown): Reapplied {
    this.log.error(`clocks of ${caseId} keep their version: ${String(error)}`);
    return { outcome: 'failed', reason: error instanceof DomainError ? error.code : 'policy.case_unwritten' };
  }
}

/** Done when nobody waits; also one for nobody. */
async function finish(tx: EntityManager, id: string, now: Date): Promise<void> {
  await tx.query(
    `update policy_reapply set state = 'done', finished_at = $2 where id = $1 and state = 'running'
       and not exists (select from policy_reapply_item where reapply_id = $1 and outcome is null)`,
    [id, now],
  );
}

/** @throws DomainError policy.not_found, policy.version_conflict */
export async function newestOf(
  tx: EntityManager,
  policyId: string,
  version: number,
): Promise<{ id: string; version: number }> {
  const rows: { id: string; version: number }[] = await tx.query(
    'select id, version from sla_policy_version where policy_id = $1 order by version desc limit 1',
    [policyId],
  );
  if (!rows[0]) throw new DomainError('policy.not_found');
  if (rows[0].version !== version) throw new DomainError('policy.version_conflict', { version: rows[0].version });
  return rows[0];
}

export const isErrorCode = (code: string): code is ErrorCode => code in ERRORS;
