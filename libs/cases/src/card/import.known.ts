import type { EntityManager } from 'typeorm';
import type { AccountData, Language, PreferenceField, Tier, TierRule } from '#contracts';
import type { Identifier } from '../identity/identifier.rules.js';
import { Holdings, type KnownPerson } from './import.decide.rules.js';

export interface Account {
  id: string;
  customerId: string;
  number: string;
  data: AccountData;
  asOf: Date;
}
export interface Person extends KnownPerson {
  language: Language;
  tier: Tier;
  city: string | null;
  postcode: string | null;
  openCaseId: string | null;
  accounts: Account[];
  preferences: Map<PreferenceField, { value: unknown; source: string }>;
}

/** What is known of everybody a portion of an import touches, theirs until the transaction ends. */
export interface Known {
  accounts: Map<string, Account>;
  people: Map<string, Person>;
  holdings: Holdings;
  rules: TierRule[];
}

interface PointRow {
  id: string;
  customerId: string;
  kind: Identifier['kind'];
  value: string;
  since: string;
  verified: string | null;
  shared: boolean;
}

/** Locks addresses, then people, then their cases, each in one order, as everybody does; and reads them. */
export async function known(
  tx: EntityManager,
  source: string,
  numbers: string[],
  identifiers: Identifier[],
  timeZone: string,
): Promise<Known> {
  const keys = identifiers.map(({ kind, value }) => `${kind}:${value}`);
  await tx.query('select lock_contacts($1)', [[...keys, ...numbers.map((number) => `account:${source}:${number}`)]]);
  const points: PointRow[] = await tx.query(
    `select p.id, p.customer_id as "customerId", p.kind, p.value, p.shared,
       to_char(coalesce(p.valid_from, p.created_at) at time zone $3, 'YYYY-MM-DD') as since,
       to_char(p.verified_at at time zone $3, 'YYYY-MM-DD') as verified
     from unnest($1::text[], $2::text[]) as k (kind, value) join contact_point p on p.kind = k.kind and p.value = k.value and p.valid_to is null
     group by p.id`,
    [identifiers.map(({ kind }) => kind), identifiers.map(({ value }) => value), timeZone],
  );
  const owners: { customerId: string }[] = await tx.query(
    `select customer_id as "customerId" from customer_account where source = $1 and number = any($2)`,
    [source, numbers],
  );
  const ids = [...new Set([...points, ...owners].map(({ customerId }) => customerId))];
  const people = await peopleBy(tx, source, ids);
  const holdings = new Holdings();
  for (const { kind, value, ...point } of points) holdings.add({ kind, value }, point);
  const accounts = [...people.values()].flatMap((person) => person.accounts);
  const rules: TierRule[] = await tx.query(
    `select tier, min_years as "minYears", min_monthly_cents::float8 as "minMonthlyCents", currency from tier_rule`,
  );
  return { accounts: new Map(accounts.map((account) => [account.number, account])), people, holdings, rules };
}

async function peopleBy(tx: EntityManager, source: string, ids: string[]): Promise<Map<string, Person>> {
  const rows: (Omit<Person, 'accounts' | 'preferences' | 'hasAccount'> & { id: string })[] = await tx.query(
    `select id, display_name as "displayName", provisional, language, tier, city, postcode, null as "openCaseId"
     from customer where id = any($1) order by id for update`,
    [ids],
  );
  const people = new Map<string, Person>(
    rows.map(({ id, ...row }) => [id, { ...row, hasAccount: false, accounts: [], preferences: new Map() }]),
  );
  const cases: { id: string; customerId: string }[] = await tx.query(
    'select id, customer_id as "customerId" from cases where customer_id = any($1) and is_open order by id for update',
    [ids],
  );
  for (const { id, customerId } of cases) Object.assign(people.get(customerId) ?? {}, { openCaseId: id });
  const accounts: (Account & { source: string })[] = await tx.query(
    'select id, customer_id as "customerId", source, number, data, as_of as "asOf" from customer_account where customer_id = any($1)',
    [ids],
  );
  for (const { source: said, ...account } of accounts) {
    const person = people.get(account.customerId);
    if (!person || said !== source) continue;
    person.accounts.push(account);
    person.hasAccount = true;
  }
  const preferences: { customerId: string; field: PreferenceField; value: unknown; source: string }[] = await tx.query(
    'select customer_id as "customerId", field, value, source from customer_preference where customer_id = any($1)',
    [ids],
  );
  for (const { customerId, field, value, source: by } of preferences)
    people.get(customerId)?.preferences.set(field, { value, source: by });
  return people;
}
