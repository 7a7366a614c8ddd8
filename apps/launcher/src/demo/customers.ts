import type { EntityManager } from 'typeorm';
import type { Tier } from '#contracts';
import { newId } from '#platform';

const DAY_MS = 86_400_000;

/** What the carrier has of somebody for years. */
interface Contract {
  document: string;
  customerNumber: string;
  imei: string;
  /** Of the whole household. */
  landline: string;
  /** A number they had, and when it was given up: days before now. */
  formerPhone: { phone: string; daysAgo: number };
}

export interface DemoCustomer {
  name: string;
  handle?: string;
  twitterId?: string;
  email?: string;
  phone?: string;
  tier?: Tier;
  contract?: Contract;
}

/** A customer of the carrier, known from their contract. */
export async function addCustomer(tx: EntityManager, customer: DemoCustomer, since: Date): Promise<string> {
  const id = newId();
  await tx.query(
    'insert into customer (id, display_name, tier, provisional, created_at) values ($1, $2, $3, false, $4)',
    [id, customer.name, customer.tier ?? 'standard', since],
  );
  const contacts: [string, string | undefined, string | null, string | undefined][] = [
    ['twitter', customer.twitterId, customer.handle ?? null, customer.handle && `@${customer.handle}`],
    ['email', customer.email, null, customer.email],
    ['phone', customer.phone && `+34${customer.phone.replaceAll(' ', '')}`, null, customer.phone],
  ];
  for (const [kind, value, handle, display] of contacts.filter(([, value]) => value))
    await tx.query(
      `insert into contact_point (id, customer_id, kind, value, handle, display, source, created_at) values ($1, $2, $3, $4, $5, $6, 'import', $7)`,
      [newId(), id, kind, value, handle, display, since],
    );
  if (customer.contract) await addContract(tx, id, customer, since);
  return id;
}

/** What the contract says, and that a number of theirs is somebody else's now. */
async function addContract(tx: EntityManager, customerId: string, customer: DemoCustomer, since: Date) {
  const { contract, phone = '' } = customer;
  if (!contract) return;
  const line = `+34${phone.replaceAll(' ', '')}`;
  const until = new Date(since.getTime() - contract.formerPhone.daysAgo * DAY_MS);
  const points: [string, string, boolean, Date | null][] = [
    ['line', line, false, null],
    ['customer_number', contract.customerNumber, false, null],
    ['document', contract.document, false, null],
    ['imei', contract.imei, false, null],
    ['phone', contract.landline, true, null],
    ['phone', contract.formerPhone.phone, false, until],
  ];
  for (const [kind, value, shared, end] of points)
    await tx.query(
      `insert into contact_point (id, customer_id, kind, value, display, source, shared, valid_from, valid_to, end_reason, created_at)
       values ($1, $2, $3, $4, $4, 'import', $5, $6, $7, $8, $9)`,
      [
        newId(),
        customerId,
        kind,
        value,
        shared,
        end && new Date(end.getTime() - 3 * 365 * DAY_MS),
        end,
        end && 'somebody_else',
        since,
      ],
    );
}
