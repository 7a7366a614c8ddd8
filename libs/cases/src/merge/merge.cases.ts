import type { EntityManager } from 'typeorm';
import type { CaseStatus, ProblemStage, WaitReason } from '#contracts';
import { handoffsWaitedFor } from '../case-waits.service.js';
import { showLastWord } from '../last-word.js';
import type { NewEvent } from '../record.js';
import { followProblems } from '../story/status.rules.js';
import { tellLacks, tellNextUpdate } from '../story/story-columns.js';
import { isAsItStood, type PlacedCase, type PlacedEntry } from './merge.entries.js';
import { KEPT_COLUMNS, LAST_WORD, type Columns, type MergeJournal, type Stood } from './merge.journal.js';
import { partFacts } from './merge.facts.js';
import { joinImpacts, partImpacts } from './merge.impacts.js';
import { joinIncidents, partIncidents } from './merge.incidents.js';
import { takeColumnsBack } from './merge.people.js';
import { copyRows, giveRowsBack, takeRows } from './merge.rows.js';
import { hideFromStores, seenBy, showToStores } from './merge.stores.js';
import { joinTwins, partTwins } from './merge.threads.js';

const KEPT = `(select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(c)) where key = any($2))`;

async function keptColumns(tx: EntityManager, caseId: string): Promise<Columns> {
  const rows: { columns: Columns }[] = await tx.query(`select ${KEPT} as columns from cases c where c.id = $1`, [
    caseId,
    KEPT_COLUMNS,
  ]);
  return rows[0]?.columns ?? {};
}

/** Sends that failed belong to the case their message is on. */
export async function countFailed(tx: EntityManager, caseIds: string[]): Promise<void> {
  await tx.query(
    `update cases c set failed_sends = n.count from (
       select k.id, count(d.interaction_id)::int as count from unnest($1::uuid[]) k (id)
         left join interaction i on i.case_id = k.id left join delivery d on d.interaction_id = i.id and d.state = 'failed' group by k.id) n
     where c.id = n.id and c.failed_sends <> n.count`,
    [caseIds],
  );
}

/** The kept case goes on with what both say: what is lacking, where they were heard, the last word of either. */
async function goOnAsBoth(tx: EntityManager, kept: string, taken: string): Promise<void> {
  await tx.query(
    `update cases k set
       channels = k.channels || array(select c from unnest(t.channels) c where c <> all(k.channels)),
       lacks = k.lacks || array(select l from unnest(t.lacks) l where l <> all(k.lacks)),
       unread = k.unread + t.unread, problem = coalesce(k.problem, t.problem),
       -- Somebody must answer for it; the more urgent of the two says how urgent it is.
       assignee_id = coalesce(k.assignee_id, t.assignee_id),
       priority = case when array_position(p.all, t.priority) > array_position(p.all, k.priority) then t.priority else k.priority end,
       -- Whoever waits for an answer on either waits on the one.
       next_action = case when t.is_open and t.next_action = 'reply' then 'reply' else k.next_action end,
       preview = case when t.last_interaction_at > k.last_interaction_at then t.preview else k.preview end,
       last_channel = case when t.last_interaction_at > k.last_interaction_at then t.last_channel else k.last_channel end,
       last_direction = case when t.last_interaction_at > k.last_interaction_at then t.last_direction else k.last_direction end,
       last_interaction_at = greatest(k.last_interaction_at, t.last_interaction_at)
     from cases t, (select '{low,normal,high,critical}'::text[] as all) p where k.id = $1 and t.id = $2`,
    [kept, taken],
  );
}

/**
 * Two cases become one: everything on the taken one goes over, it ends as `merged` and points there; the kept one goes where
 * its problems are now.
 * @returns what goes into the journal, and events of the kept case to record
 */
export async function joinCases(
  tx: EntityManager,
  { kept, taken }: { kept: PlacedCase; taken: PlacedCase },
  at: Date,
): Promise<{
  journal: Pick<
    MergeJournal,
    'caseRows' | 'copies' | 'twins' | 'impacts' | 'incidents' | 'kept' | 'taken' | 'waited' | 'stores' | 'expecting'
  >;
  followed: NewEvent[];
}> {
  const before = await keptColumns(tx, kept.id);
  const stood: { waitReason: WaitReason | null; closedAt: string | null }[] = await tx.query(
    `select wait_reason as "waitReason", to_jsonb(closed_at) #>> '{}' as "closedAt" from cases where id = $1`,
    [taken.id],
  );
  const waiting = (await handoffsWaitedFor(tx, [kept.id, taken.id])).map(({ caseId }) => caseId);
  await goOnAsBoth(tx, kept.id, taken.id);
  await tx.query(
    `update cases set status = 'merged', wait_reason = null, merged_into = $2, closed_at = $3, unread = 0 where id = $1`,
    [taken.id, kept.id, at],
  );
  const way = { kept: kept.id, taken: taken.id };
  const twins = await joinTwins(tx, kept.id, taken.id);
  const impacts = await joinImpacts(tx, kept.id, taken.id);
  const incidents = await joinIncidents(tx, kept.id, taken.id);
  const caseRows = await takeRows(tx, 'case', way);
  const seen = await seenBy(tx, kept.id, at);
  const copies = await copyRows(tx, 'case', way);
  await tellNextUpdate(tx, kept.id, taken.id);
  await countFailed(tx, [kept.id, taken.id]);
  await tellNextUpdate(tx, kept.id);
  const followed = kept.isOpen ? await followTheirs(tx, kept.id) : [];
  const journal = {
    caseRows,
    copies,
    twins,
    impacts,
    incidents,
    kept: { before, after: await keptColumns(tx, kept.id) },
    taken: {
      status: taken.status,
      waitReason: stood[0]?.waitReason ?? null,
      closedAt: stood[0]?.closedAt ?? null,
    },
    waited: { kept: waiting.includes(kept.id), taken: waiting.includes(taken.id) },
    ...seen,
  };
  return { journal, followed };
}

/** Problems stand as they stood: only the case goes where they are. Nobody is asked whether all is well while something is not. */
async function followTheirs(tx: EntityManager, caseId: string): Promise<NewEvent[]> {
  const rows: { status: CaseStatus; stages: ProblemStage[]; lacks: boolean }[] = await tx.query(
    `select c.status, array(select p.stage from problem p where p.case_id = c.id) as stages,
       exists (select from impact i where i.case_id = c.id and i.state <> 'restored') as lacks
     from cases c where c.id = $1`,
    [caseId],
  );
  const [now] = rows;
  if (!now) return [];
  const { status: from } = now;
  const to = from === 'restored' && now.lacks ? 'in_solution' : followProblems(from, now.stages);
  if (!to) return [];
  await tx.query('update cases set status = $2, wait_reason = null where id = $1', [caseId, to]);
  if (from === 'restored')
    await tx.query(
      `update closing_question set state = 'cancelled', due_at = null where case_id = $1 and state in ('planned', 'asked')`,
      [caseId],
    );
  return [{ type: 'case.status_changed', data: { from, to, waitReason: null } }];
}

/** The taken case is one of its own again, as it stood; what had moved from it and is still there goes back. */
export async function partCases(
  tx: EntityManager,
  { kept, taken }: { kept: string; taken: string },
  journal: MergeJournal,
): Promise<void> {
  await tx.query(`update cases set status = $2, wait_reason = $3, closed_at = $4, merged_into = null where id = $1`, [
    taken,
    journal.taken?.status,
    journal.taken?.waitReason ?? null,
    journal.taken?.closedAt ?? null,
  ]);
  await giveRowsBack(tx, 'case', { kept, taken }, journal.caseRows);
  await partFacts(tx, [kept, taken]);
  await tx.query('update loan set slot = $1 where case_id = $1 and slot = $2', [taken, kept]);
  await showToStores(tx, { kept, taken });
  await hideFromStores(tx, { kept, taken }, journal);
  await partTwins(tx, taken, journal.twins);
  await partImpacts(tx, { kept, taken }, journal.impacts ?? []);
  await partIncidents(tx, kept, journal.incidents ?? []);
  if (journal.kept) await takeColumnsBack(tx, 'cases', kept, KEPT_COLUMNS, journal.kept);
  await lacksNow(tx, [kept, taken]);
  await tellNextUpdate(tx, kept, taken);
}

/** What they lack is what the impacts on each say now; in the order it stood, where it is the same. */
async function lacksNow(tx: EntityManager, caseIds: string[]): Promise<void> {
  const rows: { id: string }[] = await tx.query(
    `select c.id from cases c, lateral (select array_agg(i.kind) as kinds from impact i where i.case_id = c.id and i.state in ('reported', 'confirmed')) now
     where c.id = any($1) and not (c.lacks @> coalesce(now.kinds, '{}') and c.lacks <@ coalesce(now.kinds, '{}'))`,
    [caseIds],
  );
  for (const { id } of rows) await tellLacks(tx, id);
}

/** The row of the inbox says again what it said, where nothing came or went on the case since; else the last word there is. */
export async function wordsBack(tx: EntityManager, stood: Stood, entries: PlacedEntry[]): Promise<void> {
  if (!isAsItStood(entries, stood)) return showLastWord(tx, stood.caseId);
  await tx.query(
    `update cases c set ${LAST_WORD.map((column) => `${column} = v.${column}`).join(', ')} from jsonb_populate_record(null::cases, $2) v where c.id = $1`,
    [stood.caseId, JSON.stringify(stood.words)],
  );
}
