import type { EntityManager } from 'typeorm';
import type { CaseStatus } from '#contracts';
import { unseenOf } from './merge.rules.js';
import { LAST_WORD, type Columns, type Stood } from './merge.journal.js';

/** An entry as joining and parting look at it. */
export interface PlacedEntry {
  id: string;
  caseId: string;
  /** Whose address it came by or went to. */
  ownerId: string | null;
  threadId: string | null;
  storeId: string | null;
  /** Somebody should look at it: it came in, and a person wrote it. */
  asks: boolean;
  /** Taken back before it left: it counts as never written. */
  undone: boolean;
}

export interface PlacedCase {
  id: string;
  reference: string;
  customerId: string;
  status: CaseStatus;
  isOpen: boolean;
  openedAt: Date;
  unread: number;
  words: Columns;
}

const WORDS = LAST_WORD.map((column) => `'${column}', ${column}`).join(', ');

/** All cases of these people, merged ones too. */
export const casesOf = (tx: EntityManager, customerIds: string[]): Promise<PlacedCase[]> =>
  tx.query(
    `select id, reference, customer_id as "customerId", status, is_open as "isOpen", opened_at as "openedAt", unread,
       jsonb_build_object(${WORDS}) as words
     from cases where customer_id = any($1) order by opened_at, id`,
    [customerIds],
  );

/** All entries of these cases, in the order they came onto them. */
export const entriesOf = (tx: EntityManager, caseIds: string[]): Promise<PlacedEntry[]> =>
  tx.query(
    `select i.id, i.case_id as "caseId", p.customer_id as "ownerId", i.thread_id as "threadId", i.store_id as "storeId",
       i.direction = 'inbound' and not i.automatic as asks, coalesce(d.state = 'undone', false) as undone
     from interaction i left join contact_point p on p.id = i.contact_point_id left join delivery d on d.interaction_id = i.id
     where i.case_id = any($1)
     order by coalesce((select max(v.moved_at) from entry_move v where v.interaction_id = i.id), i.received_at), i.id`,
    [caseIds],
  );

const onCase = (entries: PlacedEntry[], caseId: string) =>
  entries.filter((entry) => entry.caseId === caseId && !entry.undone);

/** What each of these cases has now. */
export const stoodOf = (cases: PlacedCase[], entries: PlacedEntry[]): Stood[] =>
  cases.map(({ id, unread, words }) => ({
    caseId: id,
    words,
    entryIds: onCase(entries, id).map((entry) => entry.id),
    unreadIds: unseenOf(
      onCase(entries, id)
        .filter(({ asks }) => asks)
        .map((entry) => entry.id),
      unread,
    ),
  }));

/**
 * What nobody has looked at on each case, of people who were merged: of what stood there, what was unseen then; and all that
 * has come since.
 * @param joined the case each merged one of them went into
 */
export function unseenNow(
  cases: PlacedCase[],
  entries: PlacedEntry[],
  stood: Stood[],
  joined: Map<string, string>,
): Set<string> {
  const unseen = new Set<string>();
  for (const { id, unread } of cases) {
    const before = stood.filter(({ caseId }) => caseId === id || joined.get(caseId) === id);
    const old = new Set(before.flatMap(({ entryIds }) => entryIds));
    const open = new Set(before.flatMap(({ unreadIds }) => unreadIds));
    const asking = onCase(entries, id).filter(({ asks }) => asks);
    const mayBe = [
      ...asking.filter((entry) => open.has(entry.id)),
      ...asking.filter((entry) => !old.has(entry.id)),
    ].map((entry) => entry.id);
    for (const entryId of unseenOf(mayBe, unread)) unseen.add(entryId);
  }
  return unseen;
}

/** Whether a case has just the entries it had. */
export function isAsItStood(entries: PlacedEntry[], { caseId, entryIds }: Stood): boolean {
  const now = onCase(entries, caseId);
  const then = new Set(entryIds);
  return now.length === then.size && now.every(({ id }) => then.has(id));
}
