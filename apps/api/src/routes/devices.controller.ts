import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  CaseDeviceList,
  Device,
  DeviceList,
  DevicesQuery,
  FaultBody,
  Id,
  JoinDevicesBody,
  OwnerBody,
  PatchDeviceBody,
  PresentDeviceBody,
  PresentedDevice,
  ReplaceDeviceBody,
  RevealedDevice,
  WarrantyTermBody,
} from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { DeviceFaults, DeviceReader, DeviceRecords, Devices, WarrantyTerms } from '#repairs';
import { LoanView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical } from '../http/reader.js';

/** Phones, whoever has them. */
@ApiTags('devices')
@Controller('api/v1/devices')
export class DevicesController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DeviceReader,
    private readonly loans: LoanView,
  ) {}

  /** By an IMEI, a MEID or a serial number, however it is grouped. */
  @Get()
  @Answers(200, DeviceList)
  async list(
    @Me() me: Principal,
    @Query({ schema: DevicesQuery }) { imei }: z.infer<typeof DevicesQuery>,
  ): Promise<z.infer<typeof DeviceList>> {
    return { items: await this.reader.find(this.database.manager, me, imei) };
  }

  /** With its terms, whose it was, and what was before as far as the reader may see it. */
  @Get(':id')
  @Answers(200, Device)
  async find(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Device> {
    const { manager } = this.database;
    const device = await this.reader.one(manager, me, id);
    return { ...device, history: { ...device.history, loans: await this.loans.ofDevice(manager, device.id) } };
  }
}

/** The phones of a case; what is done to one is answered with all of them. */
@ApiTags('devices')
@Controller('api/v1/cases/:id/devices')
export class CaseDevicesController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DeviceReader,
    private readonly devices: Devices,
    private readonly loans: LoanView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Get()
  @Answers(200, CaseDeviceList)
  async list(@Me() me: Principal, @Param('id') id: string): Promise<CaseDeviceList> {
    return { items: await this.reader.ofCase(this.database.manager, me, canonical(id)) };
  }

  /** Somebody shows or names a phone: it is found by any of its numbers, else it is made. */
  @Post()
  @Answers(201, PresentedDevice)
  async present(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: PresentDeviceBody }) body: PresentDeviceBody,
  ): Promise<PresentedDevice> {
    const presented = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['device', id, body], () =>
        this.devices.present(tx, me, { ...body, caseId: canonical(id) }),
      ),
    );
    this.wake.ring('relay');
    const loans = await this.loans.ofDevice(this.database.manager, presented.deviceId);
    return { ...presented, history: { ...presented.history, loans } };
  }
}

/** What is done about one phone of a case; answered with all of them. */
@ApiTags('devices')
@Controller('api/v1/cases/:id/devices/:deviceId')
export class CaseDeviceController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DeviceReader,
    private readonly devices: Devices,
    private readonly faults: DeviceFaults,
    private readonly records: DeviceRecords,
    private readonly wake: Wake,
  ) {}

  /** Puts right what is on record of it. */
  @Post('correct')
  @HttpCode(200)
  @Answers(200, CaseDeviceList)
  change(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Body({ schema: PatchDeviceBody }) body: PatchDeviceBody,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.devices.change(tx, me, caseId, deviceId, body));
  }

  /** What is wrong with it; whether it was wrong before is found out. */
  @Post('faults')
  @Answers(201, CaseDeviceList)
  fault(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Body({ schema: FaultBody }) body: FaultBody,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.faults.add(tx, me, caseId, deviceId, body));
  }

  /** From now on it is the customer's of this case. */
  @Post('owner')
  @HttpCode(200)
  @Answers(200, CaseDeviceList)
  own(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Body({ schema: OwnerBody }) body: OwnerBody,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.records.give(tx, me, caseId, deviceId, body));
  }

  /** Another record is the same phone. */
  @Post('join')
  @HttpCode(200)
  @Answers(200, CaseDeviceList)
  join(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Body({ schema: JoinDevicesBody }) body: JoinDevicesBody,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.records.join(tx, me, caseId, deviceId, body));
  }

  /** Another phone took its place. */
  @Post('replace')
  @Answers(201, CaseDeviceList)
  replace(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Body({ schema: ReplaceDeviceBody }) body: ReplaceDeviceBody,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.records.replace(tx, me, caseId, deviceId, body));
  }

  /** Its numbers whole; who read them is written down. */
  @Post('reveal')
  @HttpCode(200)
  @Answers(200, RevealedDevice)
  async reveal(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
  ): Promise<RevealedDevice> {
    const revealed = await withRetry(this.database, (tx) => this.records.reveal(tx, me, canonical(id), deviceId));
    this.wake.ring('relay');
    return revealed;
  }

  private async run(
    me: Principal,
    id: string,
    deed: (tx: EntityManager, caseId: string) => Promise<unknown>,
  ): Promise<CaseDeviceList> {
    const caseId = canonical(id);
    const items = await withRetry(this.database, async (tx) => {
      await deed(tx, caseId);
      return this.reader.ofCase(tx, me, caseId);
    });
    this.wake.ring('relay');
    return { items };
  }
}

/** Terms somebody wrote down: of a maker, of ours, of an insurance. */
@ApiTags('devices')
@Controller('api/v1/cases/:id/devices/:deviceId/terms')
export class DeviceTermsController {
  constructor(
    private readonly database: DataSource,
    private readonly reader: DeviceReader,
    private readonly terms: WarrantyTerms,
    private readonly wake: Wake,
  ) {}

  @Post()
  @Answers(201, CaseDeviceList)
  add(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Body({ schema: WarrantyTermBody }) body: WarrantyTermBody,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.terms.add(tx, me, caseId, deviceId, body));
  }

  @Post(':termId/remove')
  @HttpCode(200)
  @Answers(200, CaseDeviceList)
  remove(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('deviceId', { schema: Id }) deviceId: string,
    @Param('termId', { schema: Id }) termId: string,
  ): Promise<CaseDeviceList> {
    return this.run(me, id, (tx, caseId) => this.terms.remove(tx, me, caseId, deviceId, termId));
  }

  private async run(
    me: Principal,
    id: string,
    deed: (tx: EntityManager, caseId: string) => Promise<unknown>,
  ): Promise<CaseDeviceList> {
    const caseId = canonical(id);
    const items = await withRetry(this.database, async (tx) => {
      await deed(tx, caseId);
      return this.reader.ofCase(tx, me, caseId);
    });
    this.wake.ring('relay');
    return { items };
  }
}
