import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ExtendLoanBody, LendBody, LoanEnd, LoanerGrade, TakeBackBody } from '#contracts';
import { actorOf, AttachmentService, record, showCaseToStore } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { hoursOf, LoanerHouse } from '../house/loaner-settings.service.js';
import { isLostBy, moveLoaner } from '../pool/loaner.store.js';
import { dueOf, faultOf, localDate, nextRung } from './due.rules.js';
import { demandMove, endCharges, endLoan, lockLoan, namesOf, type HeldLoan, type LoanRecord } from './loan.store.js';
import { LoanStory } from './loan-story.js';
import { NO_REPAIR, repairOf } from './repair-facts.js';
import { byOf } from './reservations.service.js';

/** What is seen of a phone as it leaves or comes back. */
type Seen = Pick<LendBody, 'photoIds' | 'accessories' | 'signatureId' | 'unsignedBecause'>;

export type LendOrder = Omit<LendBody, 'accessories' | 'photoIds'> &
  Partial<Pick<LendBody, 'accessories' | 'photoIds'>> & { loanId: string };
export type TakeBackOrder = Omit<TakeBackBody, 'accessories' | 'photoIds'> &
  Partial<Pick<TakeBackBody, 'accessories' | 'photoIds'>> & { loanId: string };

const BACK = { es: 'Devolvió el móvil de préstamo', en: 'They gave back the loaner' };

/** A loan while it lasts: the phone is handed over, kept for longer, taken back. */
@Injectable()
export class Loans {
  constructor(
    private readonly house: LoanerHouse,
    private readonly story: LoanStory,
    private readonly files: AttachmentService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The customer has it from now on, signed for, and what they can do again with it is relieved.
   * @throws DomainError permission.denied, loan.not_found, loan.transition_forbidden, loan.wrong_store, loan.terms_outdated, attachment.not_found
   */
  async handOver(tx: EntityManager, principal: Principal, order: LendOrder): Promise<string> {
    demand(principal, 'loaner.hand_over');
    const held = await lockLoan(tx, principal, order.loanId);
    const { found, loan, loaner } = held;
    demandMove(loan, 'active');
    demandHere(principal, loaner.storeId);
    const settings = await this.house.settings(tx);
    if (order.termsVersion !== settings.terms.version)
      throw new DomainError('loan.terms_outdated', { version: settings.terms.version });
    const now = this.clock.now();
    const repairId = order.repairId ?? loan.repairId;
    const repair = repairId ? await repairOf(tx, found.id, repairId) : NO_REPAIR;
    const asked = order.dueAt ? new Date(order.dueAt) : null;
    const facts = {
      startedAt: now,
      repairId,
      promisedAt: repair.promisedAt,
      repairBackAt: repair.backAt,
      extendedTo: asked,
    };
    const dueAt = dueOf(facts, { ...settings, timeZone: loan.timeZone });
    const relieves = await this.story.relieve(tx, principal, found.id, order.relieves);
    const end = await this.endOf(tx, principal, held, order, order.grade ?? loaner.grade, order.conditionOut ?? null);
    const look = nextRung({ ...facts, state: 'active', dueAt }, hoursOf(settings), { rungs: [], lastAt: null });
    const deposit = order.depositCents ?? settings.depositCents;
    await tx.query(
      `update loan set state = 'active', started_at = $2, due_at = $3, repair_order_id = $4, promised_at = $5, repair_back_at = $6, extended_to = $7,
         relieves = $8, terms_version = $9, deposit_cents = $10, currency = $11, went_out = $12, look_at = $13, keep_until = null where id = $1`,
      [
        ...[loan.id, now, dueAt, repairId, repair.promisedAt, repair.backAt, asked, relieves, order.termsVersion],
        ...[deposit, deposit === null ? null : settings.currency, JSON.stringify(end), look?.at ?? null],
      ],
    );
    await tx.query('update loaner set grade = $2 where id = $1', [loaner.id, end.grade]);
    await moveLoaner(tx, loaner, 'on_loan', { by: byOf(principal), at: now, loanId: loan.id });
    await showCaseToStore(tx, found.id, loaner.storeId);
    await this.tellLent(tx, principal, loan, dueAt);
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'loan.started', data: { ...namesOf(loan), dueAt: dueAt.toISOString(), relieves } },
    ]);
    return found.id;
  }

  /**
   * It is back, signed for again, and waits to be cleaned. While their own phone is not back repaired, what it relieved is lacking again.
   * @throws DomainError permission.denied, loan.not_found, loan.transition_forbidden, attachment.not_found
   */
  async takeBack(tx: EntityManager, principal: Principal, order: TakeBackOrder): Promise<string> {
    demand(principal, 'loaner.hand_over');
    const held = await lockLoan(tx, principal, order.loanId);
    const { found, loan, loaner } = held;
    demandMove(loan, 'returned');
    const now = this.clock.now();
    const end = await this.endOf(tx, principal, held, order, order.grade ?? loaner.grade, order.conditionIn ?? null);
    await this.bringIn(tx, principal, held, end, now);
    if (!(await this.hasTheirs(tx, loan)))
      await this.story.unrelieve(tx, principal, found.id, loan.relieves, BACK[principal.language]);
    await this.story.tell(tx, actorOf(principal), loan, { says: 'returned', name: loan.name });
    const late = faultOf(loan, now) === 'customer';
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'loan.returned', data: { ...namesOf(loan), late } },
    ]);
    return found.id;
  }

  /** Ends the loan of a loaner that is there again, wherever that is. */
  async bringIn(
    tx: EntityManager,
    principal: Principal,
    { loan, loaner }: HeldLoan,
    end: LoanEnd,
    at: Date,
  ): Promise<void> {
    await tx.query('update loan set came_in = $2 where id = $1', [loan.id, JSON.stringify(end)]);
    await endLoan(tx, loan.id, 'returned', at);
    if (loan.state === 'lost') await endCharges(tx, loan.id, 'found', at);
    // Written off and found by somebody else meanwhile: it goes its own way, and may be with another customer.
    if (loan.state === 'lost' && !(await isLostBy(tx, loaner, loan.id))) return;
    await tx.query('update loaner set grade = $2 where id = $1', [loaner.id, end.grade]);
    const storeId = (principal.role === 'store' && principal.storeId) || loaner.storeId;
    await moveLoaner(tx, loaner, 'hygiene', { by: byOf(principal), at, loanId: loan.id, storeId });
  }

  /**
   * They may keep it for longer, as somebody agreed with them.
   * @throws DomainError permission.denied, loan.not_found, loan.transition_forbidden, loan.due_not_later
   */
  async extend(tx: EntityManager, principal: Principal, loanId: string, body: ExtendLoanBody): Promise<string> {
    demand(principal, 'loaner.lend');
    const { found, loan } = await lockLoan(tx, principal, loanId);
    if (loan.state !== 'active' || !loan.dueAt)
      throw new DomainError('loan.transition_forbidden', { from: loan.state, to: 'active' });
    const [from, to, now] = [loan.dueAt, new Date(body.dueAt), this.clock.now()];
    if (to <= from || to <= now) throw new DomainError('loan.due_not_later', { dueAt: from.toISOString() });
    await this.setDue(tx, { ...loan, extendedTo: to }, to);
    await this.tellLent(tx, principal, loan, to);
    await record(tx, found.id, actorOf(principal), 'api', now, [
      {
        type: 'loan.due_moved',
        data: {
          ...namesOf(loan),
          ...{ from: from.toISOString(), to: to.toISOString(), because: 'extended', reason: body.reason },
        },
      },
    ]);
    return found.id;
  }

  /** The day it is due is another one: what is done about being late begins anew. */
  async setDue(tx: EntityManager, loan: LoanRecord, dueAt: Date): Promise<void> {
    const hours = hoursOf(await this.house.settings(tx));
    const look = nextRung({ ...loan, dueAt }, hours, { rungs: [], lastAt: null });
    await tx.query(
      'update loan set due_at = $2, extended_to = $3, promised_at = $4, repair_back_at = $5, look_at = $6 where id = $1',
      [loan.id, dueAt, loan.extendedTo, loan.promisedAt, loan.repairBackAt, look?.at ?? null],
    );
  }

  private async tellLent(tx: EntityManager, principal: Principal, loan: LoanRecord, dueAt: Date): Promise<void> {
    const until = localDate(dueAt, loan.timeZone);
    await this.story.tell(tx, actorOf(principal), loan, { says: 'lent', name: loan.name, until });
  }

  /** How it was found, with its pictures and signature kept on the case. */
  async endOf(
    tx: EntityManager,
    principal: Principal,
    { found }: Pick<HeldLoan, 'found'>,
    seen: Partial<Seen>,
    grade: string,
    condition: LoanEnd['condition'],
  ): Promise<LoanEnd> {
    const { photoIds = [], accessories = [], signatureId = null, unsignedBecause = null } = seen;
    await this.files.keep(tx, principal, found.id, signatureId ? [...photoIds, signatureId] : photoIds);
    const by = { id: principal.id, displayName: principal.displayName };
    const at = this.clock.now().toISOString();
    return { grade: grade as LoanerGrade, condition, photoIds, accessories, signatureId, unsignedBecause, by, at };
  }

  /** Whether their own phone is there again and does what it did: one that went back as it came does not. */
  private async hasTheirs(tx: EntityManager, { repairId, caseId }: LoanRecord): Promise<boolean> {
    if (!repairId) return false;
    const { backAt, repaired } = await repairOf(tx, caseId, repairId);
    return backAt !== null && repaired;
  }
}

/** Where it is, it is handed over. @throws DomainError loan.wrong_store */
export function demandHere({ role, storeId }: Principal, at: string): void {
  if (role === 'store' && storeId !== at) throw new DomainError('loan.wrong_store', { storeId: at });
}
