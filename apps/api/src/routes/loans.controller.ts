import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CancelLoanBody,
  CaseLoans,
  ExtendLoanBody,
  Id,
  LendBody,
  LoanChargeBody,
  LoanDecisionBody,
  LoanerOffers,
  LoanerOffersQuery,
  SwapLoanBody,
  TakeBackBody,
} from '#contracts';
import { findCase, lockLiving } from '#cases';
import { demand, type Principal } from '#identity';
import { LoanDecisions, LoanLosses, Loans, Reservations } from '#loaners';
import { LoanView } from '#views';
import { Answers } from '../http/answers.js';
import { LoanDeeds } from '../http/loan-deeds.js';
import { Offers } from '../http/offers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** What is decided of lending on a case; deeds answer with all that is decided and lent on it. */
@ApiTags('loaners')
@Controller('api/v1/cases/:id')
export class CaseLoansController {
  constructor(
    private readonly database: DataSource,
    private readonly decisions: LoanDecisions,
    private readonly view: LoanView,
    private readonly offered: Offers,
    private readonly deeds: LoanDeeds,
  ) {}

  @Get('loans')
  @Answers(200, CaseLoans)
  async list(@Me() me: Principal, @Param('id') id: string): Promise<CaseLoans> {
    demand(me, 'loaner.read');
    const { manager } = this.database;
    return this.view.ofCase(manager, await findCase(manager, me, id));
  }

  /** What is on the shelves, nearest first, with why it fits. */
  @Get('loaner-offers')
  @Answers(200, LoanerOffers)
  offers(
    @Me() me: Principal,
    @Param('id') id: string,
    @Query({ schema: LoanerOffersQuery }) query: z.infer<typeof LoanerOffersQuery>,
  ): Promise<LoanerOffers> {
    demand(me, 'loaner.read');
    return this.offered.of(this.database.manager, me, id, query);
  }

  @Post('loan-decisions')
  @Answers(201, CaseLoans)
  decide(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: LoanDecisionBody }) body: LoanDecisionBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['loan-decision', id, body], async (tx) => {
      const { id: caseId } = await lockLiving(tx, me, id);
      await this.deeds.demandOnCase(tx, me, caseId, body.repairId);
      await this.decisions.decide(tx, me, { ...body, caseId });
      return caseId;
    });
  }
}

/** What becomes of a loan; each deed answers with all that is lent on its case. */
@ApiTags('loaners')
@Controller('api/v1/loans/:id')
export class LoansController {
  constructor(
    private readonly loans: Loans,
    private readonly losses: LoanLosses,
    private readonly reservations: Reservations,
    private readonly deeds: LoanDeeds,
  ) {}

  @Post('hand-over')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  handOver(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: LendBody }) body: LendBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['lend', loanId, body], async (tx) => {
      const caseId = await this.loans.handOver(tx, me, { ...body, loanId });
      await this.deeds.demandOnCase(tx, me, caseId, body.repairId);
      return caseId;
    });
  }

  @Post('return')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  takeBack(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: TakeBackBody }) body: TakeBackBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['return', loanId, body], (tx) => this.loans.takeBack(tx, me, { ...body, loanId }));
  }

  @Post('extend')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  extend(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: ExtendLoanBody }) body: ExtendLoanBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['extend', loanId, body], (tx) => this.loans.extend(tx, me, loanId, body));
  }

  @Post('cancel')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  cancel(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: CancelLoanBody }) { reason }: z.infer<typeof CancelLoanBody>,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['cancel', loanId], (tx) => this.reservations.cancel(tx, me, loanId, reason));
  }

  @Post('swap')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  swap(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: SwapLoanBody }) body: SwapLoanBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['swap', loanId, body], (tx) => this.losses.swap(tx, me, loanId, body));
  }

  @Post('lost')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  lost(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: LoanChargeBody }) body: LoanChargeBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['lost', loanId, body], (tx) => this.losses.lost(tx, me, loanId, body));
  }

  @Post('damaged')
  @HttpCode(200)
  @Answers(200, CaseLoans)
  damaged(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) loanId: string,
    @Body({ schema: LoanChargeBody }) body: LoanChargeBody,
  ): Promise<CaseLoans> {
    return this.deeds.run(me, key, ['damaged', loanId, body], (tx) => this.losses.damaged(tx, me, loanId, body));
  }
}
