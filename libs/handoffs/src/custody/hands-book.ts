import type { EntityManager } from 'typeorm';
import type { Hands } from '#contracts';
import { DomainError } from '#platform';

/** Where each kind of hands is looked up by id ($1); of a customer only the one of the case ($2). */
const FOUND: Record<Hands['kind'], string> = {
  store: 'select name from store where id = $1 and $2::uuid is not null',
  partner: `select name from partner where id = $1 and $2::uuid is not null and active`,
  courier: `select name from partner where id = $1 and $2::uuid is not null and active and kind = 'courier'`,
  customer: 'select customer_name as name from cases where id = $2 and customer_id = living_customer($1)',
};
const MISSING = {
  store: 'store.not_found',
  partner: 'partner.not_found',
  courier: 'partner.not_found',
  customer: 'customer.not_found',
} as const;

/**
 * Somebody as the house calls them. Of a courier that is no partner the name is enough; everybody else is one we know.
 * @throws DomainError store.not_found, partner.not_found, customer.not_found
 */
export async function known(tx: EntityManager, caseId: string, { kind, id, name }: Hands): Promise<Hands> {
  if (kind === 'courier' && id === null) return { kind, id, name };
  const rows: { name: string }[] = id === null ? [] : await tx.query(FOUND[kind], [id, caseId]);
  if (!rows[0]) throw new DomainError(MISSING[kind], { kind, name });
  return { kind, id, name: rows[0].name };
}
