import type { EntityManager } from 'typeorm';

interface Both {
  kept: string;
  taken: string;
}

/** A repair or a loan of that case is there (SQL). */
const workedOn = (caseId: string, store: string): string =>
  `(exists (select from repair_order o where o.case_id = ${caseId} and o.store_id = ${store})
    or exists (select from loan n where n.case_id = ${caseId} and n.store_id = ${store}))`;

/** That, or its phone is on its way to them or from them (SQL). */
const hadTo = (caseId: string, store: string): string =>
  `(${workedOn(caseId, store)} or exists (select from custody_leg l where l.case_id = ${caseId} and ${store} in (l.from_id, l.to_id)))`;

/** Which stores see the case. */
export async function storesOf(tx: EntityManager, caseId: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query('select store_id as id from case_store where case_id = $1', [caseId]);
  return rows.map(({ id }) => id);
}

/**
 * Stores see the case of a phone that is on its way to them or from them, or is repaired or lent there, also where that came about on the
 * other case.
 */
export async function showToStores(tx: EntityManager, { kept, taken }: Both): Promise<void> {
  await tx.query(
    `insert into case_store (store_id, case_id)
       select s.id, l.case_id from custody_leg l join store s on s.id in (l.from_id, l.to_id) where l.case_id = $1
       union select s.store_id, $1 from case_store s where s.case_id = $2 and ${workedOn('$1', 's.store_id')}
     on conflict do nothing`,
    [taken, kept],
  );
}

/** It was in other hands since: it may have been in theirs (SQL). */
const CHANGED_HANDS = `exists (select from case_event e where e.case_id = $1 and e.type in ('case.assigned', 'case.routed', 'case.handed_over', 'case.queued')
  and e.seq > (select max(m.seq) from case_event m where m.case_id = $1 and m.type in ('case.merged', 'customer.merged') and m.data ->> 'otherCaseId' = $2::text))`;

/**
 * Who saw the kept case only for what went back sees it no more. Whoever saw it before does, as does a store that something of it is or
 * was in; and everybody, where there is another reason to.
 */
export async function hideFromStores(tx: EntityManager, { kept, taken }: Both, before: string[]): Promise<void> {
  await tx.query(
    `delete from case_store s where s.case_id = $1 and s.store_id <> all($3) and ${hadTo('$2::uuid', 's.store_id')} and not ${hadTo('$1', 's.store_id')}
       and not exists (select from interaction i where i.case_id = $1 and i.store_id = s.store_id) and not ${CHANGED_HANDS}`,
    [kept, taken, before],
  );
}
