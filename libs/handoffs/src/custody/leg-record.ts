import type { EntityManager } from 'typeorm';
import type { Hands, LegState } from '#contracts';
import { lockCase, visible } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';

/** A shipment as decisions look at it. */
export interface LegRecord {
  id: string;
  caseId: string;
  /** As the phone goes by now. */
  deviceId: string;
  deviceName: string;
  handoffId: string | null;
  code: string;
  from: Hands;
  to: Hands;
  /** Null: somebody takes it there in person. */
  courier: Hands | null;
  trackingNumber: string | null;
  state: LegState;
  etaAt: Date | null;
}

/** How a device `d` with its model `m` is called. */
const DEVICE_NAME = `coalesce(m.brand || ' ' || m.name, d.model_name, 'IMEI …' || right(coalesce(d.imei, d.serial), 4), '—')`;

/** One of the sides of `custody_leg l`; what a customer is since a merge, they go by. */
const side = (name: 'from' | 'to'): string =>
  `json_build_object('kind', l.${name}_kind, 'id', case when l.${name}_kind = 'customer' then living_customer(l.${name}_id) else l.${name}_id end, 'name', l.${name}_name)`;

const RECORD = `select l.id, l.case_id as "caseId", d.id as "deviceId", ${DEVICE_NAME} as "deviceName", l.handoff_id as "handoffId", l.code,
    ${side('from')} as "from", ${side('to')} as "to",
    case when l.courier_name is not null then json_build_object('kind', 'courier', 'id', l.courier_id, 'name', l.courier_name) end as courier,
    l.tracking_number as "trackingNumber", l.state, l.eta_at as "etaAt"
  from custody_leg l join device d on d.id = living_device(l.device_id) left join device_model m on m.id = d.model_id`;

/**
 * Locks the case of a shipment and then the shipment, wherever a merge has just taken it.
 * @throws DomainError leg.not_found, also when its case is not theirs to see
 */
export async function lockLeg(tx: EntityManager, principal: Principal, legId: string): Promise<LegRecord> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query(
      `select c.id as "caseId" from custody_leg l join cases c on c.id = l.case_id where l.id = $1 and ${visible('$2')}`,
      [legId, visibleStore(principal)],
    );
    if (!rows[0]) throw new DomainError('leg.not_found');
    await lockCase(tx, principal, rows[0].caseId);
    const leg = await heldLeg(tx, legId);
    if (leg.caseId === rows[0].caseId) return leg;
  }
}

/** The shipment, locked; whoever calls holds its case. */
export async function heldLeg(tx: EntityManager, legId: string): Promise<LegRecord> {
  const rows: LegRecord[] = await tx.query(`${RECORD} where l.id = $1 for update of l`, [legId]);
  if (!rows[0]) throw new DomainError('leg.not_found');
  return rows[0];
}

/** Those of a handoff that are not over, in their order, locked; whoever calls holds its case. */
export async function openLegsOf(tx: EntityManager, handoffId: string): Promise<LegRecord[]> {
  return tx.query(
    `${RECORD} where l.handoff_id = $1 and l.state in ('planned', 'under_way', 'lost') order by l.place for update of l`,
    [handoffId],
  );
}

/** A device shown on the case, as it goes by now. @throws DomainError device.not_found */
export async function deviceOfCase(
  tx: EntityManager,
  caseId: string,
  deviceId: string,
): Promise<{ id: string; name: string }> {
  const rows: { id: string; name: string }[] = await tx.query(
    `select d.id, ${DEVICE_NAME} as name from device d left join device_model m on m.id = d.model_id where d.id = living_device($2)
       and exists (select from case_device k where k.case_id = $1 and living_device(k.device_id) = d.id)`,
    [caseId, deviceId],
  );
  if (!rows[0]) throw new DomainError('device.not_found');
  return rows[0];
}

/** A device as it goes by now, whatever its case is by now: a merge that was taken back may have brought it elsewhere. */
export async function deviceAsItIs(tx: EntityManager, deviceId: string): Promise<{ id: string; name: string } | null> {
  const rows: { id: string; name: string }[] = await tx.query(
    `select d.id, ${DEVICE_NAME} as name from device d left join device_model m on m.id = d.model_id where d.id = living_device($1)`,
    [deviceId],
  );
  return rows[0] ?? null;
}
