import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  Id,
  LoanerModelBody,
  LoanerModelList,
  LoanerSettings,
  PatchLoanerModelBody,
  PatchLoanerSettingsBody,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { LoanerHouse, LoanerModels } from '#loaners';
import { withRetry } from '#platform';
import { LoanerView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

type Models = z.infer<typeof LoanerModelList>;

/** The models there are to lend; each deed answers with all of them. */
@ApiTags('loaners')
@Controller('api/v1/loaner-models')
export class LoanerModelsController {
  constructor(
    private readonly database: DataSource,
    private readonly models: LoanerModels,
    private readonly view: LoanerView,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, LoanerModelList)
  async list(@Me() me: Principal): Promise<Models> {
    demand(me, 'loaner.read');
    return { items: await this.view.models() };
  }

  @Post()
  @Answers(201, LoanerModelList)
  async add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: LoanerModelBody }) body: LoanerModelBody,
  ): Promise<Models> {
    await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['loaner-model', body], () => this.models.add(tx, me, body)),
    );
    return { items: await this.view.models() };
  }

  @Patch(':id')
  @Answers(200, LoanerModelList)
  async change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchLoanerModelBody }) body: PatchLoanerModelBody,
  ): Promise<Models> {
    await withRetry(this.database, (tx) => this.models.change(tx, me, id, body));
    return { items: await this.view.models() };
  }
}

/** How long what lasts, what is signed, and to whom nothing is lent. */
@ApiTags('loaners')
@Controller('api/v1/loaner-settings')
export class LoanerSettingsController {
  constructor(
    private readonly database: DataSource,
    private readonly house: LoanerHouse,
  ) {}

  @Get()
  @Answers(200, LoanerSettings)
  show(@Me() me: Principal): Promise<LoanerSettings> {
    demand(me, 'loaner.read');
    return this.house.settings(this.database.manager);
  }

  @Patch()
  @Answers(200, LoanerSettings)
  change(
    @Me() me: Principal,
    @Body({ schema: PatchLoanerSettingsBody }) body: PatchLoanerSettingsBody,
  ): Promise<LoanerSettings> {
    return withRetry(this.database, (tx) => this.house.change(tx, me, body));
  }
}
