import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import {
  ApproveBenefitBody,
  Benefit,
  BenefitDetail,
  BenefitFeeBody,
  BenefitPreview,
  BenefitPreviewBody,
  CaseBenefits,
  Compensation,
  CompensationList,
  GiveBenefitBody,
  Id,
  NewCompensationBody,
  RefuseBenefitBody,
  StopBenefitBody,
  VoucherCode,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { BenefitDecisions, Benefits, Compensations, previewOf } from '#goodwill';
import { Wake, withRetry } from '#platform';
import { BenefitView } from '#views';
import { Answers } from '../http/answers.js';
import { BenefitPanels } from '../http/benefit-panels.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

/** What the customer of a case is given and owed. */
@ApiTags('goodwill')
@Controller('api/v1/cases/:id')
export class CaseBenefitsController {
  constructor(
    private readonly database: DataSource,
    private readonly view: BenefitView,
    private readonly panels: BenefitPanels,
    private readonly benefits: Benefits,
    private readonly compensations: Compensations,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get('benefits')
  @Answers(200, CaseBenefits)
  list(@Me() me: Principal, @Param('id') id: string): Promise<CaseBenefits> {
    demand(me, 'goodwill.read');
    return this.panels.of(me, canonical(id));
  }

  /** Within the limits of who gives; what is above, was refused before or is unfair waits for somebody with more say. */
  @Post('benefits')
  @Answers(201, Benefit)
  give(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: GiveBenefitBody }) body: GiveBenefitBody,
  ): Promise<Benefit> {
    return this.panels.run(async (tx) => {
      const benefitId = await this.idempotency.once(
        tx,
        me.id,
        key,
        ['benefit', id, body],
        async () => (await this.benefits.give(tx, me, { ...body, caseId: canonical(id) })).benefitId,
      );
      return this.view.one(tx, readerOf(me), benefitId);
    });
  }

  @Get('compensations')
  @Answers(200, CompensationList)
  async owed(@Me() me: Principal, @Param('id') id: string): Promise<CompensationList> {
    demand(me, 'goodwill.read');
    return { items: await this.panels.compensations(this.database.manager, me, canonical(id)) };
  }

  /** The service itself was interrupted: what the law says is owed for it, whatever else they are given. */
  @Post('compensations')
  @Answers(201, Compensation)
  record(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: NewCompensationBody }) body: NewCompensationBody,
  ): Promise<Compensation> {
    return this.panels.run(async (tx) => {
      const compensationId = await this.idempotency.once(tx, me.id, key, ['compensation', id, body], () =>
        this.compensations.open(tx, me, canonical(id), body),
      );
      return this.panels.compensation(tx, me, canonical(id), compensationId);
    });
  }
}

/** What somebody is given for their trouble. */
@ApiTags('goodwill')
@Controller('api/v1/benefits')
export class BenefitsController {
  constructor(
    private readonly database: DataSource,
    private readonly view: BenefitView,
    private readonly panels: BenefitPanels,
    private readonly decisions: BenefitDecisions,
    private readonly wake: Wake,
  ) {}

  /** Of a discount that is nobody's: what it comes to, and on which day how much of it. */
  @Post('preview')
  @HttpCode(200)
  @Answers(200, BenefitPreview)
  preview(@Me() me: Principal, @Body({ schema: BenefitPreviewBody }) body: BenefitPreviewBody): BenefitPreview {
    demand(me, 'goodwill.read');
    return previewOf(body);
  }

  /** With the days of a discount. */
  @Get(':id')
  @Answers(200, BenefitDetail)
  find(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<BenefitDetail> {
    demand(me, 'goodwill.read');
    return this.view.one(this.database.manager, readerOf(me), id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Answers(200, Benefit)
  approve(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ApproveBenefitBody }) body: ApproveBenefitBody,
  ): Promise<Benefit> {
    return this.deed(me, id, (tx) => this.decisions.approve(tx, me, id, body));
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Answers(200, Benefit)
  refuse(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RefuseBenefitBody }) body: RefuseBenefitBody,
  ): Promise<Benefit> {
    return this.deed(me, id, (tx) => this.decisions.refuse(tx, me, id, body));
  }

  /** Ends what runs or was set aside, or takes back what one asked for. */
  @Post(':id/stop')
  @HttpCode(200)
  @Answers(200, Benefit)
  stop(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: StopBenefitBody }) body: { reason: string },
  ): Promise<Benefit> {
    return this.deed(me, id, (tx) => this.decisions.stop(tx, me, id, body.reason));
  }

  /** Their plan changed: from a day on the discount is on another fee. */
  @Post(':id/fee')
  @HttpCode(200)
  @Answers(200, Benefit)
  changeFee(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: BenefitFeeBody }) body: BenefitFeeBody,
  ): Promise<Benefit> {
    return this.deed(me, id, (tx) => this.decisions.changeFee(tx, me, id, body));
  }

  /** The code of a voucher, once. */
  @Post(':id/code')
  @HttpCode(200)
  @Answers(200, VoucherCode)
  async code(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<VoucherCode> {
    const shown = await withRetry(this.database, (tx) => this.decisions.showCode(tx, me, id));
    this.wake.ring('relay');
    return shown;
  }

  private deed(me: Principal, id: string, work: (tx: EntityManager) => Promise<unknown>): Promise<Benefit> {
    return this.panels.run(async (tx) => {
      await work(tx);
      return this.view.one(tx, readerOf(me), id);
    });
  }
}
