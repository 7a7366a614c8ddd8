import { Body, Controller, Get, HttpCode, Param, Patch, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  CancelLegBody,
  CaseCustody,
  ClaimBody,
  Id,
  Leg,
  LegBody,
  LegEtaBody,
  LegLostBody,
  LegScanBody,
  readLegCode,
  StoreParcels,
} from '#contracts';
import { LegLabels, LegLosses, LegPlans, Legs } from '#handoffs';
import { demand, type Principal } from '#identity';
import { DomainError } from '#platform';
import { CustodyView } from '#views';
import { Answers } from '../http/answers.js';
import { LegDeeds } from '../http/leg-deeds.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

/** Where the phones of a case are, and where they are to go. */
@ApiTags('custody')
@Controller('api/v1/cases/:id')
export class CaseCustodyController {
  constructor(
    private readonly database: DataSource,
    private readonly deeds: LegDeeds,
    private readonly plans: LegPlans,
    private readonly view: CustodyView,
  ) {}

  @Get('custody')
  @Answers(200, CaseCustody)
  show(@Me() me: Principal, @Param('id') id: string): Promise<CaseCustody> {
    return this.view.ofCase(this.database.manager, readerOf(me), canonical(id));
  }

  /** A device is to go from hand to hand; the shipment has a label from then on. */
  @Post('legs')
  @Answers(201, Leg)
  plan(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: LegBody }) body: LegBody,
  ): Promise<Leg> {
    return this.deeds.run(me, key, ['leg', id, body], async (tx) => {
      const { legId } = await this.plans.plan(tx, me, { ...body, caseId: canonical(id) });
      return legId;
    });
  }
}

/** One shipment; each deed answers with it as it stands then. */
@ApiTags('custody')
@Controller('api/v1/legs/:id')
export class LegsController {
  constructor(
    private readonly deeds: LegDeeds,
    private readonly legs: Legs,
    private readonly losses: LegLosses,
    private readonly labels: LegLabels,
    private readonly database: DataSource,
  ) {}

  /** What is stuck on it, to be printed. */
  @Get('label.pdf')
  @Answers(200, undefined, 'application/pdf')
  async label(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { fileName, bytes } = await this.labels.pdf(this.database.manager, me, id);
    void reply.header('cache-control', 'private, no-store');
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `inline; filename="${fileName}"` });
  }

  /** Whoever carries it has it now. */
  @Post('pick-up')
  @HttpCode(200)
  @Answers(200, Leg)
  pickUp(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LegScanBody }) body: LegScanBody,
  ): Promise<Leg> {
    return this.deeds.run(me, key, ['pick-up', id, body], async (tx) => {
      await this.legs.pickUp(tx, me, id, body);
      return id;
    });
  }

  @Post('arrive')
  @HttpCode(200)
  @Answers(200, Leg)
  arrive(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LegScanBody }) body: LegScanBody,
  ): Promise<Leg> {
    return this.deeds.run(me, key, ['arrive', id, body], async (tx) => {
      await this.legs.arrive(tx, me, id, body);
      return id;
    });
  }

  /** It is not to be found: something is claimed for it. */
  @Post('lost')
  @HttpCode(200)
  @Answers(200, Leg)
  lose(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LegLostBody }) body: LegLostBody,
  ): Promise<Leg> {
    return this.deeds.run(me, key, ['lost', id, body], async (tx) => {
      await this.losses.lose(tx, me, id, body.reason);
      return id;
    });
  }

  /** It does not go, or it came back to whoever sent it. */
  @Post('cancel')
  @HttpCode(200)
  @Answers(200, Leg)
  cancel(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CancelLegBody }) body: CancelLegBody,
  ): Promise<Leg> {
    return this.deeds.run(me, key, ['cancel', id, body], async (tx) => {
      await this.legs.cancel(tx, me, id, body);
      return id;
    });
  }

  @Post('eta')
  @HttpCode(200)
  @Answers(200, Leg)
  expect(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LegEtaBody }) body: LegEtaBody,
  ): Promise<Leg> {
    return this.deeds.run(me, undefined, [], async (tx) => {
      await this.legs.expect(tx, me, id, new Date(body.etaAt));
      return id;
    });
  }
}

/** Shipments by what stands on them, by the store they go from and to, and what is claimed for those that were lost. */
@ApiTags('custody')
@Controller('api/v1')
export class ParcelsController {
  constructor(
    private readonly database: DataSource,
    private readonly deeds: LegDeeds,
    private readonly losses: LegLosses,
    private readonly view: CustodyView,
  ) {}

  /** What a scanner read off a label, or somebody typed. */
  @Get('parcels/:code')
  @Answers(200, Leg)
  find(@Me() me: Principal, @Param('code') typed: string): Promise<Leg> {
    demand(me, 'custody.move');
    const code = readLegCode(typed);
    if (code === null) throw new DomainError('leg.not_found');
    return this.view.byCode(this.database.manager, readerOf(me), code);
  }

  @Get('stores/:id/parcels')
  @Answers(200, StoreParcels)
  ofStore(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<StoreParcels> {
    demand(me, 'custody.move');
    if (me.role === 'store' && me.storeId !== id)
      throw new DomainError('permission.denied', { permission: 'custody.move' });
    return this.view.ofStore(this.database.manager, readerOf(me), id);
  }

  @Patch('claims/:id')
  @Answers(200, Leg)
  settle(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ClaimBody }) body: ClaimBody,
  ): Promise<Leg> {
    return this.deeds.run(me, undefined, [], (tx) => this.losses.settle(tx, me, id, body));
  }
}
