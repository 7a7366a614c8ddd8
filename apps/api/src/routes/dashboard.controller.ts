import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Ip, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  DashboardPanels,
  DashboardQuery,
  DashboardRows,
  DashboardRowsQuery,
  DashboardTiles,
  Id,
  NewWallLink,
  NewWallLinkBody,
  RecountAnswer,
  WallLinks,
  WallNow,
} from '#contracts';
import { demand, WallLinkService, type Principal } from '#identity';
import { CONFIG, DomainError, withRetry, type Config } from '#platform';
import { DashboardCounters } from '#sla';
import { DashboardPanelsView, DashboardView, WallView } from '#views';
import { Answers } from '../http/answers.js';
import { Me, Public } from '../http/principal.js';
import { WallDoor } from '../http/wall-door.js';
import { PresenceService } from '../live/presence.service.js';

/** What those see who look after others' work. */
@ApiTags('dashboard')
@Controller('api/v1/dashboard')
export class DashboardController {
  constructor(
    private readonly view: DashboardView,
    private readonly panelsView: DashboardPanelsView,
    private readonly counters: DashboardCounters,
    private readonly presence: PresenceService,
  ) {}

  @Get('tiles')
  @Answers(200, DashboardTiles)
  tiles(
    @Me() me: Principal,
    @Query({ schema: DashboardQuery }) query: z.infer<typeof DashboardQuery>,
  ): Promise<DashboardTiles> {
    demand(me, 'supervise');
    return this.view.tiles(query.queueId ?? null);
  }

  /** Exactly what the figure of a tile counts. */
  @Get('rows')
  @Answers(200, DashboardRows)
  rows(
    @Me() me: Principal,
    @Query({ schema: DashboardRowsQuery }) query: z.infer<typeof DashboardRowsQuery>,
  ): Promise<DashboardRows> {
    demand(me, 'supervise');
    return this.view.rows(query);
  }

  @Get('panels')
  @Answers(200, DashboardPanels)
  panels(
    @Me() me: Principal,
    @Query({ schema: DashboardQuery }) query: z.infer<typeof DashboardQuery>,
  ): Promise<DashboardPanels> {
    demand(me, 'supervise');
    return this.panelsView.read(query.queueId ?? null, this.presence.doing());
  }

  /** Counts every figure anew and mends what does not agree. */
  @Post('recount')
  @HttpCode(200)
  @Answers(200, RecountAnswer)
  recount(@Me() me: Principal): Promise<RecountAnswer> {
    demand(me, 'supervise');
    return this.counters.recount();
  }
}

/** Links of screens on walls. Without an idempotency key: what opens a wall is told once and kept nowhere. */
@ApiTags('dashboard')
@Controller('api/v1/wall-links')
export class WallLinksController {
  constructor(
    private readonly database: DataSource,
    private readonly links: WallLinkService,
    private readonly door: WallDoor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Answers(200, WallLinks)
  async list(@Me() me: Principal): Promise<z.infer<typeof WallLinks>> {
    demand(me, 'supervise');
    return { items: await this.links.list(this.database.manager) };
  }

  @Post()
  @Answers(201, NewWallLink)
  async issue(
    @Me() me: Principal,
    @Body({ schema: NewWallLinkBody }) body: z.output<typeof NewWallLinkBody>,
  ): Promise<NewWallLink> {
    demand(me, 'supervise');
    const { link, token } = await withRetry(this.database, (tx) => this.links.issue(tx, me, body));
    return { ...link, url: new URL(`/wall#${token}`, this.config.http.baseUrl).href };
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers(204)
  async revoke(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    demand(me, 'supervise');
    await this.links.revoke(this.database.manager, id);
    this.door.forget();
  }
}

/** What a screen on a wall shows, by its token (`Authorization: Wall …`) and without a session. */
@ApiTags('dashboard')
@Controller('api/v1/wall')
@Public()
export class WallController {
  constructor(
    private readonly door: WallDoor,
    private readonly view: WallView,
  ) {}

  /** However often a screen asks, it costs one look a second; whoever tries tokens that open nothing is kept out for a while. */
  @Get()
  @Answers(200, WallNow)
  async show(@Headers('authorization') authorization: string | undefined, @Ip() ip: string): Promise<WallNow> {
    const token = /^Wall ([\w-]{20,100})$/u.exec(authorization ?? '')?.[1];
    if (!token) throw new DomainError('wall.closed');
    return this.view.read(await this.door.open(token, ip));
  }
}
