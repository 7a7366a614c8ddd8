import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  ChangePartnerBody,
  CustomerShares,
  Id,
  NewPartnerKey,
  Partner,
  PartnerBody,
  PartnerCheck,
  PartnerKeyBody,
  PartnerKeyList,
  PartnerList,
  PartnerVersionList,
  Scorecards,
  ScorecardsQuery,
} from '#contracts';
import { Forgetting, formSchema, PartnerChecks, PartnerKeys, Partners, readPartner } from '#handoffs';
import { demand, IdempotencyService, type Principal } from '#identity';
import { withRetry } from '#platform';
import { ScorecardView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** The companies that work with us: what was agreed, what each asks to be told, what each may be told. */
@ApiTags('partners')
@Controller('api/v1/partners')
export class PartnersController {
  constructor(
    private readonly database: DataSource,
    private readonly partners: Partners,
    private readonly checks: PartnerChecks,
    private readonly scorecards: ScorecardView,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, PartnerList)
  async list(@Me() me: Principal): Promise<z.infer<typeof PartnerList>> {
    demand(me, 'partner.read');
    return { items: await this.partners.list(this.database.manager) };
  }

  @Post()
  @Answers(201, Partner)
  create(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: PartnerBody }) body: PartnerBody,
  ): Promise<Partner> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['partner', body], async () =>
        this.partners.find(tx, await this.partners.create(tx, me, body)),
      ),
    );
  }

  /** How each does with what we hand to it: every figure counts the handoffs that `GET /handoffs` lists by `measure` and `days`. */
  @Get('scorecards')
  @Answers(200, Scorecards)
  cards(
    @Me() me: Principal,
    @Query({ schema: ScorecardsQuery }) { days }: z.infer<typeof ScorecardsQuery>,
  ): Promise<Scorecards> {
    demand(me, 'partner.read');
    return this.scorecards.cards(this.database.manager, readerOf(me), days);
  }

  @Get(':id')
  @Answers(200, Partner)
  find(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Partner> {
    demand(me, 'partner.read');
    return this.partners.find(this.database.manager, id);
  }

  /** What was agreed before, newest first. */
  @Get(':id/versions')
  @Answers(200, PartnerVersionList)
  async versions(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
  ): Promise<z.infer<typeof PartnerVersionList>> {
    demand(me, 'partner.read');
    return { items: await this.partners.versions(this.database.manager, id) };
  }

  /** What it asks to be told, as JSON Schema in the reader's language. */
  @Get(':id/form')
  @Answers(200, z.record(z.string(), z.unknown()))
  async form(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Record<string, unknown>> {
    demand(me, 'partner.read');
    const { terms } = await this.partners.find(this.database.manager, id);
    return formSchema(terms.form, me.language);
  }

  /** What was sent goes on by what was agreed then. */
  @Put(':id')
  @Answers(200, Partner)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ChangePartnerBody }) body: ChangePartnerBody,
  ): Promise<Partner> {
    return withRetry(this.database, async (tx) => {
      await this.partners.change(tx, me, id, body);
      return this.partners.find(tx, id);
    });
  }

  /** Asks their system whether it would let us in; changes nothing there. What does not work is an answer, not an error. */
  @Post(':id/check')
  @HttpCode(200)
  @Answers(200, PartnerCheck)
  async check(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<PartnerCheck> {
    demand(me, 'partner.manage');
    return this.checks.check(await readPartner(this.database.manager, id), me.language);
  }
}

/** Keys by which their systems call ours. Without an idempotency key: a secret is told once and kept nowhere. */
@ApiTags('partners')
@Controller('api/v1/partners')
export class PartnerKeysController {
  constructor(
    private readonly database: DataSource,
    private readonly keys: PartnerKeys,
  ) {}

  @Get(':id/keys')
  @Answers(200, PartnerKeyList)
  async list(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof PartnerKeyList>> {
    return { items: await this.keys.list(this.database.manager, me, id) };
  }

  @Post(':id/keys')
  @Answers(201, NewPartnerKey)
  issue(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PartnerKeyBody }) body: PartnerKeyBody,
  ): Promise<NewPartnerKey> {
    return withRetry(this.database, (tx) => this.keys.issue(tx, me, id, body));
  }

  /** It opens nothing from now on. */
  @Delete(':id/keys/:keyId')
  @HttpCode(204)
  @Answers(204)
  async revoke(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('keyId', { schema: Id }) keyId: string,
  ): Promise<void> {
    await this.keys.revoke(this.database.manager, me, id, keyId);
  }
}

/** What partners were told of a customer. */
@ApiTags('customers')
@Controller('api/v1/customers')
export class CustomerSharesController {
  constructor(
    private readonly database: DataSource,
    private readonly forgetting: Forgetting,
  ) {}

  /** Whom, what, what for and until when; the values are in no list. Newest first. */
  @Get(':id/shares')
  @Answers(200, CustomerShares)
  async list(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof CustomerShares>> {
    return { items: await this.forgetting.ofCustomer(this.database.manager, me, id) };
  }
}
