import { Language } from '#contracts';
import { DomainError } from '#platform';
import { asJson, CASE_COLUMNS, CASE_ROW_JOINS, theirs } from './case-row.sql.js';
import type { Bind } from './search.sql.js';

/** Lists of what is due: by the minute, then by what they cannot do, then by tier; walked along an index of the ledgers for each. */

export type DueView = 'next' | 'update_due' | 'without_service' | 'waiting_partner' | 'quiet';

/** Conditions on `case_ledger l`, each that of a partial index. */
const IN_LEDGER: Record<Exclude<DueView, 'next'>, string> = {
  update_due: `(l.update_late or l.next_metric = 'next_update')`,
  without_service: 'l.without_service',
  waiting_partner: `l.waiting_for = 'partner'`,
  quiet: 'l.quiet',
};

export const isDueView = (view: string | undefined): view is DueView =>
  view === 'next' || (view !== undefined && view in IN_LEDGER);

/** Whether `cases c` is in such a list: where it is asked in another order. */
export const inDueView = (view: DueView, me: string): string =>
  view === 'next'
    ? `c.is_open and (c.assignee_id = ${me} or (c.assignee_id is null and c.queue_id in (select queues_of(${me}))))`
    : `c.is_open and exists (select from case_ledger l where l.case_id = c.id and not l.is_over and ${IN_LEDGER[view]})`;

const ORDER = 'due_minute(l.next_due_at), l.impact_rank, l.tier_rank, l.case_id';
const KEY = `l.case_id, l.next_due_at, due_minute(l.next_due_at) as due_minute, l.impact_rank, l.tier_rank`;
const IMPACTS = `array['calls', 'data', 'apps', 'other', 'none']`;
const TIERS = `array['gold', 'silver', 'standard']`;

const ROW =
  asJson(`${CASE_COLUMNS}, json_build_object('dueAt', iso(k.next_due_at), 'impact', (${IMPACTS})[k.impact_rank + 1],
  'tier', (${TIERS})[k.tier_rank + 1]) as "order"`);

/** Where somebody could take something, queue by queue and language by language: who states none writes in any. */
const workOf = (
  me: string,
): string => `queues_of(${me}) q cross join unnest((select case when a.languages = '{}' then '{${Language.options.join(',')}}' else a.languages end
  from agent a where a.id = ${me})) g`;
const WAITS = 'l.queue_id = q and l.language = g and l.assignee_id is null';

/** Where a page ends. */
export interface DueKey {
  minute: string;
  impact: number;
  tier: number;
  id: string;
}

export const encodeDueCursor = ({ minute, impact, tier, id }: DueKey): string =>
  Buffer.from(`due ${minute} ${impact} ${tier} ${id}`).toString('base64url');

/** @throws DomainError request.invalid for anything we did not hand out */
export function decodeDueCursor(cursor: string | undefined): DueKey | null {
  if (cursor === undefined) return null;
  const found = /^due (\d{1,18}) (\d) (\d) ([0-9a-f-]{36})$/u.exec(Buffer.from(cursor, 'base64url').toString());
  if (!found) throw new DomainError('request.invalid', [{ path: 'cursor', message: 'is not a cursor of ours' }]);
  const [, minute = '', impact, tier, id = ''] = found;
  return { minute, impact: Number(impact), tier: Number(tier), id };
}

interface DueListWish {
  view: DueView;
  /** Parameter: who looks. */
  me: string;
  /** How far they see (`visibleStore`); null: everywhere. */
  storeId: string | null;
  after: DueKey | null;
  limit: number;
  bind: Bind;
}

/** The ledgers of a list, in its order, as `k`: of each place in it as many as are asked for, then the first of all of them. */
function walked({ view, me, storeId, after, limit, bind }: DueListWish, waitingOnly = false): string {
  const seen = storeId === null ? '' : `and ${theirs(bind(storeId), 'l.case_id')}`;
  const from = after
    ? `and (due_minute(l.next_due_at), l.impact_rank, l.tier_rank, l.case_id) > (timestamptz 'epoch' + ${bind(after.minute)}::bigint * interval '1 second', ${bind(after.impact)}::smallint, ${bind(after.tier)}::smallint, ${bind(after.id)}::uuid)`
    : '';
  const walk = (condition: string) =>
    `select ${KEY} from case_ledger l where not l.is_over and ${condition} ${from} ${seen} order by ${ORDER} limit ${limit}`;
  if (view !== 'next') return `(${walk(IN_LEDGER[view])}) k`;
  const waits = `select w.* from ${workOf(me)} cross join lateral (${walk(WAITS)}) w`;
  const mine = walk(`l.assignee_id = ${me}`);
  return `(select * from (${waitingOnly ? waits : `(${mine}) union all (${waits})`}) e order by due_minute, impact_rank, tier_rank, case_id limit ${limit}) k`;
}

const KEY_COLUMNS = `extract(epoch from k.due_minute)::bigint::text as minute, k.impact_rank as impact, k.tier_rank as tier, k.case_id as id`;
const IN_ORDER = 'order by k.due_minute, k.impact_rank, k.tier_rank, k.case_id';

/**
 * A page of a list. A ledger may be a moment behind its case: the row of a case that is no longer in the list is null.
 */
export const dueList = (wish: DueListWish): string =>
  `select case when ${wish.view === 'next' ? `c.is_open and (c.assignee_id is null or c.assignee_id = ${wish.me})` : 'c.is_open'} then ${ROW}::text end as item, ${KEY_COLUMNS}
   from ${walked(wish)} join cases c on c.id = k.case_id ${CASE_ROW_JOINS} ${IN_ORDER}`;

/** The cases nobody has that somebody could take, in the order of their list. */
export const waitingList = (wish: Omit<DueListWish, 'view'>): string =>
  `select ${KEY_COLUMNS} from ${walked({ ...wish, view: 'next' }, true)} ${IN_ORDER}`;

/** How many are in the list, up to a limit. */
export const dueCount = (view: DueView, me: string, visible: string, limit: number): string => {
  const of = (condition: string) =>
    `select from case_ledger l where not l.is_over and ${condition} and ${visible} limit ${limit}`;
  if (view !== 'next') return of(IN_LEDGER[view]);
  return `(${of(`l.assignee_id = ${me}`)}) union all (select from ${workOf(me)} cross join lateral (${of(WAITS)}) w limit ${limit}) limit ${limit}`;
};
