import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  canBeExpected,
  canMoveLeg,
  isAtHand,
  isCarried,
  mayBe,
  readLegCode,
  type CancelLegBody,
  type Hands,
  type LegScanBody,
  type LegState,
} from '#contracts';
import { actorOf, AttachmentService, record, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { CustodyChain, type Proof } from './chain.service.js';
import { lockLeg, type LegRecord } from './leg-record.js';

/** What is told along with a change of hands. */
interface Told {
  trackingNumber?: string | null | undefined;
  etaAt?: Date | null | undefined;
  sealPhotoId?: string | null | undefined;
}

/** Shipments on their way: picked up, arrived, come back. At each change of hands the label is scanned or somebody signs. */
@Injectable()
export class Legs {
  constructor(
    private readonly chain: CustodyChain,
    private readonly files: AttachmentService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whoever carries it has it now.
   * @throws DomainError permission.denied, leg.not_found, leg.transition_forbidden, leg.wrong_code, custody.wrong_hands, attachment.not_found
   */
  async pickUp(tx: EntityManager, principal: Principal, legId: string, body: LegScanBody): Promise<void> {
    const leg = await this.held(tx, principal, legId, 'under_way');
    const proof = await this.proven(tx, principal, leg, body);
    const events = await this.depart(tx, leg, proof, { name: principal.displayName, ...told(body) });
    await record(tx, leg.caseId, proof.actor, 'api', this.clock.now(), events);
  }

  /**
   * It is where it was sent. What nobody carries goes from hand to hand.
   * @throws DomainError as `pickUp`
   */
  async arrive(tx: EntityManager, principal: Principal, legId: string, body: LegScanBody): Promise<void> {
    const leg = await this.held(tx, principal, legId, 'arrived');
    // A courier is not skipped: what they carry was picked up by them.
    if (leg.state === 'planned' && leg.courier)
      throw new DomainError('leg.transition_forbidden', { from: leg.state, to: 'arrived' });
    const proof = await this.proven(tx, principal, leg, body);
    const events = await this.reach(tx, leg, proof, told(body));
    await record(tx, leg.caseId, proof.actor, 'api', this.clock.now(), events);
  }

  /**
   * It does not go; or it came back to whoever sent it, who scan it or sign.
   * @throws DomainError as `pickUp`; leg.wrong_code also where it is under way and nothing was scanned
   */
  async cancel(tx: EntityManager, principal: Principal, legId: string, body: CancelLegBody): Promise<void> {
    const leg = await this.held(tx, principal, legId, 'cancelled');
    const actor = actorOf(principal);
    const events: NewEvent[] = [];
    const holder = await this.chain.hold(tx, leg.deviceId);
    if (isCarried(leg, holder)) {
      if (!body.code && !body.signatureId) throw new DomainError('leg.wrong_code');
      const proof = await this.proven(tx, principal, leg, body);
      events.push(...(await this.chain.move(tx, deviceOf(leg), leg.from, proof)));
    }
    await this.to(tx, leg, 'cancelled');
    events.push({ type: 'leg.cancelled', data: { legId, deviceId: leg.deviceId, name: leg.deviceName } });
    await record(tx, leg.caseId, actor, 'api', this.clock.now(), events);
  }

  /** The day it is expected. @throws DomainError permission.denied, leg.not_found, leg.transition_forbidden when it is over */
  async expect(tx: EntityManager, principal: Principal, legId: string, etaAt: Date): Promise<void> {
    demand(principal, 'custody.move');
    const leg = await lockLeg(tx, principal, legId);
    if (!canBeExpected(leg.state))
      throw new DomainError('leg.transition_forbidden', { from: leg.state, to: leg.state });
    const events = await this.settle(tx, leg, { etaAt });
    if (events.length > 0) await record(tx, leg.caseId, actorOf(principal), 'api', this.clock.now(), events);
  }

  /** It leaves whoever it is sent by; whoever calls holds the case. @returns what to record @throws DomainError custody.wrong_hands */
  async depart(
    tx: EntityManager,
    leg: LegRecord,
    proof: Proof,
    { name, ...more }: Told & { name: string },
  ): Promise<NewEvent[]> {
    const carrier: Hands = leg.courier ?? { kind: 'courier', id: null, name };
    const events = await this.begin(tx, leg, proof);
    events.push(...(await this.chain.move(tx, deviceOf(leg), carrier, proof)));
    events.push(...(await this.giveUp(tx, leg)));
    await this.to(tx, leg, 'under_way');
    events.push(...(await this.settle(tx, leg, more)));
    return events;
  }

  /** It is with whom it was sent to; whoever calls holds the case. @returns what to record @throws DomainError custody.wrong_hands */
  async reach(tx: EntityManager, leg: LegRecord, proof: Proof, more: Told = {}): Promise<NewEvent[]> {
    const events: NewEvent[] = [];
    if (leg.state === 'planned') events.push(...(await this.begin(tx, leg, proof)));
    else {
      const holder = await this.chain.hold(tx, leg.deviceId);
      if (!isAtHand(leg, holder)) throw new DomainError('custody.wrong_hands', { holder });
    }
    events.push(...(await this.chain.move(tx, deviceOf(leg), leg.to, proof)));
    await this.to(tx, leg, 'arrived');
    await this.settle(tx, leg, more);
    return events;
  }

  /** A phone that leaves is no longer on the way it was on: it came back from there without a scan. */
  private async giveUp(tx: EntityManager, { id, caseId, deviceId, deviceName: name }: LegRecord): Promise<NewEvent[]> {
    const [rows]: [{ id: string; caseId: string }[], number] = await tx.query(
      `update custody_leg set state = 'cancelled', state_at = $3
       where device_id in (select device_records($1)) and id <> $2 and state in ('under_way', 'lost') returning id, case_id as "caseId"`,
      [deviceId, id, this.clock.now()],
    );
    return rows
      .filter((row) => row.caseId === caseId)
      .map((row) => ({ type: 'leg.cancelled' as const, data: { legId: row.id, deviceId, name } }));
  }

  /** Whoever sends it has it; where nobody had written that down, it is written now. */
  private async begin(tx: EntityManager, leg: LegRecord, proof: Proof): Promise<NewEvent[]> {
    const holder = await this.chain.hold(tx, leg.deviceId);
    if (holder && !mayBe(holder, leg.from)) throw new DomainError('custody.wrong_hands', { holder });
    return holder ? [] : this.chain.move(tx, deviceOf(leg), leg.from, proof);
  }

  private async held(tx: EntityManager, principal: Principal, legId: string, to: LegState): Promise<LegRecord> {
    demand(principal, 'custody.move');
    const leg = await lockLeg(tx, principal, legId);
    if (!canMoveLeg(leg.state, to)) throw new DomainError('leg.transition_forbidden', { from: leg.state, to });
    return leg;
  }

  /** The label is the one of this shipment, or there is a signature; with whatever picture was taken. */
  private async proven(
    tx: EntityManager,
    principal: Principal,
    leg: LegRecord,
    { code, signatureId, sealPhotoId }: CancelLegBody & { sealPhotoId?: string | null | undefined },
  ): Promise<Proof> {
    if (code && readLegCode(code) !== leg.code) throw new DomainError('leg.wrong_code');
    await this.files.keep(
      tx,
      principal,
      leg.caseId,
      [signatureId, sealPhotoId].filter((id) => typeof id === 'string'),
    );
    return {
      ...{ proof: code ? 'scan' : 'signature', legId: leg.id, signatureId, photoId: sealPhotoId },
      actor: actorOf(principal),
    };
  }

  private async to(tx: EntityManager, leg: LegRecord, state: LegState): Promise<void> {
    await tx.query(
      `update custody_leg set state = $2::text, state_at = $3, picked_up_at = case when $2 = 'under_way' then $3 else picked_up_at end,
         arrived_at = case when $2 = 'arrived' then $3::timestamptz end where id = $1`,
      [leg.id, state, this.clock.now()],
    );
    leg.state = state;
  }

  /** What is known of the way by now. */
  private async settle(
    tx: EntityManager,
    leg: LegRecord,
    { trackingNumber, etaAt, sealPhotoId }: Told,
  ): Promise<NewEvent[]> {
    await tx.query(
      `update custody_leg set tracking_number = coalesce($2, tracking_number), eta_at = coalesce($3, eta_at), seal_photo_id = coalesce($4, seal_photo_id)
       where id = $1`,
      [leg.id, trackingNumber ?? null, etaAt ?? null, sealPhotoId ?? null],
    );
    if (!etaAt || etaAt.getTime() === leg.etaAt?.getTime()) return [];
    leg.etaAt = etaAt;
    const { id: legId, deviceId, deviceName: name } = leg;
    return [{ type: 'leg.eta_moved', data: { legId, deviceId, name, to: etaAt.toISOString() } }];
  }
}

const deviceOf = ({ deviceId: id, deviceName: name }: LegRecord) => ({ id, name });

const told = ({ trackingNumber, etaAt, sealPhotoId }: LegScanBody): Told => ({
  ...{ trackingNumber, sealPhotoId },
  etaAt: etaAt ? new Date(etaAt) : null,
});
