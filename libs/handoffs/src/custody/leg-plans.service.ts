import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newLegCode, type Hands, type LegBody, type LegState } from '#contracts';
import { actorOf, lockCase, record, showCaseToStore, type Actor, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { known } from './hands-book.js';
import { deviceOfCase } from './leg-record.js';

const OVER = new Set(['closed', 'merged', 'spam']);

/** A shipment to be written down. */
export interface LegPlan {
  caseId: string;
  device: { id: string; name: string };
  handoffId: string | null;
  from: Hands;
  to: Hands;
  courier: Hands | null;
  trackingNumber: string | null;
  etaAt: Date | null;
  /** Under way: whoever sends it says that it left already. */
  state: Extract<LegState, 'planned' | 'under_way'>;
  actor: Actor;
}

/** Shipments that are to be: each gets its place and the code of its label. */
@Injectable()
export class LegPlans {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * A device of the case is to go from hand to hand. Both stores, where it goes from one to the other, see the case from then on.
   * @throws DomainError permission.denied, case.not_found, case.over, device.not_found, handoff.not_found, store.not_found,
   *   partner.not_found, customer.not_found; request.invalid where it would lead nowhere
   */
  async plan(
    tx: EntityManager,
    principal: Principal,
    { caseId, ...body }: LegBody & { caseId: string },
  ): Promise<{ legId: string; caseId: string }> {
    demand(principal, 'custody.move');
    const found = await lockCase(tx, principal, caseId);
    if (OVER.has(found.status)) throw new DomainError('case.over', { status: found.status });
    const device = await deviceOfCase(tx, found.id, body.deviceId);
    if (body.handoffId) await demandHandoff(tx, found.id, body.handoffId);
    const [from, to] = [await known(tx, found.id, body.from), await known(tx, found.id, body.to)];
    if (from.kind === to.kind && (from.id === null || from.id === to.id))
      throw new DomainError('request.invalid', [{ path: 'to', message: 'it is there already' }]);
    const actor = actorOf(principal);
    const { legId, events } = await this.write(tx, {
      ...{ caseId: found.id, device, from, to, actor, state: 'planned', handoffId: body.handoffId ?? null },
      courier: body.courier ? await known(tx, found.id, { ...body.courier, kind: 'courier' }) : null,
      trackingNumber: body.trackingNumber ?? null,
      etaAt: body.etaAt ? new Date(body.etaAt) : null,
    });
    await record(tx, found.id, actor, 'api', this.clock.now(), events);
    return { legId, caseId: found.id };
  }

  /** Writes it down; whoever calls holds the case and records what this answers. */
  async write(tx: EntityManager, plan: LegPlan): Promise<{ legId: string; events: NewEvent[] }> {
    const { caseId, device, from, to } = plan;
    const legId = newId();
    while (!(await this.insert(tx, legId, plan)));
    for (const hands of [from, to])
      if (hands.kind === 'store' && hands.id !== null) await showCaseToStore(tx, caseId, hands.id);
    return {
      legId,
      events: [{ type: 'leg.planned', data: { legId, deviceId: device.id, name: device.name, from, to } }],
    };
  }

  /** @returns false where another label says the same already */
  private async insert(tx: EntityManager, legId: string, plan: LegPlan): Promise<boolean> {
    const { caseId, device, from, to, courier, actor, state } = plan;
    const rows: unknown[] = await tx.query(
      `insert into custody_leg (id, case_id, device_id, handoff_id, place, code, from_kind, from_id, from_name, to_kind, to_id, to_name, courier_id, courier_name,
         tracking_number, state, state_at, eta_at, picked_up_at, planned_by, planned_name, planned_at)
       values ($1, $2, $3, $4, (select coalesce(max(place), 0) + 1 from custody_leg where case_id = $2 and device_id = $3), $5, $6, $7, $8, $9, $10, $11,
         $12, $13, $14, $15, $19, $16, case when $15 = 'under_way' then $19::timestamptz end, $17, $18, $19)
       on conflict (code) do nothing returning id`,
      [
        ...[legId, caseId, device.id, plan.handoffId, newLegCode(randomInt), from.kind, from.id, from.name],
        ...[
          to.kind,
          to.id,
          to.name,
          courier?.id ?? null,
          courier?.name ?? null,
          plan.trackingNumber,
          state,
          plan.etaAt,
        ],
        ...[actor.kind === 'agent' ? actor.id : null, actor.name, this.clock.now()],
      ],
    );
    return rows.length > 0;
  }
}

async function demandHandoff(tx: EntityManager, caseId: string, handoffId: string): Promise<void> {
  const rows: unknown[] = await tx.query('select from handoff where id = $1 and case_id = $2', [handoffId, caseId]);
  if (rows.length === 0) throw new DomainError('handoff.not_found');
}
