import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { errorText, type Language, type PolicyReapply, type ReapplyPreview } from '#contracts';
import { CLOCK, DomainError, type Clock as Time } from '#platform';
import { EMPTY_LEDGER, isLive, type Clock } from '../clocks/clock.rules.js';
import { overtaken } from '../clocks/ledger.rules.js';
import { CLOCK_JSON } from '../clocks/ledger.store.js';
import { given, namedAllAlong, namesMore } from '../clocks/named-anew.js';
import { RuleBook } from '../clocks/rule-book.js';
import { isErrorCode, newestOf } from './policy-reapply.service.js';
import { TO_BE_GIVEN } from './policy.store.js';

/** Cases whose clocks are looked at together. */
const PORTION = 2000;
/** More are not read by anybody: they are as many as the count says. */
const MOST_FAILURES = 100;
const NOBODY = { kind: 'system', id: null, name: 'Hilo' } as const;

/** What giving a policy to running cases would do, and how far it is. */
@Injectable()
export class ReapplyReader {
  constructor(
    private readonly book: RuleBook,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /**
   * What would be now; nothing is written and nobody waits.
   * @throws DomainError policy.not_found, policy.version_conflict
   */
  async preview(tx: EntityManager, policyId: string, version: number): Promise<ReapplyPreview> {
    const { id: versionId } = await newestOf(tx, policyId, version);
    const cases: { id: string }[] = await tx.query(
      `select given.case_id as id from (${TO_BE_GIVEN}) given order by given.case_id`,
      [policyId, versionId],
    );
    const sum: ReapplyPreview = {
      ...{ version, cases: cases.length, clocks: 0, becomeLate: 0, stopBeingLate: 0, begin: 0, end: 0 },
    };
    for (let at = 0; at < cases.length; at += PORTION)
      await this.add(
        tx,
        sum,
        versionId,
        cases.slice(at, at + PORTION).map(({ id }) => id),
      );
    return sum;
  }

  /** @throws DomainError policy.reapply_not_found */
  async find(tx: EntityManager, id: string, language: Language): Promise<PolicyReapply> {
    const rows: (Omit<PolicyReapply, 'failures'> & {
      failures: { caseId: string; reference: string; code: string }[];
    })[] = await tx.query(
      `select r.id, r.policy_id as "policyId", v.version, r.state, json_build_object('id', a.id, 'displayName', a.display_name) as by,
           iso(r.started_at) as at, iso(r.finished_at) as "finishedAt", n.*,
           coalesce((select json_agg(f) from (select i.case_id as "caseId", c.reference, i.reason as code from policy_reapply_item i join cases c on c.id = i.case_id
             where i.reapply_id = r.id and i.outcome = 'failed' order by i.case_id limit ${MOST_FAILURES}) f), '[]') as failures
         from policy_reapply r join sla_policy_version v on v.id = r.version_id join agent a on a.id = r.started_by
           cross join lateral (select count(*)::int as total, count(outcome)::int as done, (count(*) filter (where outcome = 'changed'))::int as changed,
             (count(*) filter (where outcome = 'failed'))::int as failed from policy_reapply_item i where i.reapply_id = r.id) n
         where r.id = $1`,
      [id],
    );
    const [run] = rows;
    if (!run) throw new DomainError('policy.reapply_not_found');
    const message = (code: string) => (isErrorCode(code) ? errorText(code, language) : code);
    return { ...run, failures: run.failures.map((failure) => ({ ...failure, message: message(failure.code) })) };
  }

  /** By the same rules as it will be done. */
  private async add(tx: EntityManager, sum: ReapplyPreview, versionId: string, caseIds: string[]): Promise<void> {
    const now = this.time.now().getTime();
    const groups: { from: string | null; ids: string[]; clocks: Clock[] }[] = await tx.query(
      `select l.policy_version_id as from, array_agg(l.case_id) as ids,
         (select coalesce(json_agg(${CLOCK_JSON}), '[]') from clock k join case_ledger o on o.case_id = k.case_id
          where k.case_id = any($1) and o.policy_version_id is not distinct from l.policy_version_id and k.met_at is null and k.ended_at is null and k.minutes is not null) as clocks
       from case_ledger l where l.case_id = any($1) group by l.policy_version_id`,
      [caseIds],
    );
    const rules = await this.book.of(tx, [versionId, ...groups.map(({ from }) => from)]);
    const after = rules.of(versionId);
    for (const { from, ids, clocks } of groups) {
      const before = rules.of(from);
      const was = overtaken({ ...EMPTY_LEDGER, clocks }, now).ledger;
      const is = overtaken(given(was, now, NOBODY, before, after).ledger, now).ledger;
      was.clocks.forEach((clock, at) => count(sum, clock, is.clocks[at] ?? clock));
      if (!namesMore(before, after)) continue;
      for (const allAlong of (await namedAllAlong(tx, ids, after)).values())
        countNew(sum, overtaken(given(EMPTY_LEDGER, now, NOBODY, before, after, allAlong).ledger, now).ledger.clocks);
    }
  }
}

/** A team's counts as its customer's does, until it stands still alone. */
function countNew(sum: ReapplyPreview, clocks: Clock[]): void {
  const begun = clocks.filter(({ side }) => side !== 'team');
  sum.begin += begun.length;
  sum.becomeLate += begun.filter(({ breachedAt }) => breachedAt !== null).length;
}

function count(sum: ReapplyPreview, was: Clock, is: Clock): void {
  if (!isLive(is)) sum.end += 1;
  else if (was !== is) {
    sum.clocks += 1;
    if (was.breachedAt === null && is.breachedAt !== null) sum.becomeLate += 1;
    if (was.breachedAt !== null && is.breachedAt === null) sum.stopBeingLate += 1;
  }
}
