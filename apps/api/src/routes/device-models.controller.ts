import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  DeviceModel,
  DeviceModelBody,
  DeviceModelPage,
  DeviceModelsQuery,
  Id,
  ModelImportAnswer,
  ModelImportQuery,
  ModelTacs,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { DomainError, withRetry } from '#platform';
import { DeviceModels } from '#repairs';
import { Answers } from '../http/answers.js';
import { fileOf } from '../http/one-file.js';
import { Me } from '../http/principal.js';

const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Which phones there are, and by which digits of an IMEI they are known. */
@ApiTags('devices')
@Controller('api/v1/device-models')
export class DeviceModelsController {
  constructor(
    private readonly database: DataSource,
    private readonly models: DeviceModels,
  ) {}

  @Get()
  @Answers(200, DeviceModelPage)
  list(
    @Me() me: Principal,
    @Query({ schema: DeviceModelsQuery }) query: z.infer<typeof DeviceModelsQuery>,
  ): Promise<DeviceModelPage> {
    return this.models.list(this.database.manager, me, query);
  }

  @Post()
  @Answers(201, DeviceModel)
  add(@Me() me: Principal, @Body({ schema: DeviceModelBody }) body: DeviceModelBody): Promise<DeviceModel> {
    return withRetry(this.database, (tx) => this.models.add(tx, me, body));
  }

  /** A table with the columns tac, brand, model and, where known, os and sim; sent again it changes nothing. */
  @Post('import')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @Answers(200, ModelImportAnswer)
  async import(
    @Me() me: Principal,
    @Req() request: FastifyRequest,
    @Query({ schema: ModelImportQuery }) { dryRun }: z.infer<typeof ModelImportQuery>,
  ): Promise<ModelImportAnswer> {
    demand(me, 'device.manage');
    const { file } = await fileOf(request, MAX_FILE_BYTES);
    // A file is read once: what waits for others is tried again by whoever sends it again.
    const answer = await this.database.transaction((tx) =>
      this.models.import(tx, me, file, dryRun === 'true').catch((error: unknown) => {
        file.resume();
        throw error;
      }),
    );
    if (file.truncated) throw new DomainError('request.too_large');
    return answer;
  }

  @Get(':id/tacs')
  @Answers(200, ModelTacs)
  async tacs(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof ModelTacs>> {
    return { tacs: await this.models.tacs(this.database.manager, me, id) };
  }

  @Put(':id')
  @Answers(200, DeviceModel)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DeviceModelBody }) body: DeviceModelBody,
  ): Promise<DeviceModel> {
    return withRetry(this.database, (tx) => this.models.change(tx, me, id, body));
  }
}
