import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { BulkDeeds, IncidentCases, Incidents, MassUpdates } from '#cases';
import {
  AddCasesBody,
  AddedCases,
  BulkBody,
  BulkResult,
  CaseIncidents,
  FilterPreview,
  FilterPreviewBody,
  Id,
  Incident,
  IncidentCasePage,
  IncidentCasesQuery,
  IncidentPage,
  IncidentsQuery,
  IncidentUpdate,
  IncidentUpdatePage,
  NewIncidentBody,
  PageQuery,
  PatchIncidentBody,
  RemoveCasesBody,
  UpdateBody,
  UpdateItemPage,
  UpdateItemsQuery,
  UpdatePreview,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { IncidentView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical } from '../http/reader.js';

const READ = 'case.read_all';

/** Many cases of one cause. */
@ApiTags('incidents')
@Controller('api/v1/incidents')
export class IncidentsController {
  constructor(
    private readonly database: DataSource,
    private readonly incidents: Incidents,
    private readonly members: IncidentCases,
    private readonly view: IncidentView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Get()
  @Answers(200, IncidentPage)
  list(@Me() me: Principal, @Query({ schema: IncidentsQuery }) query: IncidentsQuery): Promise<IncidentPage> {
    demand(me, READ);
    return this.view.list(query.state, query);
  }

  @Post()
  @Answers(201, Incident)
  async open(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: NewIncidentBody }) body: NewIncidentBody,
  ): Promise<Incident> {
    const incident = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['incident', body], async () =>
        this.view.one(tx, await this.incidents.open(tx, me, body)),
      ),
    );
    this.wake.ring('relay');
    return incident;
  }

  /** What a filter would find, before there is an incident to add it to. */
  @Post('preview')
  @HttpCode(200)
  @Answers(200, FilterPreview)
  previewAlone(
    @Me() me: Principal,
    @Body({ schema: FilterPreviewBody }) { filter }: z.infer<typeof FilterPreviewBody>,
  ): Promise<FilterPreview> {
    return this.members.preview(this.database.manager, me, null, filter);
  }

  @Get(':id')
  @Answers(200, Incident)
  find(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Incident> {
    demand(me, READ);
    return this.view.one(this.database.manager, id);
  }

  /** With `state` it is resolved; what each customer still lacks is not said to be restored by that. */
  @Patch(':id')
  @Answers(200, Incident)
  async change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchIncidentBody }) body: PatchIncidentBody,
  ): Promise<Incident> {
    const incident = await withRetry(this.database, async (tx) => {
      await this.incidents.change(tx, me, id, body);
      return this.view.one(tx, id);
    });
    this.wake.ring('relay');
    return incident;
  }

  @Get(':id/cases')
  @Answers(200, IncidentCasePage)
  cases(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: IncidentCasesQuery }) query: z.infer<typeof IncidentCasesQuery>,
  ): Promise<IncidentCasePage> {
    demand(me, READ);
    return this.view.cases(id, query.state, query);
  }

  /** Those named, or all that a filter finds. By somebody who may not decide they are proposed. */
  @Post(':id/cases')
  @HttpCode(200)
  @Answers(200, AddedCases)
  async add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AddCasesBody }) body: AddCasesBody,
  ): Promise<AddedCases> {
    const items = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['incident cases', id, body], () =>
        'caseIds' in body ? this.members.add(tx, me, id, body.caseIds) : this.members.addLike(tx, me, id, body.filter),
      ),
    );
    this.wake.ring('relay');
    return { items };
  }

  @Post(':id/cases/preview')
  @HttpCode(200)
  @Answers(200, FilterPreview)
  preview(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: FilterPreviewBody }) { filter }: z.infer<typeof FilterPreviewBody>,
  ): Promise<FilterPreview> {
    return withRetry(this.database, (tx) => this.members.preview(tx, me, id, filter));
  }

  @Post(':id/cases/remove')
  @HttpCode(200)
  @Answers(200, Incident)
  async remove(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RemoveCasesBody }) { caseIds }: z.infer<typeof RemoveCasesBody>,
  ): Promise<Incident> {
    const incident = await withRetry(this.database, async (tx) => {
      await this.members.remove(tx, me, id, caseIds);
      return this.view.one(tx, id);
    });
    this.wake.ring('relay');
    return incident;
  }
}

/** What is written to all customers of an incident at once, and how far it is. */
@ApiTags('incidents')
@Controller('api/v1/incidents/:id/updates')
export class MassUpdatesController {
  constructor(
    private readonly database: DataSource,
    private readonly updates: MassUpdates,
    private readonly view: IncidentView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Get()
  @Answers(200, IncidentUpdatePage)
  list(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>,
  ): Promise<IncidentUpdatePage> {
    demand(me, READ);
    return this.view.updates(id, query);
  }

  /** Who would get it, by which channel and in which language, and who would not and why. Nothing is sent. */
  @Post('preview')
  @HttpCode(200)
  @Answers(200, UpdatePreview)
  preview(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateBody }) body: UpdateBody,
  ): Promise<UpdatePreview> {
    return withRetry(this.database, (tx) => this.updates.preview(tx, me, id, body));
  }

  @Post()
  @Answers(201, IncidentUpdate)
  async send(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: UpdateBody }) body: UpdateBody,
  ): Promise<IncidentUpdate> {
    const update = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['incident update', id, body], async () =>
        this.view.update(tx, id, await this.updates.send(tx, me, id, body)),
      ),
    );
    this.wake.ring('updates');
    return update;
  }

  @Get(':updateId')
  @Answers(200, IncidentUpdate)
  find(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('updateId', { schema: Id }) updateId: string,
  ): Promise<IncidentUpdate> {
    demand(me, READ);
    return this.view.update(this.database.manager, id, updateId);
  }

  @Get(':updateId/items')
  @Answers(200, UpdateItemPage)
  items(
    @Me() me: Principal,
    @Param('id', { schema: Id }) incidentId: string,
    @Param('updateId', { schema: Id }) updateId: string,
    @Query({ schema: UpdateItemsQuery }) query: z.infer<typeof UpdateItemsQuery>,
  ): Promise<UpdateItemPage> {
    demand(me, READ);
    return this.view.items({ incidentId, updateId }, query.state, query);
  }

  /** What has left stays sent; what waits or is still held does not leave. */
  @Post(':updateId/stop')
  @HttpCode(200)
  @Answers(200, IncidentUpdate)
  async stop(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('updateId', { schema: Id }) updateId: string,
  ): Promise<IncidentUpdate> {
    const update = await withRetry(this.database, async (tx) => {
      await this.updates.stop(tx, me, id, updateId);
      return this.view.update(tx, id, updateId);
    });
    this.wake.ring('updates');
    return update;
  }
}

/** What a case is part of, and one deed on many cases. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class ManyCasesController {
  constructor(
    private readonly database: DataSource,
    private readonly members: IncidentCases,
    private readonly bulk: BulkDeeds,
  ) {}

  /** Each case by itself: what cannot be done to one is told of that one, and done to the others. */
  @Post('bulk')
  @HttpCode(200)
  @Answers(200, BulkResult)
  async run(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: BulkBody }) body: BulkBody,
  ): Promise<BulkResult> {
    return { items: await this.bulk.run(me, key, body) };
  }

  @Get(':id/incidents')
  @Answers(200, CaseIncidents)
  incidents(@Me() me: Principal, @Param('id') id: string): Promise<CaseIncidents> {
    return this.members.ofCase(this.database.manager, me, canonical(id));
  }
}
