import type { EntityManager } from 'typeorm';
import { DomainError } from '#platform';

/**
 * When an entry was said.
 * @throws DomainError entry.not_on_case
 */
export async function entryOnCase(tx: EntityManager, caseId: string, entryId: string): Promise<Date> {
  const rows: { at: Date }[] = await tx.query(
    `select occurred_at as at from interaction where id = $2 and case_id = $1
     union all select occurred_at from note where id = $2 and case_id = $1`,
    [caseId, entryId],
  );
  if (!rows[0]) throw new DomainError('entry.not_on_case', { entryId });
  return rows[0].at;
}
