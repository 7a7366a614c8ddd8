import type { EntityManager } from 'typeorm';
import type { GoodwillRule } from '#contracts';

/** The newest version of each rule (SQL). */
export const NEWEST_RULES = `select distinct on (v.rule_id) r.id, r.name, r.is_active, r.swept_to, v.version, v.after_days, v.tiers, v.lacks, v.terms, v.created_by, v.created_at
  from goodwill_rule_version v join goodwill_rule r on r.id = v.rule_id order by v.rule_id, v.version desc`;

const RULE = `select n.id, n.name, n.is_active as "isActive", n.version, n.after_days as "afterDays", n.tiers, n.lacks, n.terms,
    case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as by, iso(n.created_at) as at
  from (${NEWEST_RULES}) n left join agent a on a.id = n.created_by`;

/** All there are, as they stand: a house has a handful. In the order they come to be proposed in. */
export const allRules = (tx: EntityManager): Promise<GoodwillRule[]> =>
  tx.query(`${RULE} order by n.is_active desc, n.after_days, n.name`);

export const activeRules = async (tx: EntityManager): Promise<GoodwillRule[]> =>
  (await allRules(tx)).filter(({ isActive }) => isActive);
