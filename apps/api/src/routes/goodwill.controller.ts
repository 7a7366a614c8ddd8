import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  ApprovalPage,
  ApprovalsQuery,
  BenefitMessagePage,
  BenefitMessagesQuery,
  Compensation,
  GoodwillRule,
  GoodwillRuleList,
  Id,
  LedgerName,
  LedgerPage,
  LedgerQuery,
  LegalVersion,
  LimitsVersion,
  NewGoodwillRuleBody,
  PutGoodwillRuleBody,
  PutLegalBody,
  PutLimitsBody,
  StopBenefitBody,
} from '#contracts';
import { Compensations, Courier, GoodwillRules, GoodwillSettings, Postbag } from '#goodwill';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { BenefitView } from '#views';
import { Answers } from '../http/answers.js';
import { BenefitPanels } from '../http/benefit-panels.js';
import { sendLedger } from '../http/ledger-file.js';
import { LedgerPages } from '../http/ledger-pages.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** How goodwill is set up: what rules offer, who may give how much, and what the law says. */
@ApiTags('goodwill')
@Controller('api/v1/goodwill')
export class GoodwillSettingsController {
  constructor(
    private readonly database: DataSource,
    private readonly rules: GoodwillRules,
    private readonly settings: GoodwillSettings,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get('rules')
  @Answers(200, GoodwillRuleList)
  async list(@Me() me: Principal): Promise<GoodwillRuleList> {
    demand(me, 'goodwill.read');
    return { items: await this.rules.list(this.database.manager) };
  }

  @Post('rules')
  @Answers(201, GoodwillRule)
  create(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: NewGoodwillRuleBody }) body: NewGoodwillRuleBody,
  ): Promise<GoodwillRule> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['goodwill-rule', body], async () =>
        this.rules.find(tx, await this.rules.create(tx, me, body)),
      ),
    );
  }

  @Put('rules/:id')
  @Answers(200, GoodwillRule)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PutGoodwillRuleBody }) body: PutGoodwillRuleBody,
  ): Promise<GoodwillRule> {
    return withRetry(this.database, async (tx) => {
      await this.rules.change(tx, me, id, body);
      return this.rules.find(tx, id);
    });
  }

  @Get('limits')
  @Answers(200, LimitsVersion)
  limits(@Me() me: Principal): Promise<LimitsVersion> {
    demand(me, 'goodwill.read');
    return this.settings.limits(this.database.manager);
  }

  @Put('limits')
  @Answers(200, LimitsVersion)
  setLimits(
    @Me() me: Principal,
    @Body({ schema: PutLimitsBody }) { version, content }: z.infer<typeof PutLimitsBody>,
  ): Promise<LimitsVersion> {
    return withRetry(this.database, async (tx) => {
      await this.settings.setLimits(tx, me, version, content);
      return this.settings.limits(tx);
    });
  }

  @Get('legal')
  @Answers(200, LegalVersion)
  legal(@Me() me: Principal): Promise<LegalVersion> {
    demand(me, 'goodwill.read');
    return this.settings.legal(this.database.manager);
  }

  @Put('legal')
  @Answers(200, LegalVersion)
  setLegal(
    @Me() me: Principal,
    @Body({ schema: PutLegalBody }) { version, content }: z.infer<typeof PutLegalBody>,
  ): Promise<LegalVersion> {
    return withRetry(this.database, async (tx) => {
      await this.settings.setLegal(tx, me, version, content);
      return this.settings.legal(tx);
    });
  }
}

/** What waits to be decided, what was given and is owed, and what other systems were told. */
@ApiTags('goodwill')
@Controller('api/v1/goodwill')
export class GoodwillLedgersController {
  constructor(
    private readonly database: DataSource,
    private readonly benefits: BenefitView,
    private readonly ledgers: LedgerPages,
    private readonly postbag: Postbag,
    private readonly courier: Courier,
    private readonly wake: Wake,
  ) {}

  /** Who has waited longest first. */
  @Get('approvals')
  @Answers(200, ApprovalPage)
  approvals(
    @Me() me: Principal,
    @Query({ schema: ApprovalsQuery }) query: z.infer<typeof ApprovalsQuery>,
  ): Promise<ApprovalPage> {
    demand(me, 'goodwill.approve');
    return this.benefits.approvals(this.database.manager, readerOf(me), query);
  }

  @Get('ledgers/:ledger')
  @Answers(200, LedgerPage)
  ledger(
    @Me() me: Principal,
    @Param('ledger', { schema: LedgerName }) ledger: LedgerName,
    @Query({ schema: LedgerQuery }) query: LedgerQuery,
  ): Promise<LedgerPage> {
    demand(me, 'goodwill.manage');
    return this.ledgers.of(ledger, query);
  }

  /** All of it as a file for a spreadsheet, read page by page: whoever takes it slowly keeps nobody waiting. */
  @Get('ledgers/:ledger/rows.csv')
  @Answers(200)
  async file(
    @Me() me: Principal,
    @Param('ledger', { schema: LedgerName }) ledger: LedgerName,
    @Query({ schema: LedgerQuery }) { from, to }: LedgerQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    demand(me, 'goodwill.manage');
    await sendLedger(reply, me.language, ledger, (cursor) => this.ledgers.of(ledger, { from, to, cursor, limit: 200 }));
  }

  @Get('messages')
  @Answers(200, BenefitMessagePage)
  async messages(
    @Me() me: Principal,
    @Query({ schema: BenefitMessagesQuery }) query: BenefitMessagesQuery,
  ): Promise<BenefitMessagePage> {
    demand(me, 'goodwill.manage');
    return { ...(await this.ledgers.messages(query)), url: this.courier.url };
  }

  /** One that was given up goes again. */
  @Post('messages/:id/replay')
  @HttpCode(204)
  @Answers(204)
  async replay(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.postbag.replay(tx, me, id));
    this.wake.ring('benefits');
  }
}

/** What the law says is owed. */
@ApiTags('goodwill')
@Controller('api/v1/compensations')
export class CompensationsController {
  constructor(
    private readonly panels: BenefitPanels,
    private readonly compensations: Compensations,
  ) {}

  /** It was no interruption of the service after all. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @Answers(200, Compensation)
  withdraw(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: StopBenefitBody }) { reason }: { reason: string },
  ): Promise<Compensation> {
    return this.panels.run(async (tx) =>
      this.panels.compensation(tx, me, await this.compensations.withdraw(tx, me, id, reason), id),
    );
  }
}
