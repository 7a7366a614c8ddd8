import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  askOf,
  coversModel,
  entrustedTo,
  UNNAMED,
  USUAL_MODE,
  type IntakeOutcome,
  type IntakeValues,
} from '#contracts';
import { Handoffs, LegPlans, readPartner, type PartnerRecord } from '#handoffs';
import type { Principal } from '#identity';
import { DomainError } from '#platform';
import type { IntakeRecord } from '../intake/intake.store.js';
import type { ReceiptData } from '../receipt/receipt.data.js';
import type { DeviceDone } from './device.deed.js';

export interface HandoffDone extends Pick<IntakeOutcome, 'handoffId' | 'legId'> {
  taker: ReceiptData['taker'];
}

interface Entrusted {
  caseId: string;
  device: DeviceDone;
  values: IntakeValues;
}

/** Who takes the phone that stays: another company is told at once, and the way there gets its label. */
@Injectable()
export class HandoffDeed {
  constructor(
    private readonly handoffs: Handoffs,
    private readonly legs: LegPlans,
  ) {}

  /**
   * Sent in the transaction of the intake: what they refuse to begin with leaves all of it undone, and every field as it was.
   * @throws DomainError as `draft`, handoff.incomplete {missing}, handoff.device_handed_over
   */
  async run(tx: EntityManager, principal: Principal, intake: IntakeRecord, done: Entrusted): Promise<HandoffDone> {
    const by = takenBy(done.values);
    const drafted = await this.draft(tx, principal, intake, done);
    if (!drafted) return { handoffId: null, legId: null, taker: by && { by, partner: null } };
    const { handoffId, mode, partner } = drafted;
    await this.handoffs.send(tx, principal, handoffId);
    // Whoever only advises has no phone in hand: it is repaired here.
    if (mode === 'advise') return { handoffId, legId: null, taker: { by: 'store', partner: null } };
    const legId = await this.plan(tx, principal, intake, { ...done, handoffId, partner });
    return { handoffId, legId, taker: { by: 'partner', partner: partner.name } };
  }

  /**
   * Written down, and nobody told yet; null where nobody was chosen.
   * @throws DomainError partner.not_found, partner.inactive, partner.not_covered
   */
  async draft(tx: EntityManager, principal: Principal, intake: IntakeRecord, { caseId, device, values }: Entrusted) {
    const partnerId = entrustedTo(values);
    if (!partnerId || !device.repairId) return null;
    const partner = await readPartner(tx, partnerId);
    if (!coversModel(partner.terms, values['device.modelName'] ?? ''))
      throw new DomainError('partner.not_covered', { partnerId });
    const mode = values['take.mode'] ?? USUAL_MODE[partner.kind];
    const handoffId = await this.handoffs.draft(tx, principal, caseId, {
      ...{ partnerId, mode, deviceId: device.deviceId, repairId: device.repairId, storeId: intake.store.id },
      ...{ ask: askOf(values, partner.language), form: values['take.form'] ?? {}, attachmentIds: [] },
    });
    return { handoffId, mode, partner };
  }

  /** The first way of the phone; it leaves when its label is scanned. */
  private async plan(
    tx: EntityManager,
    principal: Principal,
    { store }: IntakeRecord,
    { caseId, device, values, handoffId, partner }: Entrusted & { handoffId: string; partner: PartnerRecord },
  ): Promise<string> {
    const { legId } = await this.legs.plan(tx, principal, {
      ...{ caseId, deviceId: device.deviceId ?? '', handoffId },
      from: { kind: 'store', ...store },
      to: { kind: 'partner', id: partner.id, name: partner.name },
      // Which one, whoever comes for it says.
      courier: { kind: 'courier', id: null, name: UNNAMED },
      trackingNumber: values['take.tracking'] || null,
    });
    return legId;
  }
}

const takenBy = (values: IntakeValues) => (values['device.stays'] === 'here' ? (values['take.by'] ?? null) : null);
