import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { openGates, type HandoffPreview, type IntakeValues } from '#contracts';
import { Handoffs } from '#handoffs';
import type { Principal } from '#identity';
import type { IntakeRecord } from '../intake/intake.store.js';
import { DeviceDeed } from './device.deed.js';
import type { Done } from './done.js';
import { HandoffDeed } from './handoff.deed.js';
import { LoanDeed } from './loan.deed.js';
import { VisitDeed } from './visit.deed.js';

/** A phone is brought in: the visit, the device, what was decided about it, the loaner that leaves, what we promise, and who takes it. */
@Injectable()
export class BroughtIn {
  constructor(
    private readonly visits: VisitDeed,
    private readonly devices: DeviceDeed,
    private readonly loans: LoanDeed,
    private readonly entrusted: HandoffDeed,
    private readonly handoffs: Handoffs,
  ) {}

  async run(tx: EntityManager, principal: Principal, intake: IntakeRecord, values: IntakeValues): Promise<Done> {
    const visit = await this.visits.write(tx, principal, intake, values);
    const { caseId, caseReference, customerId } = visit;
    const device = await this.devices.run(tx, principal, intake, { visit, values });
    const { loan, ...lent } = await this.loans.run(tx, principal, intake, { caseId, device, values });
    await this.visits.settle(tx, principal, caseId, values);
    const { taker, ...given } = await this.entrusted.run(tx, principal, intake, { caseId, device, values });
    const outcome = { visitId: visit.id, caseId, caseReference, customerId, ...device, ...lent, ...given };
    return { outcome, loan, taker };
  }

  /**
   * The same as far as the draft of the handoff, to be looked at; whoever calls undoes it.
   * @returns null where nobody takes it
   */
  async draft(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    values: IntakeValues,
  ): Promise<{ caseId: string; preview: HandoffPreview } | null> {
    const visit = await this.visits.write(tx, principal, intake, values);
    const { caseId } = visit;
    const device = await this.devices.run(tx, principal, intake, { visit, values });
    const isLent = !openGates('intake', values).some(({ step }) => step === 'keep');
    if (isLent) await this.loans.run(tx, principal, intake, { caseId, device, values });
    const drafted = await this.entrusted.draft(tx, principal, intake, { caseId, device, values });
    return drafted && { caseId, preview: await this.handoffs.preview(tx, principal, drafted.handoffId) };
  }
}
