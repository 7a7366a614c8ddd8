import type { EntityManager } from 'typeorm';
import type { EventData, EventType } from '#contracts';
import { correlationId } from '#platform';
import { maskedEvents } from './told-names.js';

/** Who did it. */
export interface Actor {
  kind: 'agent' | 'customer' | 'system';
  id: string | null;
  name: string;
}

export const SYSTEM: Actor = { kind: 'system', id: null, name: 'Hilo' };

export const actorOf = (person: { id: string; displayName: string }): Actor => ({
  kind: 'agent',
  id: person.id,
  name: person.displayName,
});

export type NewEvent = { [T in EventType]: { type: T; data: EventData<T> } }[EventType];

/**
 * Appends events to a case and moves its version on, in the caller's transaction: what happened and that it happened
 * commit together, the relay tells the rest of the house afterwards.
 * @returns the new version
 */
export async function record(
  tx: EntityManager,
  caseId: string,
  actor: Actor,
  source: string,
  at: Date,
  events: NewEvent[],
): Promise<number> {
  const rows: { version: number }[] = await tx.query(
    `with bumped as (update cases set version = version + $2 where id = $1 returning version), written as (
       select record_event($1, bumped.version, e ->> 'type', e -> 'data', $4, $5, $6, $7, $8, $9) from bumped, jsonb_array_elements($3::jsonb) e)
     select version, (select count(*) from written) from bumped`,
    [
      caseId,
      events.length,
      JSON.stringify(await maskedEvents(tx, caseId, events)),
      actor.kind,
      actor.id,
      actor.name,
      source,
      correlationId() ?? null,
      at,
    ],
  );
  const version = rows[0]?.version;
  if (version === undefined) throw new Error(`no case ${caseId} to record on`);
  return version;
}
