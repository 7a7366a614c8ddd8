import type { EntityManager } from 'typeorm';
import type { Purchase } from '#contracts';
import { DomainError } from '#platform';
import { keysOf, type KnownNumbers, type StatedNumbers } from './stated.rules.js';

/** A phone as decisions look at it. */
export interface DeviceRecord extends KnownNumbers {
  id: string;
  modelId: string | null;
  brand: string | null;
  /** Brand and model, or what it was called; empty: nobody has said. */
  name: string;
  purchase: Purchase | null;
  replacedBy: string | null;
}

/** How a phone `d` of model `m` is called (SQL). */
export const DEVICE_NAME = `coalesce(case when lower(m.name) like lower(m.brand) || ' %' then m.name else m.brand || ' ' || m.name end, d.model_name, '')`;

const RECORD = `d.id, d.imei, d.imei2, d.meid, d.serial, d.model_id as "modelId", m.brand, ${DEVICE_NAME} as name, d.purchase,
  d.replaced_by as "replacedBy"`;

/** All records that are the phone $1 (SQL). */
export const FAMILY = '(select device_records($1::uuid))';

/**
 * Whoever is about to decide which phone this is waits for everybody else who is; released at the end of the transaction. Cases
 * are locked before phones, as everywhere.
 */
export async function lockNumbers(tx: EntityManager, stated: StatedNumbers, more: string[] = []): Promise<void> {
  const keys = [...keysOf(stated), ...(stated.serial ? [`serial/${stated.serial}`] : []), ...more];
  await tx.query('select lock_contacts($1)', [keys.map((key) => `device/${key}`)]);
}

/** The phones these numbers are known to be of, by the records they go by. */
export async function devicesWith(tx: EntityManager, numbers: string[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    'select distinct living_device(device_id) as id from device_number where number = any($1)',
    [numbers],
  );
  return rows.map(({ id }) => id);
}

/** The one phone with this serial number of which nothing stated says that it is another; null when there is none or several. */
export async function deviceWithSerial(
  tx: EntityManager,
  { imeis, meid, serial }: StatedNumbers,
): Promise<string | null> {
  if (!serial) return null;
  const rows: { id: string }[] = await tx.query(
    `select distinct living_device(d.id) as id from device d where lower(d.serial) = lower($1) and ($2 or (d.imei is null and d.meid is null)) limit 2`,
    [serial, imeis.length === 0 && meid === null],
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** The one phone of a case of which no number is known, called so or not called at all. */
export async function namelessOf(tx: EntityManager, caseId: string, name: string | null): Promise<string | null> {
  const rows: { id: string }[] = await tx.query(
    `select d.id from case_device k join device d on d.id = k.device_id
     where k.case_id = $1 and d.imei is null and d.meid is null and d.serial is null and d.joined_into is null
       and ($2::text is null or d.model_name is null or lower(d.model_name) = lower($2)) limit 2`,
    [caseId, name],
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/**
 * Locks a phone for change, by whichever of its records.
 * @throws DomainError device.not_found
 */
export async function lockDevice(tx: EntityManager, id: string): Promise<DeviceRecord> {
  await tx.query('select from device where id = living_device($1) for update', [id]);
  const rows: DeviceRecord[] = await tx.query(
    `select ${RECORD} from device d left join device_model m on m.id = d.model_id where d.id = living_device($1)`,
    [id],
  );
  if (!rows[0]) throw new DomainError('device.not_found');
  return rows[0];
}

/** The model a TAC is of, or null. */
export async function modelOfTac(tx: EntityManager, tac: string | null): Promise<string | null> {
  if (!tac) return null;
  const rows: { id: string }[] = await tx.query('select model_id as id from device_tac where tac = $1', [tac]);
  return rows[0]?.id ?? null;
}

/** @throws DomainError device_model.not_found */
export async function demandModel(tx: EntityManager, id: string): Promise<void> {
  const rows: unknown[] = await tx.query('select from device_model where id = $1', [id]);
  if (rows.length === 0) throw new DomainError('device_model.not_found');
}

/** Whether a phone belongs to a case. @throws DomainError device.not_on_case */
export async function demandOnCase(tx: EntityManager, caseId: string, deviceId: string): Promise<void> {
  const rows: unknown[] = await tx.query(
    'select from case_device where case_id = $1 and living_device(device_id) = living_device($2)',
    [caseId, deviceId],
  );
  if (rows.length === 0) throw new DomainError('device.not_on_case');
}
