import { Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { RejectService } from '#cases';
import { Id, Reject, RejectPage, RejectQuery } from '#contracts';
import { demand, type Principal } from '#identity';
import { STORAGE, Wake, type Storage, withRetry } from '#platform';
import { RejectView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** What arrived and could not be understood or was held back, and what people decide about it. */
@ApiTags('rejects')
@Controller('api/v1/rejects')
export class RejectsController {
  constructor(
    private readonly rejects: RejectView,
    private readonly decisions: RejectService,
    private readonly database: DataSource,
    private readonly wake: Wake,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  @Get()
  @Answers(200, RejectPage)
  list(
    @Me() me: Principal,
    @Query({ schema: RejectQuery }) query: z.infer<typeof RejectQuery>,
  ): Promise<z.infer<typeof RejectPage>> {
    demand(me, 'reject.read');
    return this.rejects.list(query);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Answers(200, Reject)
  async release(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Reject> {
    const reject = await withRetry(this.database, async (tx) => {
      await this.decisions.release(tx, me, id);
      return this.rejects.one(tx, id);
    });
    this.wake.ring('mail');
    return reject;
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Answers(200, Reject)
  discard(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Reject> {
    return withRetry(this.database, async (tx) => {
      await this.decisions.discard(tx, me, id);
      return this.rejects.one(tx, id);
    });
  }

  @Get(':id/raw')
  @Answers(200, undefined, 'The original bytes')
  async raw(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<StreamableFile> {
    demand(me, 'reject.read');
    const { key, size } = await this.rejects.storageKey(id);
    return new StreamableFile(await this.storage.get(key), {
      type: 'application/octet-stream',
      length: size,
      disposition: `attachment; filename="${id}.raw"`,
    });
  }
}
