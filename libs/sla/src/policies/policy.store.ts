import type { EntityManager } from 'typeorm';
import type { PolicyTargets } from '#contracts';

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

/** One of a list, or there is no list. */
const oneOf = (key: string, column: string) =>
  `(v.conditions -> '${key}' is null or v.conditions -> '${key}' ? ${column})`;
const anyOf = (key: string, column: string) =>
  `(v.conditions -> '${key}' is null or v.conditions -> '${key}' ?| ${column})`;

/** @returns of each case the newest version of the first active policy whose conditions are true of it; without one it has no clocks */
export async function choosePolicies(tx: EntityManager, caseIds: string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map();
  const rows: { caseId: string; versionId: string }[] = await tx.query(
    `select c.id as "caseId", chosen.id as "versionId" from cases c join customer cu on cu.id = c.customer_id cross join lateral (
       select v.id from sla_policy p join lateral (
         select * from sla_policy_version v where v.policy_id = p.id order by v.version desc limit 1) v on true
       where p.is_active and ${oneOf('priorities', 'c.priority')} and ${oneOf('tiers', 'cu.tier')}
         and ${anyOf('channels', 'c.channels')} and ${anyOf('lacks', 'c.lacks')}
       order by p.position, p.id limit 1) chosen
     where c.id = any($1)`,
    [caseIds],
  );
  return new Map(rows.map(({ caseId, versionId }) => [caseId, versionId]));
}
