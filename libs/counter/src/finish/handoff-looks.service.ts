import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { entrustedTo, openGates, type HandoffPreview } from '#contracts';
import { lockCase, visible } from '#cases';
import { demand, visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';
import { fieldsOf, intakeOf } from '../intake/intake.store.js';
import { valuesOf } from '../intake/intake.values.js';
import { BroughtIn } from './brought-in.deed.js';

/** Of a case that is not there yet. */
const NO_REFERENCE = '—';

/** What the company that takes a phone will see, before anything has happened. */
@Injectable()
export class HandoffLooks {
  constructor(private readonly broughtIn: BroughtIn) {}

  /**
   * By the deed itself, which is undone again: nothing else would show exactly what they see. Of a case this person does not see yet
   * nothing is shown: to finish is written down, to look is not.
   * @throws DomainError permission.denied, intake.not_found, intake.over, intake.gates_open where nobody is chosen yet, case.not_found,
   *   intake.case_unseen, and what each deed throws
   */
  async preview(tx: EntityManager, principal: Principal, id: string): Promise<HandoffPreview> {
    demand(principal, 'visit.log');
    const intake = await intakeOf(tx, principal, id);
    if (intake.state !== 'open') throw new DomainError('intake.over', { state: intake.state });
    const { values } = valuesOf(await fieldsOf(tx, id));
    const gates = openGates(intake.kind, values).filter(({ code }) => code === 'who' || code === 'taken_by');
    if (gates.length > 0 || intake.kind !== 'intake' || !entrustedTo(values))
      throw new DomainError('intake.gates_open', { gates });
    if (values['who.caseReference']) await lockCase(tx, principal, values['who.caseReference']);
    const drafted = await undone(tx, () => this.broughtIn.draft(tx, principal, intake, values));
    if (!drafted) throw new DomainError('intake.gates_open', { gates });
    const { caseId, preview } = drafted;
    const [known]: { isSeen: boolean }[] = await tx.query(
      `select ${visible('$2')} as "isSeen" from cases c where c.id = $1`,
      [caseId, visibleStore(principal)],
    );
    if (known && !known.isSeen) throw new DomainError('intake.case_unseen');
    if (known) return preview;
    return { ...preview, document: { ...preview.document, reference: NO_REFERENCE } };
  }
}

/** Does something, and has not done it. */
async function undone<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  await tx.query('savepoint look');
  try {
    return await work();
  } finally {
    await tx.query('rollback to savepoint look');
  }
}
