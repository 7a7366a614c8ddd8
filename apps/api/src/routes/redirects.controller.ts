import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  Id,
  NearbyQuery,
  NearbyStores,
  WarmRedirect,
  WarmRedirectBody,
  WarmRedirectList,
  WarmRedirectQuery,
} from '#contracts';
import { lockCase, NearbyStoresService, WarmRedirectService } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { OwnershipView, TimelineView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** The stores a customer could go to, nearest first. */
@ApiTags('cases')
@Controller('api/v1/cases/:id/nearby-stores')
export class NearbyStoresController {
  constructor(
    private readonly database: DataSource,
    private readonly nearby: NearbyStoresService,
  ) {}

  @Get()
  @Answers(200, NearbyStores)
  stores(
    @Me() me: Principal,
    @Param('id') id: string,
    @Query({ schema: NearbyQuery }) { near }: z.infer<typeof NearbyQuery>,
  ): Promise<NearbyStores> {
    return this.nearby.find(this.database.manager, me, id, near);
  }
}

/** Customers are shown the way to a store that expects them. */
@ApiTags('cases')
@Controller('api/v1')
export class RedirectsController {
  constructor(
    private readonly database: DataSource,
    private readonly redirects: WarmRedirectService,
    private readonly view: OwnershipView,
    private readonly timeline: TimelineView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Post('cases/:id/warm-redirects')
  @Answers(201, WarmRedirect)
  async send(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: WarmRedirectBody }) body: WarmRedirectBody,
  ): Promise<WarmRedirect> {
    const redirect = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['redirect', id, body], async () => {
        const found = await lockCase(tx, me, id);
        await this.timeline.refuseUnseen(tx, found.id, me.id, body.lastSeenEntryId);
        const { redirectId } = await this.redirects.send(tx, me, found, body);
        return this.view.redirect(tx, readerOf(me), redirectId);
      }),
    );
    this.wake.ring('relay');
    return redirect;
  }

  /** Who is on their way: to the store of whoever asks, unless another is named. */
  @Get('warm-redirects')
  @Answers(200, WarmRedirectList)
  async list(
    @Me() me: Principal,
    @Query({ schema: WarmRedirectQuery }) { storeId }: z.infer<typeof WarmRedirectQuery>,
  ): Promise<z.infer<typeof WarmRedirectList>> {
    return { items: await this.view.onTheirWay(this.database.manager, readerOf(me), storeId ?? me.storeId) };
  }

  @Post('warm-redirects/:id/acknowledge')
  @HttpCode(200)
  @Answers(200, WarmRedirect)
  async acknowledge(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<WarmRedirect> {
    const acknowledged = await withRetry(this.database, async (tx) => {
      await this.redirects.acknowledge(tx, me, id);
      return this.view.redirect(tx, readerOf(me), id);
    });
    this.wake.ring('relay');
    return acknowledged;
  }
}
