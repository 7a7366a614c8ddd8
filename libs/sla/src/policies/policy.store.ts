import type { EntityManager } from 'typeorm';
import type { PolicyCondition, PolicyTargets } from '#contracts';

/** Which version of which policy a case runs by. */

/** @returns the targets of these versions, by their id */
export async function targetsOf(tx: EntityManager, versionIds: string[]): Promise<Map<string, PolicyTargets>> {
  if (versionIds.length === 0) return new Map();
  const rows: { id: string; targets: PolicyTargets }[] = await tx.query(
    'select id, targets from sla_policy_version where id = any($1)',
    [versionIds],
  );
  return new Map(rows.map(({ id, targets }) => [id, targets]));
}

/** One of a list, or there is no list. Of a version `v`. */
const oneOf = (key: PolicyCondition, fact: string) =>
  `(v.conditions -> '${key}' is null or v.conditions -> '${key}' ? ${fact})`;
const anyOf = (key: PolicyCondition, fact: string) =>
  `(v.conditions -> '${key}' is null or v.conditions -> '${key}' ?| ${fact})`;

/** Whether it is true of facts `f`, each for itself (SQL). */
export const HOLDS: Record<PolicyCondition, string> = {
  priorities: oneOf('priorities', 'f.priority'),
  tiers: oneOf('tiers', 'f.tier'),
  channels: anyOf('channels', 'f.channels'),
  lacks: anyOf('lacks', 'f.lacks'),
};
const ALL_HOLD = Object.values(HOLDS).join(' and ');

/** The newest version of each active policy. */
export const NEWEST = `select distinct on (v.policy_id) v.id, v.policy_id, v.version, v.conditions, v.targets, p.name, p.position
  from sla_policy_version v join sla_policy p on p.id = v.policy_id where p.is_active order by v.policy_id, v.version desc`;

/** Of those in `newest` the first whose conditions are true of `f`: the one thing that chooses, for cases and for who asks what would be. */
const FIRST = (column: string) =>
  `(select v.${column} from newest v where ${ALL_HOLD} order by v.position, v.policy_id limit 1)`;

/**
 * What is asked of cases `c`. What they lack are all kinds their problems are about: a loan phone does not make it another
 * kind of problem.
 */
const FACTS = `select c.id, c.priority, cu.tier, c.channels,
    array(select i.kind from impact i where i.case_id = c.id and i.state <> 'restored') as lacks
  from cases c join customer cu on cu.id = c.customer_id`;

/** @returns of each case the newest version of the first active policy whose conditions are true of it; without one it has no clocks */
export async function choosePolicies(tx: EntityManager, caseIds: string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map();
  const rows: { caseId: string; versionId: string | null }[] = await tx.query(
    `with newest as materialized (${NEWEST})
     select f.id as "caseId", ${FIRST('id')} as "versionId" from (${FACTS} where c.id = any($1)) f`,
    [caseIds],
  );
  return new Map(rows.flatMap(({ caseId, versionId }) => (versionId === null ? [] : [[caseId, versionId]])));
}

/**
 * Open cases a version of a policy would be given to: those that would go by this policy today, and those that go by another
 * version of it (SQL). `$1`: the policy, `$2`: the version.
 */
export const TO_BE_GIVEN = `with newest as materialized (${NEWEST})
  select f.case_id from (select l.case_id, l.policy_version_id, facts.* from case_ledger l join (${FACTS}) facts on facts.id = l.case_id where not l.is_over) f
    left join sla_policy_version current on current.id = f.policy_version_id
  where f.policy_version_id is distinct from $2::uuid and (current.policy_id = $1::uuid or ${FIRST('policy_id')} = $1::uuid)`;
