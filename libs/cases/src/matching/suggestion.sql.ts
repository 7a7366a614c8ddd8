import type { EntityManager } from 'typeorm';
import type { Evidence, SuggestionState } from '#contracts';

/** A suggestion as decisions look at it. The ids are those of whom it was said, whoever they are now. */
export interface SuggestionRow {
  id: string;
  newcomerId: string;
  knownId: string;
  state: SuggestionState;
  evidence: Evidence[];
  refused: string[];
  mergeId: string | null;
  /** Who the two are now. */
  people: [string, string];
}

const ROW = `s.id, s.newcomer_id as "newcomerId", s.known_id as "knownId", s.state, s.evidence, s.refused, s.merge_id as "mergeId",
  array[living_customer(s.newcomer_id), living_customer(s.known_id)]::text[] as people`;

/** All that was ever said of these two, under whatever records they had, oldest first. */
export const ofPair = (tx: EntityManager, one: string, other: string): Promise<SuggestionRow[]> =>
  tx.query(
    `select ${ROW} from match_suggestion s
     where (s.newcomer_id in (select customer_family($1)) and s.known_id in (select customer_family($2)))
        or (s.newcomer_id in (select customer_family($2)) and s.known_id in (select customer_family($1)))
     order by s.created_at, s.id`,
    [one, other],
  );

export async function suggestionOf(
  tx: EntityManager,
  id: string,
  lock: '' | 'for update of s' = '',
): Promise<SuggestionRow | undefined> {
  const rows: SuggestionRow[] = await tx.query(`select ${ROW} from match_suggestion s where s.id = $1 ${lock}`, [id]);
  return rows[0];
}

/** The case on which something is told of a customer: the open one, else the last. */
export async function caseToTell(
  tx: EntityManager,
  customerId: string,
): Promise<{ id: string; reference: string } | undefined> {
  const rows: { id: string; reference: string }[] = await tx.query(
    `select id, reference from cases where customer_id = $1 and status <> 'merged' order by is_open desc, opened_at desc, id desc limit 1`,
    [customerId],
  );
  return rows[0];
}

export interface MatchPerson {
  id: string;
  displayName: string;
  provisional: boolean;
  mergedInto: string | null;
  createdAt: Date;
}

export const peopleOf = (tx: EntityManager, ids: string[]): Promise<MatchPerson[]> =>
  tx.query(
    `select id, display_name as "displayName", provisional, merged_into as "mergedInto", created_at as "createdAt"
     from customer where id = any($1)`,
    [ids],
  );

/** Which of two goes on: whom one of us has spoken with, else who has been here longer. */
export function keptOf(one: MatchPerson, other: MatchPerson): MatchPerson {
  if (one.provisional !== other.provisional) return one.provisional ? other : one;
  const order = one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);
  return order <= 0 ? one : other;
}

export interface Written {
  id: string;
  newcomerId: string;
  knownId: string;
  evidence: Evidence[];
  at: Date;
}

export async function writeSuggestion(
  tx: EntityManager,
  { id, newcomerId, knownId, evidence, at }: Written,
): Promise<void> {
  await tx.query(
    `insert into match_suggestion (id, newcomer_id, known_id, state, evidence, created_at, asked_at) values ($1, $2, $3, 'open', $4, $5, $5)`,
    [id, newcomerId, knownId, JSON.stringify(evidence), at],
  );
}

/** Another state, by whom; the evidence as it is now. */
export async function decideSuggestion(
  tx: EntityManager,
  ids: string[],
  decision: { state: SuggestionState; by: string | null; reason?: string | null; at: Date; mergeId?: string | null },
): Promise<void> {
  const { state, by, reason = null, at, mergeId = null } = decision;
  await tx.query(
    `update match_suggestion s set state = $2, decided_by = $3, decided_at = case when $2 <> 'open' then $5::timestamptz end, reason = $4, merge_id = $6,
       asked_at = case when $2 = 'open' then $5 else asked_at end,
       refused = case $2 when 'dismissed' then array(select e ->> 'key' from jsonb_array_elements(s.evidence) e) when 'open' then '{}' else refused end
     where id = any($1)`,
    [ids, state, by, reason, at, mergeId],
  );
}

export async function setEvidence(tx: EntityManager, id: string, evidence: Evidence[]): Promise<void> {
  await tx.query('update match_suggestion set evidence = $2 where id = $1', [id, JSON.stringify(evidence)]);
}

/** The entries say by what they came to be this customer's; what they said before is kept for when that is taken back. */
export async function markEntries(
  tx: EntityManager,
  suggestionId: string,
  entryIds: string[],
  matchedBy: 'signed_link' | 'one_time_code' | 'evidence',
): Promise<void> {
  await tx.query(
    `update match_suggestion set marked = (
       select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'matchedBy', i.matched_by)), '[]') from interaction i where i.id = any($2))
     where id = $1`,
    [suggestionId, entryIds],
  );
  await tx.query('update interaction set matched_by = $2 where id = any($1)', [entryIds, matchedBy]);
}

/** The entries say again what they said before, but for those somebody has moved since. */
export async function unmarkEntries(tx: EntityManager, mergeId: string): Promise<void> {
  await tx.query(
    `update interaction i set matched_by = m ->> 'matchedBy' from match_suggestion s, jsonb_array_elements(s.marked) m
     where s.merge_id = $1 and i.id = (m ->> 'id')::uuid and i.matched_by in ('signed_link', 'one_time_code', 'evidence')`,
    [mergeId],
  );
  await tx.query(`update match_suggestion set marked = '[]' where merge_id = $1`, [mergeId]);
}
