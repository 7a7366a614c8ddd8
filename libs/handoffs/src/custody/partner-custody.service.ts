import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isAtHand, mayBe, UNNAMED, type Hands } from '#contracts';
import { record, SYSTEM, type Actor, type NewEvent } from '#cases';
import { CLOCK, type Clock } from '#platform';
import type { Happened } from '../handoff/fold.rules.js';
import type { HandoffRecord } from '../handoff/handoff-record.js';
import type { Spoken } from '../handoff/spoken.js';
import { CustodyChain, type Proof } from './chain.service.js';
import { LegPlans } from './leg-plans.service.js';
import { deviceAsItIs, heldLeg, openLegsOf, type LegRecord } from './leg-record.js';
import { Legs } from './legs.service.js';

/** When a partner says it was, by their clock. */
export interface Said {
  at: Date;
}

/** What they say when they send a device back. */
export interface SentBack extends Said {
  carrier?: string | null | undefined;
  trackingNumber?: string | null | undefined;
  etaAt?: Date | null | undefined;
}

/**
 * What partners say of a device moves it: their word is a proof of its own kind. Of handoffs of ours only; whoever calls holds the
 * handoff with its case. Said twice, the second time changes nothing.
 */
@Injectable()
export class PartnerCustody {
  constructor(
    private readonly chain: CustodyChain,
    private readonly legs: Legs,
    private readonly plans: LegPlans,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What follows for the device from what happened to a handoff; recorded on its case. */
  async follow(
    tx: EntityManager,
    handoff: HandoffRecord,
    happened: Happened,
    { word, at }: Pick<Spoken, 'word' | 'at'>,
  ): Promise<void> {
    const events = await this.after(tx, handoff, happened, { word, at });
    if (events.length > 0) await record(tx, handoff.caseId, actorOf(handoff), 'partner', this.clock.now(), events);
  }

  private async after(
    tx: EntityManager,
    handoff: HandoffRecord,
    happened: Happened,
    { word, at }: Pick<Spoken, 'word' | 'at'>,
  ): Promise<NewEvent[]> {
    switch (happened) {
      case 'received':
        return this.received(tx, handoff, { at });
      case 'dispatched': {
        if (word.kind !== 'dispatched') return [];
        const { carrier, trackingNumber, etaAt } = word;
        return this.dispatched(tx, handoff, { at, carrier, trackingNumber, etaAt: etaAt ? new Date(etaAt) : null });
      }
      case 'rejected':
      case 'cancelled':
      case 'recalled':
        return this.ended(tx, handoff);
      default:
        return [];
    }
  }

  /** They have it: the way to them ends. */
  async received(tx: EntityManager, handoff: HandoffRecord, { at }: Said): Promise<NewEvent[]> {
    const device = await this.deviceOf(tx, handoff);
    const partner = partnerOf(handoff);
    if (!device || (await this.hasLeft(tx, handoff, device.id, at))) return [];
    const holder = await this.chain.hold(tx, device.id);
    const proof = said(handoff);
    const way = (await openLegsOf(tx, handoff.id)).find(({ to }) => mayBe(to, partner));
    if (!way || !isAtHand(way, holder)) return this.chain.move(tx, device, partner, proof);
    const onIt = { ...proof, legId: way.id };
    // Nobody scanned it when it left: it was carried all the same.
    const events =
      way.state === 'planned' && way.courier
        ? await this.legs.depart(tx, way, onIt, { name: way.courier.name })
        : ([] as NewEvent[]);
    events.push(...(await this.legs.reach(tx, way, onIt)));
    return events;
  }

  /** They sent it back: the way from them begins, planned by us before or not. */
  async dispatched(
    tx: EntityManager,
    handoff: HandoffRecord,
    { at, carrier, trackingNumber, etaAt }: SentBack,
  ): Promise<NewEvent[]> {
    const device = await this.deviceOf(tx, handoff);
    const [partner, proof] = [partnerOf(handoff), said(handoff)];
    if (!device || (await this.hasLeft(tx, handoff, device.id, at))) return [];
    const holder = await this.chain.hold(tx, device.id);
    // Whoever sends something has it.
    const events = holder && mayBe(holder, partner) ? [] : await this.received(tx, handoff, { at });
    const planned = (await openLegsOf(tx, handoff.id)).find(({ from }) => mayBe(from, partner));
    const way = planned ?? (await this.wayBack(tx, handoff, device, carrier ?? null, events));
    if (!way) return events;
    events.push(
      ...(await this.legs.depart(
        tx,
        way,
        { ...proof, legId: way.id },
        {
          ...{ name: carrier ?? UNNAMED, trackingNumber, etaAt },
        },
      )),
    );
    return events;
  }

  /** It came to nothing: what was to go to them does not. What they have comes back on its own way. */
  async ended(tx: EntityManager, handoff: HandoffRecord): Promise<NewEvent[]> {
    const partner = partnerOf(handoff);
    const idle = (await openLegsOf(tx, handoff.id)).filter(
      ({ state, to }) => state === 'planned' && mayBe(to, partner),
    );
    if (idle.length === 0) return [];
    await tx.query(`update custody_leg set state = 'cancelled', state_at = $2 where id = any($1)`, [
      idle.map(({ id }) => id),
      this.clock.now(),
    ]);
    return idle.map(({ id, deviceId, deviceName: name }) => ({
      type: 'leg.cancelled' as const,
      data: { legId: id, deviceId, name },
    }));
  }

  private async deviceOf(tx: EntityManager, { direction, deviceId }: HandoffRecord) {
    return direction === 'out' && deviceId !== null ? deviceAsItIs(tx, deviceId) : null;
  }

  /** Whether it has gone from them after that, or is on its way from them: what they say is late, or said again. */
  private async hasLeft(
    tx: EntityManager,
    { id, partnerId }: HandoffRecord,
    deviceId: string,
    at: Date,
  ): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `select from custody where device_id in (select device_records($1)) and from_kind = 'partner' and from_id = $2 and at > $3
       union all select from custody_leg where handoff_id = $4 and from_kind = 'partner' and from_id = $2 and state in ('under_way', 'lost') limit 1`,
      [deviceId, partnerId, at, id],
    );
    return rows.length > 0;
  }

  /** Back to the store it came from. @returns null where no store waits for it */
  private async wayBack(
    tx: EntityManager,
    handoff: HandoffRecord,
    device: { id: string; name: string },
    carrier: string | null,
    events: NewEvent[],
  ): Promise<LegRecord | null> {
    const stores: { id: string; name: string }[] = await tx.query(
      `select s.id, s.name from store s where s.id = coalesce($1, (select r.store_id from repair_order r where r.id = $2),
         (select r.store_id from repair_order r where r.device_id in (select device_records($3)) order by r.opened_at desc limit 1))`,
      [handoff.storeId, handoff.repairId, device.id],
    );
    if (!stores[0]) return null;
    const planned = await this.plans.write(tx, {
      ...{ caseId: handoff.caseId, device, handoffId: handoff.id, from: partnerOf(handoff), state: 'planned' },
      to: { kind: 'store', ...stores[0] },
      courier: { kind: 'courier', id: null, name: carrier ?? UNNAMED },
      ...{ trackingNumber: null, etaAt: null, actor: actorOf(handoff) },
    });
    events.push(...planned.events);
    return heldLeg(tx, planned.legId);
  }
}

const partnerOf = ({ partnerId: id, partnerName: name }: HandoffRecord): Hands => ({ kind: 'partner', id, name });
const actorOf = ({ partnerName: name }: HandoffRecord): Actor => ({ ...SYSTEM, name });
const said = (handoff: HandoffRecord): Proof => ({ proof: 'system', actor: actorOf(handoff) });
