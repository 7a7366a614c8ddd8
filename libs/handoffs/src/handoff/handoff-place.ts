import type { EntityManager } from 'typeorm';
import type { NewHandoffBody } from '#contracts';
import { DomainError } from '#platform';

/** What a handoff is about, and from where the device goes. */
export interface Place {
  deviceId: string | null;
  repairId: string | null;
  storeId: string | null;
}

/**
 * A repair of the case brings its device and its store; a device has to have been shown on the case.
 * @throws DomainError repair.not_found, device.not_found, store.not_found
 */
export async function placeOf(
  tx: EntityManager,
  caseId: string,
  { deviceId, repairId, storeId }: Pick<NewHandoffBody, 'deviceId' | 'repairId' | 'storeId'>,
): Promise<Place> {
  if (repairId) {
    const [repair]: Place[] = await tx.query(
      `select id as "repairId", device_id as "deviceId", store_id as "storeId" from repair_order where id = $1 and case_id = $2`,
      [repairId, caseId],
    );
    if (!repair) throw new DomainError('repair.not_found');
    return { ...repair, storeId: storeId ?? repair.storeId };
  }
  if (storeId && (await tx.query('select from store where id = $1', [storeId])).length === 0)
    throw new DomainError('store.not_found');
  if (!deviceId) return { deviceId: null, repairId: null, storeId: storeId ?? null };
  const [device]: { id: string }[] = await tx.query(
    `select living_device($2) as id from case_device where case_id = $1 and living_device(device_id) = living_device($2) limit 1`,
    [caseId, deviceId],
  );
  if (!device) throw new DomainError('device.not_found');
  return { deviceId: device.id, repairId: null, storeId: storeId ?? null };
}
