import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  Id,
  NewPolicyBody,
  PatchPolicyBody,
  Policy,
  PolicyListQuery,
  PolicyPage,
  PolicyPreview,
  PolicyPreviewBody,
  PolicyReapply,
  PolicyVersionPage,
  PutPolicyBody,
  ReapplyAnswer,
  ReapplyBody,
  type PolicyPreviewAsked,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { PolicyReader, PolicyReapplies, PolicyService, ReapplyReader } from '#sla';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** How long things may take, for which cases, and which policy a case goes by. */
@ApiTags('policies')
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(
    private readonly database: DataSource,
    private readonly policies: PolicyService,
    private readonly reader: PolicyReader,
    private readonly idempotency: IdempotencyService,
  ) {}

  /** In the order they are asked in: a case goes by the first active one that is for it. */
  @Get()
  @Answers(200, PolicyPage)
  list(
    @Me() me: Principal,
    @Query({ schema: PolicyListQuery }) query: z.infer<typeof PolicyListQuery>,
  ): Promise<PolicyPage> {
    demand(me, 'sla.read');
    return this.reader.list(this.database.manager, query);
  }

  @Post()
  @Answers(201, Policy)
  create(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: NewPolicyBody }) body: NewPolicyBody,
  ): Promise<Policy> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['policy', body], async () =>
        this.reader.find(tx, await this.policies.create(tx, me, body)),
      ),
    );
  }

  /** Of a case that is kept nowhere: which policy it would go by, and when everything would be due, step by step. */
  @Post('preview')
  @HttpCode(200)
  @Answers(200, PolicyPreview)
  preview(@Me() me: Principal, @Body({ schema: PolicyPreviewBody }) body: PolicyPreviewAsked): Promise<PolicyPreview> {
    demand(me, 'sla.read');
    return this.reader.preview(this.database.manager, body);
  }

  @Get(':id')
  @Answers(200, Policy)
  find(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Policy> {
    demand(me, 'sla.read');
    return this.reader.find(this.database.manager, id);
  }

  /** What it said before, newest first. */
  @Get(':id/versions')
  @Answers(200, PolicyVersionPage)
  versions(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PolicyListQuery }) query: z.infer<typeof PolicyListQuery>,
  ): Promise<PolicyVersionPage> {
    demand(me, 'sla.read');
    return this.reader.versions(this.database.manager, id, query);
  }

  /** New cases go by what is said here; those that run go on as they are until it is applied to them. */
  @Put(':id')
  @Answers(200, Policy)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PutPolicyBody }) body: PutPolicyBody,
  ): Promise<Policy> {
    return withRetry(this.database, async (tx) => {
      await this.policies.change(tx, me, id, body);
      return this.reader.find(tx, id);
    });
  }

  /** Whether new cases are given it, and where it stands. */
  @Patch(':id')
  @Answers(200, Policy)
  arrange(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchPolicyBody }) body: PatchPolicyBody,
  ): Promise<Policy> {
    return withRetry(this.database, async (tx) => {
      await this.policies.arrange(tx, me, id, body);
      return this.reader.find(tx, id);
    });
  }
}

/** The newest version of a policy is given to cases that run already. */
@ApiTags('policies')
@Controller('api/v1/policies')
export class ReappliesController {
  constructor(
    private readonly database: DataSource,
    private readonly reapplies: PolicyReapplies,
    private readonly reader: ReapplyReader,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** With `preview` only what would be (200); otherwise the run, which goes on by itself (202). */
  @Post(':id/reapply')
  @Answers(200, ReapplyAnswer, 'What would be')
  @Answers(202, ReapplyAnswer, 'Begun')
  async reapply(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ReapplyBody }) body: ReapplyBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReapplyAnswer> {
    demand(me, 'sla.write');
    reply.status(body.preview ? HttpStatus.OK : HttpStatus.ACCEPTED);
    if (body.preview) return this.reader.preview(this.database.manager, id, body.version);
    const run = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['reapply', id, body], async () =>
        this.reader.find(tx, await this.reapplies.start(tx, me, id, body), me.language),
      ),
    );
    this.wake.ring('policies');
    return run;
  }

  /** How far it is, and what failed. */
  @Get('reapplies/:id')
  @Answers(200, PolicyReapply)
  progress(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<PolicyReapply> {
    demand(me, 'sla.write');
    return this.reader.find(this.database.manager, id, me.language);
  }
}
