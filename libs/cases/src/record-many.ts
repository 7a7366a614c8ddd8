import type { EntityManager } from 'typeorm';
import { correlationId } from '#platform';
import type { Actor, NewEvent } from './record.js';
import { maskedEvents } from './told-names.js';

/** What happened in one of many cases. */
export interface CaseEvents {
  caseId: string;
  events: NewEvent[];
}

/**
 * `record` for many cases by one statement, which locks them in the order everybody does. Of each case the events keep their
 * order; a case without any is left alone, and one that stands in the list twice has both.
 */
export async function recordMany(
  tx: EntityManager,
  actor: Actor,
  source: string,
  at: Date,
  items: CaseEvents[],
): Promise<void> {
  const rows: { case_id: string; type: string; data: object }[] = [];
  for (const { caseId, events } of items)
    for (const { type, data } of await maskedEvents(tx, caseId, events)) rows.push({ case_id: caseId, type, data });
  if (rows.length === 0) return;
  const [counted]: { written: number }[] = await tx.query(
    `with told as (
       select (e ->> 'case_id')::uuid as case_id, e ->> 'type' as type, e -> 'data' as data, n from jsonb_array_elements($1::jsonb) with ordinality t (e, n)
     ), held as (
       select id from cases where id in (select case_id from told) order by id for no key update
     ), bumped as (
       update cases c set version = c.version + t.count from (select case_id, count(*) from told group by case_id) t, held h
       where c.id = t.case_id and c.id = h.id returning c.id, c.version
     ), written as (
       insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_id, actor_name, source, correlation_id, at)
       select new_id(), t.case_id, b.version, t.type, t.data, $2, $3::uuid, $4, $5, $6, $7::timestamptz
       from told t join bumped b on b.id = t.case_id order by t.n returning seq, id
     ), outbox as (insert into case_outbox (seq, event_id) select seq, id from written)
     select count(*)::int as written from written`,
    [JSON.stringify(rows), actor.kind, actor.id, actor.name, source, correlationId() ?? null, at],
  );
  if (counted?.written !== rows.length)
    throw new Error(`${rows.length - (counted?.written ?? 0)} events without a case`);
}
