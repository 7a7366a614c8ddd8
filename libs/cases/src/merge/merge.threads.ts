import type { EntityManager } from 'typeorm';
import { newId } from '#platform';
import type { Twins } from './merge.journal.js';
import { takeColumnsBack } from './merge.people.js';

/** What a thread knows of its conversation. */
const STATE = ['account', 'thread_ref', 'subject', 'last_message_id', 'message_refs', 'last_inbound_at'] as const;

const stateOf = (thread: string): string =>
  `jsonb_build_object(${STATE.map((column) => `'${column}', ${thread}.${column}`).join(', ')})`;

/** A thread goes on as the newer of two stood. */
const asNewer = (mine: string, other: string): string => {
  const newer = `coalesce(${other}.last_inbound_at, '-infinity') > coalesce(${mine}.last_inbound_at, '-infinity')`;
  return [
    ...['account', 'thread_ref'].map(
      (column) =>
        `${column} = case when ${newer} then coalesce(${other}.${column}, ${mine}.${column}) else coalesce(${mine}.${column}, ${other}.${column}) end`,
    ),
    ...['subject', 'last_message_id', 'message_refs', 'last_inbound_at'].map(
      (column) => `${column} = case when ${newer} then ${other}.${column} else ${mine}.${column} end`,
    ),
  ].join(', ');
};

/**
 * An address whose entries were moved about may have a thread on both cases: the kept one goes on, as the newer of the two
 * stood; the other stays where it is, without entries.
 */
export async function joinTwins(tx: EntityManager, kept: string, taken: string): Promise<Twins[]> {
  const twins: Pick<Twins, 'keptId' | 'takenId' | 'before' | 'entryIds'>[] = await tx.query(
    `select k.id as "keptId", t.id as "takenId", ${stateOf('k')} as before,
       array(select i.id from interaction i where i.thread_id = t.id order by i.id) as "entryIds"
     from channel_thread t join channel_thread k on k.contact_point_id = t.contact_point_id and k.channel = t.channel
     where k.case_id = $1 and t.case_id = $2`,
    [kept, taken],
  );
  const joined: Twins[] = [];
  for (const twin of twins) {
    const [rows]: [{ after: Record<string, unknown> }[], number] = await tx.query(
      `update channel_thread k set ${asNewer('k', 't')} from channel_thread t where k.id = $1 and t.id = $2 returning ${stateOf('k')} as after`,
      [twin.keptId, twin.takenId],
    );
    await tx.query('update interaction set thread_id = $1 where thread_id = $2', [twin.keptId, twin.takenId]);
    joined.push({ ...twin, after: rows[0]?.after ?? {} });
  }
  return joined;
}

/** Entries that are back answer by their own thread again; the kept one stands as it did, unless it has gone on since. */
export async function partTwins(tx: EntityManager, taken: string, twins: Twins[]): Promise<void> {
  for (const { keptId, takenId, before, after, entryIds } of twins) {
    await tx.query('update interaction set thread_id = $1 where id = any($2) and thread_id = $3 and case_id = $4', [
      takenId,
      entryIds,
      keptId,
      taken,
    ]);
    const [untouched]: { same: boolean }[] = await tx.query(
      `select ${stateOf('k')} = $2::jsonb as same from channel_thread k where k.id = $1`,
      [keptId, JSON.stringify(after)],
    );
    if (untouched?.same) await takeColumnsBack(tx, 'channel_thread', keptId, STATE, { before, after });
  }
}

/** Entries of one thread have gone onto another case: their reply path is there now. */
export async function followThread(
  tx: EntityManager,
  threadId: string,
  toCase: string,
  entryIds: string[],
): Promise<void> {
  const left: unknown[] = await tx.query('select from interaction where thread_id = $1 and id <> all($2) limit 1', [
    threadId,
    entryIds,
  ]);
  const there: { id: string }[] = await tx.query(
    `select o.id from channel_thread t join channel_thread o on o.contact_point_id = t.contact_point_id and o.channel = t.channel
     where t.id = $1 and o.case_id = $2`,
    [threadId, toCase],
  );
  if (!there[0] && left.length === 0) {
    await tx.query('update channel_thread set case_id = $2 where id = $1', [threadId, toCase]);
    return;
  }
  const path = there[0]?.id ?? (await copyThread(tx, threadId, toCase));
  await tx.query(
    `update channel_thread k set ${asNewer('k', 't')} from channel_thread t where k.id = $1 and t.id = $2`,
    [path, threadId],
  );
  await tx.query('update interaction set thread_id = $1 where id = any($2)', [path, entryIds]);
  if (left.length === 0) await tx.query('delete from channel_thread where id = $1', [threadId]);
}

async function copyThread(tx: EntityManager, threadId: string, toCase: string): Promise<string> {
  const id = newId();
  await tx.query(
    `insert into channel_thread (id, case_id, contact_point_id, channel, ${STATE.join(', ')})
     select $1, $3, contact_point_id, channel, ${STATE.join(', ')} from channel_thread where id = $2`,
    [id, threadId, toCase],
  );
  return id;
}
