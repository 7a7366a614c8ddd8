import type { EntityManager } from 'typeorm';

/**
 * Of both the kept case is part of an incident for both: what was only proposed of it is decided where somebody has decided it of the
 * taken one.
 * @returns the rows of the kept case that were decided by that
 */
export async function joinIncidents(tx: EntityManager, kept: string, taken: string): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await tx.query(
    `update incident_case k set state = 'in' from incident_case t
     where k.case_id = $1 and k.state = 'proposed' and t.case_id = $2 and t.state = 'in' and t.incident_id = k.incident_id returning k.id`,
    [kept, taken],
  );
  return rows.map(({ id }) => id);
}

/** Apart again: it is proposed as it was, unless the incident is over, which leaves nothing to decide. */
export async function partIncidents(tx: EntityManager, kept: string, ids: string[]): Promise<void> {
  await tx.query(
    `update incident_case k set state = 'proposed' from incident n
     where k.id = any($1) and k.case_id = $2 and k.state = 'in' and n.id = k.incident_id and n.state = 'open'`,
    [ids, kept],
  );
}
