import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LoanChargeBody, LoanEnd, SwapLoanBody } from '#contracts';
import { actorOf, AttachmentService, record, showCaseToStore } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { lockLoaner, moveLoaner, type LoanerRecord } from '../pool/loaner.store.js';
import { localDate } from './due.rules.js';
import { demandMove, endCharges, endLoan, lockLoan, namesOf, periodFrom, type HeldLoan } from './loan.store.js';
import { LoanStory } from './loan-story.js';
import { demandHere, Loans } from './loans.service.js';
import { byOf } from './reservations.service.js';

const GONE = { es: 'El móvil de préstamo se ha perdido', en: 'The loaner is lost' };

/** What happens to a phone while somebody has it: it breaks, it is lost, it is swapped for another. */
@Injectable()
export class LoanLosses {
  constructor(
    private readonly loans: Loans,
    private readonly story: LoanStory,
    private readonly files: AttachmentService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * It is written off; what was decided of paying for it is noted and no more, and takes the place of what was owed for damages.
   * @throws DomainError permission.denied, loan.not_found, loan.transition_forbidden
   */
  async lost(tx: EntityManager, principal: Principal, loanId: string, body: LoanChargeBody): Promise<string> {
    demand(principal, 'loaner.hand_over');
    const held = await lockLoan(tx, principal, loanId);
    const { found, loan, loaner } = held;
    demandMove(loan, 'lost');
    const now = this.clock.now();
    await endLoan(tx, loan.id, 'lost', now);
    await moveLoaner(tx, loaner, 'lost', { by: byOf(principal), at: now, reason: body.text, loanId });
    await this.charge(tx, principal, held, 'loss', body);
    await this.story.unrelieve(tx, principal, found.id, loan.relieves, GONE[principal.language]);
    await this.story.tell(tx, actorOf(principal), loan, { says: 'lost', name: loan.name });
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'loan.lost', data: { ...namesOf(loan), reason: body.text } },
    ]);
    return found.id;
  }

  /** @throws DomainError permission.denied, loan.not_found, loan.transition_forbidden, attachment.not_found */
  async damaged(tx: EntityManager, principal: Principal, loanId: string, body: LoanChargeBody): Promise<string> {
    demand(principal, 'loaner.hand_over');
    const held = await lockLoan(tx, principal, loanId);
    const { found, loan } = held;
    if (loan.state !== 'active' && loan.state !== 'returned')
      throw new DomainError('loan.transition_forbidden', { from: loan.state, to: loan.state });
    const chargeId = await this.charge(tx, principal, held, 'damage', body);
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [
      { type: 'loan.damaged', data: { ...namesOf(loan), chargeId, text: body.text } },
    ]);
    return found.id;
  }

  /**
   * Another phone for the one they have: due as that was, relieving what that relieved.
   * @throws DomainError permission.denied, loan.not_found, loan.transition_forbidden, loaner.not_available, loan.wrong_store
   */
  async swap(tx: EntityManager, principal: Principal, loanId: string, body: SwapLoanBody): Promise<string> {
    demand(principal, 'loaner.hand_over');
    const held = await lockLoan(tx, principal, loanId);
    const { found, loan } = held;
    // What is written off is nothing to give for another; it is found first.
    if (loan.state !== 'active')
      throw new DomainError('loan.transition_forbidden', { from: loan.state, to: 'returned' });
    const other = await lockLoaner(tx, body.loanerId);
    demandHere(principal, other.storeId);
    if (other.state !== 'available') throw new DomainError('loaner.not_available', { state: other.state });
    const now = this.clock.now();
    const { grade = held.loaner.grade, ...seen } = body;
    const cameIn = await this.loans.endOf(tx, principal, held, seen, body.gradeIn ?? grade, body.conditionIn ?? null);
    await this.loans.bringIn(tx, principal, held, cameIn, now);
    const wentOut = { ...cameIn, grade: other.grade, condition: body.conditionOut ?? null, photoIds: [] };
    const toLoanId = await this.lendInstead(tx, principal, held, other, { wentOut, now });
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'loan.swapped', data: { ...namesOf(loan), toLoanId, toName: other.name, reason: body.reason } },
      {
        type: 'loan.started',
        data: {
          ...namesOf({ id: toLoanId, loanerId: other.id, name: other.name }),
          ...{ dueAt: (loan.dueAt ?? now).toISOString(), relieves: loan.relieves },
        },
      },
    ]);
    return found.id;
  }

  private async lendInstead(
    tx: EntityManager,
    principal: Principal,
    { found, loan }: HeldLoan,
    other: LoanerRecord,
    { wentOut, now }: { wentOut: Omit<LoanEnd, 'grade'> & { grade: string }; now: Date },
  ): Promise<string> {
    const id = newId();
    await tx.query(
      `insert into loan (id, loaner_id, case_id, slot, store_id, repair_order_id, state, period, reserved_at, started_at, due_at, promised_at, repair_back_at,
         extended_to, relieves, terms_version, deposit_cents, currency, went_out, swapped_from, look_at)
       select $1, $2, case_id, $7, $3, repair_order_id, 'active', ${periodFrom('$4', '$2')}, $4, $4, due_at, promised_at, repair_back_at,
         extended_to, relieves, terms_version, deposit_cents, currency, $5, id, case when repair_order_id is null or repair_back_at is not null then greatest(due_at, $4) end
       from loan where id = $6`,
      [id, other.id, other.storeId, now, JSON.stringify(wentOut), loan.id, loan.slot],
    );
    // What was asked of them for the day it is due is not asked again.
    await tx.query(
      'insert into loan_rung (loan_id, due_at, rung, at) select $1, due_at, rung, at from loan_rung where loan_id = $2 and due_at = $3',
      [id, loan.id, loan.dueAt],
    );
    const move = { by: byOf(principal), at: now, loanId: id };
    await moveLoaner(tx, other, 'reserved', move);
    await moveLoaner(tx, { ...other, state: 'reserved' }, 'on_loan', move);
    await showCaseToStore(tx, found.id, other.storeId);
    const until = localDate(loan.dueAt ?? now, loan.timeZone);
    const { caseId, factId } = loan;
    await this.story.tell(tx, actorOf(principal), { id, caseId, factId }, { says: 'lent', name: other.name, until });
    return id;
  }

  private async charge(
    tx: EntityManager,
    principal: Principal,
    { found, loan }: HeldLoan,
    kind: 'damage' | 'loss',
    { text, photoIds, decision, amountCents, currency }: LoanChargeBody,
  ): Promise<string> {
    const id = newId();
    await this.files.keep(tx, principal, found.id, photoIds);
    if (kind === 'loss') await endCharges(tx, loan.id, 'loss', this.clock.now());
    await tx.query(
      `insert into loan_charge (id, loan_id, kind, text, photo_ids, decision, amount_cents, currency, by_id, by_name, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, loan.id, kind, text, photoIds, decision, amountCents ?? null],
        ...[amountCents === undefined ? null : currency, principal.id, principal.displayName, this.clock.now()],
      ],
    );
    return id;
  }
}
