import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IntakeValues } from '#contracts';
import type { Principal } from '#identity';
import type { IntakeRecord } from '../intake/intake.store.js';
import { DeviceDeed } from './device.deed.js';
import type { Done } from './done.js';
import { LoanDeed } from './loan.deed.js';
import { VisitDeed } from './visit.deed.js';

/** A phone is brought in: the visit, the device, what was decided about it, the loaner that leaves, and what we promise. */
@Injectable()
export class BroughtIn {
  constructor(
    private readonly visits: VisitDeed,
    private readonly devices: DeviceDeed,
    private readonly loans: LoanDeed,
  ) {}

  async run(tx: EntityManager, principal: Principal, intake: IntakeRecord, values: IntakeValues): Promise<Done> {
    const visit = await this.visits.write(tx, principal, intake, values);
    const { caseId, caseReference, customerId } = visit;
    const device = await this.devices.run(tx, principal, intake, { visit, values });
    const { loan, ...lent } = await this.loans.run(tx, principal, intake, { caseId, device, values });
    await this.visits.settle(tx, principal, caseId, values);
    return { outcome: { visitId: visit.id, caseId, caseReference, customerId, ...device, ...lent }, loan };
  }
}
