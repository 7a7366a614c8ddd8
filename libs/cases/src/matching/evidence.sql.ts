import type { EntityManager } from 'typeorm';
import type { IdentifierKind } from '#contracts';
import { READ_CHARACTERS } from './mentions.rules.js';
import { nameKey } from './names.rules.js';

/** Of each newcomer the latest; who says more repeats themselves. */
const LATEST = 20;
/** Addresses that read like those of many say nobody. */
export const MOST_ALIKE = 3;
const MOST_NAMESAKES = 20;
/** Shorter ones are anybody's. */
const ALIKE_LETTERS = 6;

/** Mailboxes of an office, and names everybody takes. */
const ROLES = ['contacto', 'clientes', 'atencion', 'facturacion', 'oficina', 'contact', 'support', 'office', 'noreply'];

export interface SaidEntry {
  id: string;
  customerId: string;
  text: string;
  isPublic: boolean;
  /** Nothing but a few digits. */
  isCode: boolean;
}

/** What these customers wrote last, newest first; not what nobody typed, nor what one of us wrote down. */
export const entriesOf = (tx: EntityManager, customerIds: string[]): Promise<SaidEntry[]> =>
  tx.query(
    `select i.id, n.id as "customerId", i.text, i."isPublic", i."isCode" from unnest($1::uuid[]) n (id), lateral (
       select i.id, left(concat_ws(E'\\n', i.subject, i.text), ${READ_CHARACTERS}) as text, i.public_url is not null as "isPublic",
         length(i.text) < 20 and i.text ~ '[0-9]{2}' as "isCode", i.occurred_at
       from cases c join interaction i on i.case_id = c.id
       where c.customer_id = n.id and i.direction = 'inbound' and not i.automatic and i.author_id is null
       order by i.occurred_at desc, i.id desc limit ${LATEST}) i
     order by n.id, i.occurred_at desc, i.id desc`,
    [customerIds],
  );

export interface Named {
  id: string;
  displayName: string;
}

export const namesOf = (tx: EntityManager, customerIds: string[]): Promise<Named[]> =>
  tx.query('select id, display_name as "displayName" from customer where id = any($1)', [customerIds]);

export interface FoundPoint {
  id: string;
  kind: IdentifierKind;
  value: string;
  display: string;
  customerId: string;
}

/** Who holds what was mentioned, today and alone: what is shared or somebody's no more says nothing. */
export const holdersOf = (
  tx: EntityManager,
  mentioned: { kind: IdentifierKind; value: string }[],
): Promise<FoundPoint[]> =>
  tx.query(
    `select p.id, p.kind, p.value, p.display, p.customer_id as "customerId"
     from unnest($1::text[], $2::text[]) m (kind, value) join contact_point p on p.kind = m.kind and p.value = m.value
     where p.valid_to is null and not p.shared`,
    [mentioned.map(({ kind }) => kind), mentioned.map(({ value }) => value)],
  );

export interface FoundCase {
  id: string;
  reference: string;
  customerId: string;
}

export const casesCalled = (tx: EntityManager, references: string[]): Promise<FoundCase[]> =>
  tx.query(
    `select c.id, c.reference, living_customer(c.customer_id) as "customerId" from cases c
     where c.reference = any($1) and c.status <> 'spam'`,
    [references],
  );

export interface AlikePair {
  newcomerId: string;
  knownId: string;
  /** Contact points, and how they are written. */
  pointIds: [string, string];
  newcomer: string;
  known: string;
}

const MAIL = (p: string) => `rtrim(translate(split_part(${p}.value, '@', 1), '._+-', ''), '0123456789')`;
const HANDLE = (p: string) => `rtrim(translate(${p}.handle, '_', ''), '0123456789')`;

const alike = (mine: string, theirs: string, iAm: string, theyAre: string) => `
  select p.customer_id as "newcomerId", o.customer_id as "knownId", array[p.id, o.id] as "pointIds",
    coalesce('@' || p.handle, p.display) as newcomer, coalesce('@' || o.handle, o.display) as known
  from contact_point p join contact_point o on ${theirs} = ${mine} and ${theyAre} and o.valid_to is null
  where p.customer_id = any($1) and ${iAm} and p.valid_to is null and not p.shared and not o.shared
    and o.customer_id <> p.customer_id and length(${mine}) >= ${ALIKE_LETTERS} and ${mine} <> all($2)`;

/** Handles that read like a mail address of somebody, and the other way round; not those that read like many. */
export async function alikeTo(tx: EntityManager, customerIds: string[]): Promise<AlikePair[]> {
  const mail = (p: string) => `${p}.kind = 'email'`;
  const handle = (p: string) => `${p}.handle is not null`;
  const rows: AlikePair[] = await tx.query(
    `${alike(HANDLE('p'), MAIL('o'), handle('p'), mail('o'))} union all ${alike(MAIL('p'), HANDLE('o'), mail('p'), handle('o'))}`,
    [customerIds, ROLES],
  );
  return rows.filter(({ newcomerId }) => rows.filter((other) => other.newcomerId === newcomerId).length <= MOST_ALIKE);
}

export interface HouseholdMember {
  newcomerId: string;
  knownId: string;
  kind: 'email' | 'phone';
  display: string;
  value: string;
}

/** Whom an address these customers write by reaches as well. */
export const membersOf = (tx: EntityManager, customerIds: string[]): Promise<HouseholdMember[]> =>
  tx.query(
    `select p.customer_id as "newcomerId", s.customer_id as "knownId", p.kind, p.display, p.value
     from contact_point p join contact_point s on s.kind = p.kind and s.value = p.value and s.shared and s.valid_to is null
     where p.customer_id = any($1) and p.valid_to is null and not p.shared and s.customer_id <> p.customer_id`,
    [customerIds],
  );

/** Of these customers those who are nobody in particular: they hold an address that several people have. */
export async function householdsOf(tx: EntityManager, customerIds: string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query(
    `select distinct p.customer_id as id from contact_point p
     where p.customer_id = any($1) and p.valid_to is null and not p.shared and exists (
       select from contact_point s where s.kind = p.kind and s.value = p.value and s.shared and s.valid_to is null)`,
    [customerIds],
  );
  return new Set(rows.map(({ id }) => id));
}

export const citiesOfStores = async (tx: EntityManager): Promise<string[]> => {
  const rows: { city: string }[] = await tx.query('select distinct city from store where city is not null');
  return rows.map(({ city }) => city);
};

/** Others whose name begins as this one and who have been to a store in one of these cities. */
export const namesakesIn = (
  tx: EntityManager,
  newcomer: Named,
  cities: string[],
): Promise<(Named & { city: string })[]> =>
  tx.query(
    `select distinct cu.id, cu.display_name as "displayName", s.city
     from (select customer_id from customer_name where part = $1 or (part > $1 || ' ' and part < $1 || '!') limit ${MOST_NAMESAKES}) n
       join customer cu on cu.id = n.customer_id and cu.merged_into is null and cu.id <> $2
       join cases c on c.customer_id = cu.id join case_store cs on cs.case_id = c.id
       join store s on s.id = cs.store_id and s.city = any($3)`,
    [nameKey(newcomer.displayName), newcomer.id, cities],
  );
