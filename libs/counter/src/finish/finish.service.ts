import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { openGates, type IntakeOutcome, type IntakeValues } from '#contracts';
import { actorOf, record } from '#cases';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { fieldsOf, intakeOf, type IntakeRecord } from '../intake/intake.store.js';
import { valuesOf } from '../intake/intake.values.js';
import { ReceiptPost } from '../receipt/receipt.post.js';
import { Receipts } from '../receipt/receipts.service.js';
import { BroughtIn } from './brought-in.deed.js';
import type { Done } from './done.js';
import { FetchedBack } from './fetched-back.deed.js';
import { GiftDeed } from './gift.deed.js';

/** The end of an intake: all of it happens, or none of it. */
@Injectable()
export class Finish {
  constructor(
    private readonly broughtIn: BroughtIn,
    private readonly fetchedBack: FetchedBack,
    private readonly gifts: GiftDeed,
    private readonly receipts: Receipts,
    private readonly post: ReceiptPost,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Finishing again says what became of it the first time.
   * @param ip where the signature comes from
   * @throws DomainError permission.denied, intake.not_found, intake.over, intake.fields_refused, intake.gates_open, and what each deed throws:
   * a loaner somebody else took meanwhile, an address that is another's, …
   */
  async finish(tx: EntityManager, principal: Principal, id: string, ip: string | null): Promise<IntakeOutcome> {
    demand(principal, 'visit.log');
    const intake = await intakeOf(tx, principal, id, { lock: true });
    if (intake.outcome) return intake.outcome;
    if (intake.state !== 'open') throw new DomainError('intake.over', { state: intake.state });
    const { values, refused } = valuesOf(await fieldsOf(tx, id));
    if (refused.length > 0) throw new DomainError('intake.fields_refused', { fields: refused });
    const gates = openGates(intake.kind, values);
    if (gates.length > 0) throw new DomainError('intake.gates_open', { gates });
    const deed = intake.kind === 'intake' ? this.broughtIn : this.fetchedBack;
    const done = await deed.run(tx, principal, intake, values);
    await this.conclude(tx, principal, intake, { ...done, values, ip });
    return done.outcome;
  }

  private async conclude(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    { outcome, loan, taker, values, ip }: Done & { values: IntakeValues; ip: string | null },
  ): Promise<void> {
    const now = this.clock.now();
    const waived = (values.waivers ?? {}) as Record<string, string>;
    await tx.query(
      `update counter_intake set state = 'finished', ended_by = $2, ended_at = $3, case_id = $4, outcome = $5 where id = $1`,
      [intake.id, principal.id, now, outcome.caseId, JSON.stringify(outcome)],
    );
    await record(tx, outcome.caseId, actorOf(principal), 'counter', now, [
      {
        type: 'intake.finished',
        data: {
          ...{ intakeId: intake.id, kind: intake.kind, storeId: intake.store.id, storeName: intake.store.name },
          ...{ repairId: outcome.repairId, loanId: outcome.loanId, waived },
        },
      },
    ]);
    const benefits = await this.gifts.run(tx, principal, outcome.caseId, values);
    const receipt = await this.receipts.write(tx, principal, intake, { values, outcome, loan, taker, benefits, ip });
    const channels = [...new Set(values['receipt.by'])].filter((way) => way !== 'print');
    await this.post.send(tx, principal, outcome.caseId, receipt, channels);
    if (intake.kind === 'pick_up') await this.fetchedBack.conclude(tx, principal, outcome.caseId, values);
  }
}
