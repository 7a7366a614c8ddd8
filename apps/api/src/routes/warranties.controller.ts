import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { findCase } from '#cases';
import {
  AskReviewBody,
  DecidedWarranty,
  Id,
  ReviewBody,
  TellDecisionBody,
  WarrantyDecisionBody,
  WarrantyDecisionList,
  WarrantyParameter,
  WarrantyParameterBody,
  WarrantyParameterList,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { DecisionReader, SecondOpinions, WarrantyDecisions, WarrantyParameters } from '#repairs';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical } from '../http/reader.js';

/** What is decided about the phones of a case. */
@ApiTags('warranties')
@Controller('api/v1/cases/:id/warranty-decisions')
export class CaseWarrantiesController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DecisionReader,
    private readonly decisions: WarrantyDecisions,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** Newest first, also those that hold no longer. */
  @Get()
  @Answers(200, WarrantyDecisionList)
  async list(@Me() me: Principal, @Param('id') id: string): Promise<z.infer<typeof WarrantyDecisionList>> {
    demand(me, 'device.read');
    const { manager } = this.database;
    return { items: await this.reader.ofCase(manager, await findCase(manager, me, canonical(id))) };
  }

  /** Takes the place of what held; of whoever may not decide it is a proposal. */
  @Post()
  @Answers(201, DecidedWarranty)
  async decide(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: WarrantyDecisionBody }) body: WarrantyDecisionBody,
  ): Promise<z.infer<typeof DecidedWarranty>> {
    const decided = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['warranty', id, body], () =>
        this.decisions.decide(tx, me, { ...body, caseId: canonical(id) }),
      ),
    );
    this.wake.ring('relay');
    return decided;
  }
}

/** What becomes of a decision; answered with all of its case. */
@ApiTags('warranties')
@Controller('api/v1/warranty-decisions/:id')
export class WarrantyDecisionsController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DecisionReader,
    private readonly decisions: WarrantyDecisions,
    private readonly opinions: SecondOpinions,
    private readonly wake: Wake,
  ) {}

  @Post('accept')
  @HttpCode(200)
  @Answers(200, WarrantyDecisionList)
  accept(@Me() me: Principal, @Param('id', { schema: Id }) id: string) {
    return this.run((tx) => this.decisions.accept(tx, me, id));
  }

  @Post('withdraw')
  @HttpCode(200)
  @Answers(200, WarrantyDecisionList)
  withdraw(@Me() me: Principal, @Param('id', { schema: Id }) id: string) {
    return this.run((tx) => this.decisions.withdraw(tx, me, id));
  }

  /** Whether the customer reads its words on the page of their case. */
  @Post('tell')
  @HttpCode(200)
  @Answers(200, WarrantyDecisionList)
  tell(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TellDecisionBody }) { told }: z.infer<typeof TellDecisionBody>,
  ) {
    return this.run((tx) => this.decisions.tell(tx, me, id, told));
  }

  @Post('second-opinion')
  @HttpCode(200)
  @Answers(200, WarrantyDecisionList)
  ask(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AskReviewBody }) { reason }: z.infer<typeof AskReviewBody>,
  ) {
    return this.run((tx) => this.opinions.ask(tx, me, id, reason));
  }

  /** Another person confirms it, or says what holds instead. */
  @Post('review')
  @HttpCode(200)
  @Answers(200, WarrantyDecisionList)
  review(@Me() me: Principal, @Param('id', { schema: Id }) id: string, @Body({ schema: ReviewBody }) body: ReviewBody) {
    return this.run((tx) => this.opinions.give(tx, me, id, body));
  }

  private async run(deed: (tx: EntityManager) => Promise<string>): Promise<z.infer<typeof WarrantyDecisionList>> {
    const items = await withRetry(this.database, async (tx) => this.reader.ofCase(tx, await deed(tx)));
    this.wake.ring('relay');
    return { items };
  }
}

/** Terms of the law, of makers and of the house, that decisions go by. */
@ApiTags('warranties')
@Controller('api/v1/warranty-parameters')
export class WarrantyParametersController {
  constructor(
    private readonly database: DataSource,
    private readonly parameters: WarrantyParameters,
  ) {}

  @Get()
  @Answers(200, WarrantyParameterList)
  async list(@Me() me: Principal): Promise<z.infer<typeof WarrantyParameterList>> {
    return { items: await this.parameters.list(this.database.manager, me) };
  }

  @Post()
  @Answers(201, WarrantyParameter)
  add(
    @Me() me: Principal,
    @Body({ schema: WarrantyParameterBody }) body: WarrantyParameterBody,
  ): Promise<WarrantyParameter> {
    return withRetry(this.database, (tx) => this.parameters.add(tx, me, body));
  }

  /** Another takes its place; what was decided by it still says so. */
  @Put(':id')
  @Answers(200, WarrantyParameter)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: WarrantyParameterBody }) body: WarrantyParameterBody,
  ): Promise<WarrantyParameter> {
    return withRetry(this.database, (tx) => this.parameters.change(tx, me, id, body));
  }

  @Post(':id/retire')
  @HttpCode(204)
  @Answers(204)
  async retire(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.parameters.retire(tx, me, id));
  }
}
