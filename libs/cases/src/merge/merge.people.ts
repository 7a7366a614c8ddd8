import type { EntityManager } from 'typeorm';
import type { Language, StatedContact, Tier } from '#contracts';
import { DomainError } from '#platform';
import { lockKeys } from '../contact.rules.js';
import { CUSTOMER_COLUMNS } from './merge.moves.js';

/** A customer as a merge decides about them. */
export interface Person {
  id: string;
  displayName: string;
  language: Language;
  /** They said so themselves, or one of us did. */
  languageKnown: boolean;
  tier: Tier;
  provisional: boolean;
  mergedInto: string | null;
}

/**
 * Locks people in the one order everybody takes: their addresses, then them, then their cases, each in one order. Whoever
 * takes in a message holds its address from before looking whose it is, so none lands on the wrong side meanwhile.
 * @param addresses false when the caller holds them and the people already
 */
export async function lockPeople(tx: EntityManager, ids: string[], addresses = true): Promise<void> {
  if (addresses) {
    const points: Pick<StatedContact, 'kind' | 'value' | 'handle'>[] = await tx.query(
      'select kind, value, handle from contact_point where customer_id = any($1)',
      [ids],
    );
    await tx.query('select lock_contacts($1)', [
      [...points.flatMap((point) => lockKeys(point)), ...ids.map((id) => `customer:${id}`)],
    ]);
  }
  await tx.query('select from customer where id = any($1) order by id for update', [ids]);
  await tx.query('select from cases where customer_id = any($1) order by id for update', [ids]);
}

/**
 * Two people who are not merged into anybody yet.
 * @throws DomainError customer.not_found, merge.moved_on
 */
export async function twoPeople(tx: EntityManager, into: string, from: string): Promise<[Person, Person]> {
  const rows: Person[] = await tx.query(
    `select id, display_name as "displayName", language, language_known as "languageKnown", tier, provisional, merged_into as "mergedInto"
     from customer where id = any($1)`,
    [[into, from]],
  );
  const [kept, taken] = [into, from].map((id) => rows.find((row) => row.id === id));
  if (!kept || !taken) throw new DomainError('customer.not_found');
  const gone = [kept, taken].find(({ mergedInto }) => mergedInto !== null);
  if (gone) throw new DomainError('merge.moved_on', { customerId: gone.id, mergedInto: gone.mergedInto });
  return [kept, taken];
}

/** What the taken side says where the kept one says nothing. */
export async function filledColumns(tx: EntityManager, kept: string, taken: string): Promise<Record<string, unknown>> {
  const columns = Object.keys(CUSTOMER_COLUMNS).filter((column) => CUSTOMER_COLUMNS[column] === 'filled');
  const rows: { filled: Record<string, unknown> | null }[] = await tx.query(
    `select jsonb_object_agg(t.key, t.value) as filled from customer k, customer c, jsonb_each(to_jsonb(c)) t
     where k.id = $1 and c.id = $2 and t.key = any($3) and t.value <> 'null' and to_jsonb(k) -> t.key = 'null'`,
    [kept, taken, columns],
  );
  return rows[0]?.filled ?? {};
}

/** Rows of the inbox call people what they are called. */
export async function nameCases(tx: EntityManager, customerIds: string[]): Promise<void> {
  await tx.query(
    `update cases c set customer_name = p.display_name from customer p
     where p.id = c.customer_id and c.customer_id = any($1) and c.customer_name is distinct from p.display_name`,
    [customerIds],
  );
}

/** Columns of a customer take other values. @returns what stood there before */
export async function setColumns(
  tx: EntityManager,
  customerId: string,
  values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const columns = Object.keys(values);
  if (columns.length === 0) return {};
  const rows: { before: Record<string, unknown> }[] = await tx.query(
    `select jsonb_object_agg(key, value) as before from customer c, jsonb_each(to_jsonb(c)) where c.id = $1 and key = any($2)`,
    [customerId, columns],
  );
  await tx.query(
    `update customer c set ${columns.map((column) => `${column} = v.${column}`).join(', ')}
     from jsonb_populate_record(null::customer, $2) v where c.id = $1`,
    [customerId, JSON.stringify(values)],
  );
  return rows[0]?.before ?? {};
}

/** What a merge has set goes back to what stood there, unless somebody has said something else since. */
export async function takeColumnsBack(
  tx: EntityManager,
  table: 'customer' | 'cases' | 'channel_thread',
  id: string,
  columns: readonly string[],
  { before, after }: { before: Record<string, unknown>; after: Record<string, unknown> },
): Promise<void> {
  const known = columns.filter((column) => column in before);
  if (known.length === 0) return;
  const back = known.map(
    (column) =>
      `${column} = case when to_jsonb(r) -> '${column}' is not distinct from $3::jsonb -> '${column}' then b.${column} else r.${column} end`,
  );
  await tx.query(
    `update ${table} r set ${back.join(', ')} from jsonb_populate_record(null::${table}, $2) b where r.id = $1`,
    [id, JSON.stringify(before), JSON.stringify(after)],
  );
}
