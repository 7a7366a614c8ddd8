import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CaseRepairs,
  DataConsentBody,
  DataResultsBody,
  DecideReliefBody,
  DecideWayBody,
  HandBackBody,
  Id,
  MoveRepairBody,
  NewRepairBody,
  OptionsBody,
  PatchRepairBody,
  PromiseReturnBody,
  ReliefBody,
  RepairOrder,
} from '#contracts';
import type { Principal } from '#identity';
import { DataRecoveries, PromisedReturns, Relief, RepairOrders, RepairWays } from '#repairs';
import { RepairView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';
import { RepairDeeds } from '../http/repair-deeds.js';

/** The repairs of a case, and what makes its customer whole meanwhile. */
@ApiTags('repairs')
@Controller('api/v1')
export class CaseRepairsController {
  constructor(
    private readonly database: DataSource,
    private readonly deeds: RepairDeeds,
    private readonly view: RepairView,
    private readonly orders: RepairOrders,
    private readonly relief: Relief,
  ) {}

  @Get('cases/:id/repairs')
  @Answers(200, CaseRepairs)
  list(@Me() me: Principal, @Param('id') id: string): Promise<CaseRepairs> {
    return this.view.ofCase(this.database.manager, readerOf(me), canonical(id));
  }

  /** A device of the case is taken in. */
  @Post('cases/:id/repairs')
  @Answers(201, RepairOrder)
  open(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: NewRepairBody }) body: NewRepairBody,
  ): Promise<RepairOrder> {
    return this.deeds.run(me, { key, request: ['repair', id, body] }, async (tx) => {
      const { repairId } = await this.orders.open(tx, me, { caseId: canonical(id), ...body });
      return repairId;
    });
  }

  @Post('cases/:id/relief')
  @Answers(201, CaseRepairs)
  plan(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: ReliefBody }) body: ReliefBody,
  ): Promise<CaseRepairs> {
    return this.deeds.onCase(me, { key, request: ['relief', id, body] }, (tx) =>
      this.relief.plan(tx, me, canonical(id), body),
    );
  }

  /** Done, what the customer lacked is relieved; or it is not done, and why. */
  @Patch('relief/:id')
  @Answers(200, CaseRepairs)
  decide(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DecideReliefBody }) body: z.infer<typeof DecideReliefBody>,
  ): Promise<CaseRepairs> {
    return this.deeds.onCase(me, null, (tx) => this.relief.decide(tx, me, id, body));
  }
}

/** One repair order; each deed answers with it as it stands then. */
@ApiTags('repairs')
@Controller('api/v1/repairs/:id')
export class RepairsController {
  constructor(
    private readonly deeds: RepairDeeds,
    private readonly orders: RepairOrders,
    private readonly returns: PromisedReturns,
    private readonly ways: RepairWays,
  ) {}

  @Get()
  @Answers(200, RepairOrder)
  show(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<RepairOrder> {
    return this.deeds.show(me, id);
  }

  @Patch()
  @Answers(200, RepairOrder)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchRepairBody }) body: PatchRepairBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.orders.change(tx, me, id, body));
  }

  /** To a stage a person may bring it to; quotes and handing back bring it to the others. */
  @Post('stage')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  move(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MoveRepairBody }) body: MoveRepairBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.orders.move(tx, me, id, body));
  }

  /** The day the device is to be back; moved, the customer is told once. */
  @Post('promise')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  promise(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PromiseReturnBody }) body: PromiseReturnBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.returns.set(tx, me, id, body));
  }

  @Post('hand-back')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  handBack(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HandBackBody }) body: HandBackBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.orders.handBack(tx, me, { repairId: id, ...body }));
  }

  /** Repair, replace, refund, buy out, side by side. */
  @Put('options')
  @Answers(200, RepairOrder)
  compare(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: OptionsBody }) body: OptionsBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.ways.compare(tx, me, id, body));
  }

  @Post('way')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  decideWay(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DecideWayBody }) body: DecideWayBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.ways.decide(tx, me, id, body));
  }
}

/** What is on the device: what the customer wants back, and what became of it. */
@ApiTags('repairs')
@Controller('api/v1/repairs/:id/data-recovery')
export class DataRecoveryController {
  constructor(
    private readonly deeds: RepairDeeds,
    private readonly data: DataRecoveries,
  ) {}

  @Post()
  @HttpCode(200)
  @Answers(200, RepairOrder)
  ask(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.data.ask(tx, me, id));
  }

  @Post('consent')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  agree(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DataConsentBody }) body: DataConsentBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.data.agree(tx, me, id, body));
  }

  @Post('results')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  tell(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DataResultsBody }) body: DataResultsBody,
  ): Promise<RepairOrder> {
    return this.deeds.on(me, id, (tx) => this.data.tell(tx, me, id, body));
  }
}
