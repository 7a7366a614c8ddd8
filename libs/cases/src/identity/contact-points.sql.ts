import type { EntityManager } from 'typeorm';
import type { ContactSource, IdentifierKind } from '#contracts';
import { visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';
import { visible } from '../case-access.js';
import type { Identifier } from './identifier.rules.js';

/** A contact point as decisions about it look at it. */
export interface PointRecord extends Identifier {
  id: string;
  customerId: string;
  source: ContactSource;
  shared: boolean;
  verified: boolean;
  ended: boolean;
  createdAt: Date;
}

const POINT = `p.id, p.customer_id as "customerId", p.kind, p.value, p.handle, p.display, p.source, p.shared, p.verified_at is not null as verified,
  p.valid_to is not null as ended, p.created_at as "createdAt"`;

/** Somebody whose contact points are about to change: they and their open case are ours until the end. */
export interface HeldCustomer {
  id: string;
  provisional: boolean;
  openCaseId: string | null;
}

/**
 * Locks a customer and their open case; those who were taken in are who they are now.
 * @throws DomainError customer.not_found, also when none of their cases is this person's to see
 */
export async function holdCustomer(tx: EntityManager, principal: Principal, id: string): Promise<HeldCustomer> {
  const rows: { id: string; provisional: boolean }[] = await tx.query(
    `select cu.id, cu.provisional from customer cu where cu.id = living_customer($1)
       and ($2::text is null or exists (select from cases c where c.customer_id = cu.id and ${visible('$2')})) for update of cu`,
    [id, visibleStore(principal)],
  );
  if (!rows[0]) throw new DomainError('customer.not_found');
  return { ...rows[0], openCaseId: await openCaseOf(tx, rows[0].id) };
}

export async function openCaseOf(tx: EntityManager, customerId: string): Promise<string | null> {
  const rows: { id: string }[] = await tx.query('select id from cases where customer_id = $1 and is_open for update', [
    customerId,
  ]);
  return rows[0]?.id ?? null;
}

/** @throws DomainError contact.not_found when the customer has none of this id, contact.ended when it is theirs no longer */
export async function pointOf(tx: EntityManager, customerId: string, id: string): Promise<PointRecord> {
  const rows: PointRecord[] = await tx.query(
    `select ${POINT} from contact_point p where p.id = $1 and living_customer(p.customer_id) = $2`,
    [id, customerId],
  );
  if (!rows[0]) throw new DomainError('contact.not_found');
  if (rows[0].ended) throw new DomainError('contact.ended', { fields: [rows[0].kind] });
  return rows[0];
}

export interface Holders {
  /** Whose alone it is; of what is shared, the household's. */
  alone: (PointRecord & { isHousehold: boolean }) | null;
  /** Of what several people have, each one's. */
  members: PointRecord[];
}

/** Everybody who has it now; its key is to be locked before. A household: nothing is known of who writes but this address. */
export async function holdersOf(tx: EntityManager, { kind, value, handle }: Identifier): Promise<Holders> {
  const alone: (PointRecord & { isHousehold: boolean })[] = await tx.query(
    `select ${POINT}, cu.provisional and not exists (
         select from contact_point o where o.customer_id = cu.id and o.id <> p.id and o.valid_to is null) as "isHousehold"
     from contact_point p join customer cu on cu.id = p.customer_id
     where p.kind = $1 and p.valid_to is null and not p.shared
       and (($2::text is not null and p.value = $2) or ($2::text is null and p.handle = $3))
     order by p.value nulls last limit 1`,
    [kind, value, handle],
  );
  const members: PointRecord[] = await tx.query(
    `select ${POINT} from contact_point p where p.kind = $1 and p.value = $2 and p.shared and p.valid_to is null order by p.created_at`,
    [kind, value],
  );
  return { alone: alone[0] ?? null, members };
}

export interface NewPoint extends Identifier {
  id: string;
  customerId: string;
  source: ContactSource;
  shared: boolean;
}

export async function insertPoint(tx: EntityManager, point: NewPoint, now: Date): Promise<void> {
  const { id, customerId, kind, value, handle, display, source, shared } = point;
  await tx.query(
    `insert into contact_point (id, customer_id, kind, value, handle, display, source, shared, valid_from, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [id, customerId, kind, value, handle, display, source, shared, now],
  );
}

/** What a mark on a record protects: something of the person that their own messages did not bring. */
export async function isProtected(tx: EntityManager, customer: HeldCustomer): Promise<boolean> {
  return !customer.provisional || knownOtherwise(tx, customer.id);
}

/** Whether more is known of them than what they or somebody at a counter said: a contract, an identifier, something made sure of. */
export async function knownOtherwise(tx: EntityManager, customerId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `select from contact_point where customer_id = $1 and valid_to is null
       and (source = 'import' or verified_at is not null or kind in ('document', 'customer_number', 'line')) limit 1`,
    [customerId],
  );
  return rows.length > 0;
}

/** Whether the customer has something of this kind now. */
export async function hasKind(tx: EntityManager, customerId: string, kind: IdentifierKind): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    'select from contact_point where customer_id = $1 and kind = $2 and valid_to is null limit 1',
    [customerId, kind],
  );
  return rows.length > 0;
}
