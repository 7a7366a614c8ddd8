import type { EntityManager } from 'typeorm';

/** Whether the customer agreed that the device of this order may be wiped. */
export async function mayErase(tx: EntityManager, repairId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `select from data_recovery where repair_order_id = $1 and state <> 'asked' and may_erase`,
    [repairId],
  );
  return rows.length > 0;
}
