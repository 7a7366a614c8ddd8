import type { EntityManager } from 'typeorm';
import type { Actor } from '../record.js';
import { casesOf, entriesOf, type PlacedCase, type PlacedEntry } from './merge.entries.js';
import type { MergeJournal } from './merge.journal.js';
import { settle } from './merge.rules.js';
import { followThread } from './merge.threads.js';
import { openCaseFor } from './open-case.js';

/** What became of what had come in while two people were one. */
export interface Settled {
  /** Entries that went to the other side. */
  entries: number;
  /** Cases that lost or got one, or changed hands. */
  touched: string[];
}

/** What has come in since goes with its address (`settle`), with its reply path. */
export async function settleArrivals(
  tx: EntityManager,
  actor: Actor,
  people: [string, string],
  journal: MergeJournal,
  at: Date,
): Promise<Settled> {
  const cases = await casesOf(tx, people);
  const entries = await entriesOf(
    tx,
    cases.map(({ id }) => id),
  );
  const { cases: whole, entries: moves } = settle(
    people,
    cases.map(asSettled(journal)),
    placed(people, journal, entries),
  );
  for (const { caseId, customerId } of whole)
    await tx.query('update cases set customer_id = $2 where id = $1', [caseId, customerId]);
  const opened = new Map<string, string>();
  const byTarget = new Map<string, PlacedEntry[]>();
  for (const { entryId, customerId, toCase } of moves) {
    const target = toCase ?? opened.get(customerId) ?? (await openCaseFor(tx, actor, customerId, entryId, at));
    if (!toCase) opened.set(customerId, target);
    const entry = entries.find(({ id }) => id === entryId);
    if (entry) byTarget.set(target, [...(byTarget.get(target) ?? []), entry]);
  }
  for (const [target, moving] of byTarget) await relocate(tx, target, moving);
  const left = entries.filter(({ id }) => moves.some(({ entryId }) => entryId === id)).map(({ caseId }) => caseId);
  const changed = [...byTarget.keys(), ...left, ...whole.map(({ caseId }) => caseId)];
  return { entries: moves.length, touched: [...new Set(changed)] };
}

const asSettled =
  ({ stood }: MergeJournal) =>
  ({ id, customerId, isOpen, status, openedAt }: PlacedCase) => ({
    id,
    customerId,
    isOpen,
    takes: status !== 'merged' && status !== 'spam',
    openedAt: openedAt.getTime(),
    isNew: !stood.some(({ caseId }) => caseId === id),
  });

const placed = (people: readonly string[], { stood }: MergeJournal, entries: PlacedEntry[]) => {
  const places = new Map(stood.flatMap(({ caseId, entryIds }) => entryIds.map((id) => [id, caseId] as const)));
  return entries.map(({ id, caseId, ownerId }) => ({
    id,
    caseId,
    ownerId: ownerId !== null && people.includes(ownerId) ? ownerId : null,
    stood: places.get(id) === caseId,
  }));
};

async function relocate(tx: EntityManager, target: string, moving: PlacedEntry[]): Promise<void> {
  await tx.query('update interaction set case_id = $1 where id = any($2)', [target, moving.map(({ id }) => id)]);
  const threads = new Set(moving.map(({ threadId }) => threadId));
  for (const threadId of threads)
    if (threadId)
      await followThread(
        tx,
        threadId,
        target,
        moving.filter((entry) => entry.threadId === threadId).map(({ id }) => id),
      );
  // A case is of the stores its entries were written in.
  await tx.query(
    `insert into case_store (store_id, case_id) select distinct i.store_id, $1::uuid from interaction i where i.id = any($2) and i.store_id is not null
     on conflict do nothing`,
    [target, moving.map(({ id }) => id)],
  );
}

/** Each case counts as unread what is unseen of what stands on it. */
export async function countUnseen(tx: EntityManager, people: string[], unseen: Set<string>): Promise<void> {
  await tx.query(
    `update cases c set unread = n.count from (
       select k.id, count(i.id)::int as count from cases k left join interaction i on i.case_id = k.id and i.id = any($2)
       where k.customer_id = any($1) group by k.id) n
     where c.id = n.id and c.unread <> n.count`,
    [people, [...unseen]],
  );
}
