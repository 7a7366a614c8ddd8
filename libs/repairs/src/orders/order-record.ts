import type { EntityManager } from 'typeorm';
import { isRepairOver, type Language, type RepairHolder, type RepairStage } from '#contracts';
import { lockCase, visible, type CaseRecord } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';

/** A repair order as decisions look at it. */
export interface OrderRecord {
  id: string;
  caseId: string;
  deviceId: string;
  deviceName: string;
  stage: RepairStage;
  holder: RepairHolder;
  erases: boolean;
  promisedReturnAt: Date | null;
  returnPromise: string | null;
  updatePromise: string | null;
  toldReturnAt: Date | null;
  /** Of the customer. */
  language: Language;
  customer: string;
}

/** How a device `d` with its model `m` is called. */
export const DEVICE_NAME = `coalesce(m.brand || ' ' || m.name, d.model_name, 'IMEI …' || right(coalesce(d.imei, d.serial), 4), '—')`;

const RECORD = `select r.id, r.case_id as "caseId", r.device_id as "deviceId", ${DEVICE_NAME} as "deviceName", r.stage, r.holder, r.erases,
    r.promised_return_at as "promisedReturnAt", r.return_promise as "returnPromise", r.update_promise as "updatePromise", r.told_return_at as "toldReturnAt",
    cu.language, c.customer_name as customer
  from repair_order r join device d on d.id = r.device_id left join device_model m on m.id = d.model_id join cases c on c.id = r.case_id
    join customer cu on cu.id = c.customer_id where r.id = $1 for update of r`;

/** The order, locked; whoever calls holds its case. */
export async function heldOrder(tx: EntityManager, repairId: string): Promise<OrderRecord> {
  const rows: OrderRecord[] = await tx.query(RECORD, [repairId]);
  if (!rows[0]) throw new DomainError('repair.not_found');
  return rows[0];
}

/**
 * Locks the case of an order and then the order, wherever a merge has just taken it.
 * @throws DomainError repair.not_found, also when its case is not theirs to see
 */
export async function lockOrder(
  tx: EntityManager,
  principal: Principal,
  repairId: string,
): Promise<{ found: CaseRecord; order: OrderRecord }> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query(
      `select c.id as "caseId" from repair_order r join cases c on c.id = r.case_id where r.id = $1 and ${visible('$2')}`,
      [repairId, visibleStore(principal)],
    );
    if (!rows[0]) throw new DomainError('repair.not_found');
    const found = await lockCase(tx, principal, rows[0].caseId);
    const order = await heldOrder(tx, repairId);
    if (order.caseId === found.id) return { found, order };
  }
}

/** The same by nobody in particular: sweeps, and the page of the case. @returns null where it is gone */
export async function lockAnyOrder(tx: EntityManager, repairId: string): Promise<OrderRecord | null> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query('select case_id as "caseId" from repair_order where id = $1', [
      repairId,
    ]);
    if (!rows[0]) return null;
    await tx.query('select from cases where id = $1 for update', [rows[0].caseId]);
    const order = await heldOrder(tx, repairId);
    if (order.caseId === rows[0].caseId) return order;
  }
}

/** @throws DomainError repair.over */
export function demandRunning({ stage }: OrderRecord): void {
  if (isRepairOver(stage)) throw new DomainError('repair.over', { stage });
}
