import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CustomerCards, Preferences } from '#cases';
import { CustomerCard, CustomerCasePage, Id, PageQuery, PreferencesBody } from '#contracts';
import type { Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { ImportView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** What is known of a customer beside their cases. */
@ApiTags('customers')
@Controller('api/v1/customers')
export class CardsController {
  constructor(
    private readonly database: DataSource,
    private readonly cards: CustomerCards,
    private readonly preferences: Preferences,
    private readonly view: ImportView,
    private readonly wake: Wake,
  ) {}

  @Get(':id/card')
  @Answers(200, CustomerCard)
  card(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<CustomerCard> {
    return this.cards.one(me, id);
  }

  /** Newest first. */
  @Get(':id/cases')
  @Answers(200, CustomerCasePage)
  cases(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>,
  ): Promise<CustomerCasePage> {
    return this.view.casesOf(readerOf(me), id, query);
  }

  @Patch(':id/preferences')
  @Answers(200, CustomerCard)
  async prefer(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PreferencesBody }) body: PreferencesBody,
  ): Promise<CustomerCard> {
    const card = await withRetry(this.database, async (tx) =>
      this.cards.one(me, await this.preferences.change(tx, me, id, body), tx),
    );
    this.wake.ring('relay');
    return card;
  }
}
