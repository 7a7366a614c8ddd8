import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApproveQuoteBody, DeclineQuoteBody, Id, OfferQuoteBody, QuoteBody, RepairOrder } from '#contracts';
import { Contributions } from '#goodwill';
import type { Principal } from '#identity';
import { QuoteDecisions, Quotes } from '#repairs';
import { RepairView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';
import { RepairDeeds } from '../http/repair-deeds.js';

/** What a repair costs and who pays; each deed answers with its repair order as it stands then. */
@ApiTags('repairs')
@Controller('api/v1')
export class QuotesController {
  constructor(
    private readonly deeds: RepairDeeds,
    private readonly quotes: Quotes,
    private readonly decisions: QuoteDecisions,
    private readonly contributions: Contributions,
    private readonly view: RepairView,
  ) {}

  /** The next version, as a draft. */
  @Post('repairs/:id/quotes')
  @Answers(201, RepairOrder)
  draft(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: QuoteBody }) body: QuoteBody,
  ): Promise<RepairOrder> {
    return this.deeds.run(me, { key, request: ['quote', id, body] }, async (tx) => {
      await this.quotes.draft(tx, me, id, body);
      return id;
    });
  }

  /** A draft says something else now. */
  @Put('quotes/:id')
  @Answers(200, RepairOrder)
  redraft(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: QuoteBody }) body: QuoteBody,
  ): Promise<RepairOrder> {
    return this.deeds.run(me, null, (tx) => this.quotes.redraft(tx, me, id, body));
  }

  /** What it sets aside of goodwill, whoever offers it may give. */
  @Post('quotes/:id/offer')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  offer(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: OfferQuoteBody }) body: OfferQuoteBody,
  ): Promise<RepairOrder> {
    return this.deeds.run(me, null, async (tx) => {
      const repairId = await this.quotes.offer(tx, me, id, body);
      const { caseId, quotes } = await this.view.one(tx, readerOf(me), repairId);
      for (const { shares, currency } of quotes.filter((one) => one.id === id))
        await this.contributions.demandWithin(tx, me, { caseId, repairId, cents: shares.goodwill, currency });
      return repairId;
    });
  }

  /** The customer says yes before one of us. */
  @Post('quotes/:id/approve')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  approve(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ApproveQuoteBody }) body: ApproveQuoteBody,
  ): Promise<RepairOrder> {
    return this.deeds.run(me, null, (tx) => this.decisions.approveAtCounter(tx, me, id, body));
  }

  @Post('quotes/:id/decline')
  @HttpCode(200)
  @Answers(200, RepairOrder)
  decline(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DeclineQuoteBody }) body: DeclineQuoteBody,
  ): Promise<RepairOrder> {
    return this.deeds.run(me, null, (tx) => this.decisions.declineAtCounter(tx, me, id, body));
  }
}
