import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Id, PageQuery, RejectPage } from '#contracts';
import { demand, type Principal } from '#identity';
import { STORAGE, type Storage } from '#platform';
import { RejectView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** What arrived and could not be understood. */
@ApiTags('rejects')
@Controller('api/v1/rejects')
export class RejectsController {
  constructor(
    private readonly rejects: RejectView,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  @Get()
  @Answers(200, RejectPage)
  list(
    @Me() me: Principal,
    @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>,
  ): Promise<z.infer<typeof RejectPage>> {
    demand(me, 'reject.read');
    return this.rejects.list(query);
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
