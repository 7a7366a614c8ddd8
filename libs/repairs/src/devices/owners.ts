import type { EntityManager } from 'typeorm';
import type { OwnerReason } from '#contracts';
import { newId } from '#platform';

/** Whose a phone is: periods that never overlap. Of nobody a phone becomes whoever's it is said to be; of somebody only by deed. */

/** The customer it is now, wherever merges have taken them; null: nobody's. */
export async function ownerOf(tx: EntityManager, deviceId: string): Promise<string | null> {
  const rows: { id: string }[] = await tx.query(
    'select living_customer(customer_id) as id from device_ownership where device_id = $1 and until is null',
    [deviceId],
  );
  return rows[0]?.id ?? null;
}

/** Who is known to have a phone with one of these IMEIs, by what they or another system said before it was ever here. */
export async function holderOf(tx: EntityManager, imeis: string[]): Promise<string | null> {
  const rows: { id: string }[] = await tx.query(
    `select distinct living_customer(customer_id) as id from contact_point
     where kind = 'imei' and value = any($1) and valid_to is null and not shared limit 2`,
    [imeis],
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** Ends what holds and begins anew from this moment. */
export async function giveTo(
  tx: EntityManager,
  deviceId: string,
  customerId: string,
  at: Date,
  reason: OwnerReason | null = null,
): Promise<void> {
  await tx.query(
    `update device_ownership set until = greatest("from", $2::timestamptz) where device_id = $1 and until is null`,
    [deviceId, at],
  );
  await tx.query(
    'insert into device_ownership (id, device_id, customer_id, "from", reason) values ($1, $2, $3, $4, $5)',
    [newId(), deviceId, customerId, at, reason],
  );
}
