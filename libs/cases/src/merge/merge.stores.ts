import type { EntityManager } from 'typeorm';
import type { MergeJournal } from './merge.journal.js';

interface Both {
  kept: string;
  taken: string;
}

type Seen = Required<Pick<MergeJournal, 'stores' | 'expecting'>>;

/** A repair or a loan of that case is there (SQL). */
export const workedOn = (caseId: string, store: string): string =>
  `(exists (select from repair_order o where o.case_id = ${caseId} and o.store_id = ${store})
    or exists (select from loan n where n.case_id = ${caseId} and n.store_id = ${store}))`;

/** That, or its phone is on its way to them or from them (SQL). */
export const hadTo = (caseId: string, store: string): string =>
  `(${workedOn(caseId, store)} or exists (select from custody_leg l where l.case_id = ${caseId} and ${store} in (l.from_id, l.to_id)))`;

/** Who sees the case, for good and for a while. */
export async function seenBy(tx: EntityManager, caseId: string, at: Date): Promise<Seen> {
  const rows: Seen[] = await tx.query(
    `select array(select store_id from case_store where case_id = $1) as stores, array(select viewer from case_grant where case_id = $1 and until > $2) as expecting`,
    [caseId, at],
  );
  return rows[0] ?? { stores: [], expecting: [] };
}

/**
 * Stores see the case of a phone that is on its way to them or from them, or is repaired or lent there, also where that came about on the
 * other case: for good, or for as long as it is kept for them.
 */
export async function showToStores(tx: EntityManager, { kept, taken }: Both): Promise<void> {
  await tx.query(
    `insert into case_store (store_id, case_id)
       select s.id, l.case_id from custody_leg l join store s on s.id in (l.from_id, l.to_id) where l.case_id = $1
       union select s.store_id, $1 from case_store s where s.case_id = $2 and ${workedOn('$1', 's.store_id')}
     on conflict do nothing`,
    [taken, kept],
  );
  await tx.query(
    `insert into case_grant (viewer, case_id, until) select g.viewer, $1, g.until from case_grant g where g.case_id = $2 and ${workedOn('$1', 'g.viewer')}
     on conflict (viewer, case_id) do update set until = greatest(case_grant.until, excluded.until)`,
    [taken, kept],
  );
}

/** It was in other hands since: it may have been in theirs (SQL). */
const CHANGED_HANDS = `exists (select from case_event e where e.case_id = $1 and e.type in ('case.assigned', 'case.routed', 'case.handed_over', 'case.queued')
  and e.seq > (select max(m.seq) from case_event m where m.case_id = $1 and m.type in ('case.merged', 'customer.merged') and m.data ->> 'otherCaseId' = $2::text))`;

/** Its customer was shown the way there (SQL). */
const ON_THEIR_WAY = `exists (select from warm_redirect w where w.case_id = $1 and w.store_id = s.viewer and w.taken_back_at is null)`;

/**
 * Who saw the kept case only for what went back sees it no more. Whoever saw it before does, as does a store that something of it is or
 * was in; and everybody, where there is another reason to.
 */
export async function hideFromStores(
  tx: EntityManager,
  { kept, taken }: Both,
  { stores, expecting }: Pick<MergeJournal, 'stores' | 'expecting'>,
): Promise<void> {
  const hide = (from: string, store: string, before: string[], reason: string): Promise<unknown> =>
    tx.query(
      `delete from ${from} s where s.case_id = $1 and ${store} <> all($3) and ${hadTo('$2::uuid', store)} and not ${hadTo('$1', store)}
         and not exists (select from interaction i where i.case_id = $1 and i.store_id = ${store}) and not ${reason}`,
      [kept, taken, before],
    );
  if (stores) await hide('case_store', 's.store_id', stores, CHANGED_HANDS);
  if (expecting) await hide('case_grant', 's.viewer', expecting, ON_THEIR_WAY);
}
