import type { EntityManager } from 'typeorm';
import type { RepairStage } from '#contracts';

/** What the quote of a repair sets aside of goodwill. */
export interface SetAside {
  quoteId: string;
  cents: number;
  currency: string;
}

/** Where the repair `$2` is that was told of on `$1`: on the case it was opened on, wherever that is now. */
const HOME = `select living_case(coalesce((select e.case_id from case_event e
  where e.case_id = any(kin_of($1)) and e.type = 'repair.opened' and e.data ->> 'repairId' = $2 limit 1), $1)) as id`;

/** How many repairs were ever opened on the case `$1`, or on one that is part of it now. */
const REPAIRS = `(select count(distinct e.data ->> 'repairId') from case_event e
  where e.case_id = any(kin_of($1)) and e.type = 'repair.opened' and living_case(e.case_id) = $1)`;

/** Stages in which nothing is repaired that anybody could put something towards. */
const COMES_TO_NOTHING: readonly RepairStage[] = ['unrepairable', 'declined', 'cancelled'];

/**
 * The quote that holds, as events of the case tell: rooms beside each other know no tables of each other. An approved version holds
 * until another is approved; one that is declined, or runs out, takes nothing from the one before.
 * @returns null: there is none, it sets nothing aside, or the repair comes to nothing
 */
export async function setAsideFor(tx: EntityManager, caseId: string, repairId: string): Promise<SetAside | null> {
  const rows: SetAside[] = await tx.query(
    `select q.id as "quoteId", q.cents, q.currency
     from (select kin_of($1) as ids) k
       cross join lateral (select e.data ->> 'quoteId' as id, (e.data ->> 'goodwillCents')::float8 as cents, e.data ->> 'currency' as currency from case_event e
         where e.case_id = any(k.ids) and e.type = 'quote.approved' and e.data ->> 'repairId' = $2 order by e.seq desc limit 1) q
     where q.cents > 0 and not coalesce((select e.data ->> 'to' = any($3) from case_event e where e.case_id = any(k.ids) and e.type = 'repair.moved'
       and e.data ->> 'repairId' = $2 and e.data ->> 'to' not in ('returned', 'closed') order by e.seq desc limit 1), false)`,
    [caseId, repairId, COMES_TO_NOTHING],
  );
  return rows[0] ?? null;
}

/**
 * The case a repair is on, locked, wherever a merge has just taken it.
 * @param heardOn the case it was told on
 */
export async function holdHome(tx: EntityManager, heardOn: string, repairId: string): Promise<string> {
  const home = async (): Promise<string> => {
    const [row]: { id: string }[] = await tx.query(HOME, [heardOn, repairId]);
    return row?.id ?? heardOn;
  };
  for (let id = await home(); ;) {
    await tx.query('select from cases where id = $1 for no key update', [id]);
    const now = await home();
    if (now === id) return id;
    id = now;
  }
}

/** Whether there is one repair at most that something given by hand to the case could be for. */
export async function hasOneRepair(tx: EntityManager, caseId: string): Promise<boolean> {
  const [row]: { one: boolean }[] = await tx.query(`select ${REPAIRS} <= 1 as one`, [caseId]);
  return row?.one ?? true;
}

/** Whether quotes set something aside for every repair of the case: beside them nothing is given by hand. */
export async function isAllInQuotes(tx: EntityManager, caseId: string): Promise<boolean> {
  const [row]: { all: boolean }[] = await tx.query(
    `select q.n > 0 and q.n >= ${REPAIRS} as all
     from (select count(*) as n from benefit where case_id = $1 and state = 'active' and quote_id is not null) q`,
    [caseId],
  );
  return row?.all ?? false;
}
