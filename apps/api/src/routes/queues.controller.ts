import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  Id,
  NewQueueBody,
  PatchQueueBody,
  PatchWorkerBody,
  Queue,
  QueueMembersBody,
  QueueQuery,
  Worker,
} from '#contracts';
import { QueueService } from '#cases';
import { demand, IdempotencyService, type Principal } from '#identity';
import { CLOCK, DomainError, withRetry, type Clock } from '#platform';
import { QueueView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

const all = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** Where cases wait that nobody has, and who works there. */
@ApiTags('queues')
@Controller('api/v1/queues')
export class QueuesController {
  constructor(
    private readonly database: DataSource,
    private readonly service: QueueService,
    private readonly view: QueueView,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, all(Queue))
  async list(
    @Me() me: Principal,
    @Query({ schema: QueueQuery }) { stores }: z.infer<typeof QueueQuery>,
  ): Promise<{ items: Queue[] }> {
    demand(me, 'person.list');
    return { items: await this.view.list(this.database.manager, readerOf(me), { stores: stores === 'true' }) };
  }

  @Post()
  @Answers(201, Queue)
  create(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: NewQueueBody }) body: NewQueueBody,
  ): Promise<Queue> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['queue', body], async () =>
        this.view.find(tx, readerOf(me), await this.service.create(tx, me, body)),
      ),
    );
  }

  @Patch(':id')
  @Answers(200, Queue)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchQueueBody }) body: PatchQueueBody,
  ): Promise<Queue> {
    return this.after(me, id, (tx) => this.service.change(tx, me, id, body));
  }

  /** Who works it, all of them; nobody: whoever works there. */
  @Put(':id/members')
  @Answers(200, Queue)
  setMembers(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: QueueMembersBody }) { agentIds }: z.infer<typeof QueueMembersBody>,
  ): Promise<Queue> {
    return this.after(me, id, (tx) => this.service.setMembers(tx, me, id, agentIds));
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers(204)
  async remove(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.service.remove(tx, me, id));
  }

  private after(me: Principal, id: string, deed: (tx: EntityManager) => Promise<void>): Promise<Queue> {
    return withRetry(this.database, async (tx) => {
      await deed(tx);
      return this.view.find(tx, readerOf(me), id);
    });
  }
}

/** What routing knows of people. */
@ApiTags('queues')
@Controller('api/v1/workers')
export class WorkersController {
  constructor(
    private readonly database: DataSource,
    private readonly queues: QueueService,
    private readonly view: QueueView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(200, all(Worker))
  async list(@Me() me: Principal): Promise<{ items: Worker[] }> {
    demand(me, 'queue.manage');
    return { items: await this.view.workers(this.database.manager, this.clock.now()) };
  }

  @Patch(':id')
  @Answers(200, Worker)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchWorkerBody }) body: PatchWorkerBody,
  ): Promise<Worker> {
    return withRetry(this.database, async (tx) => {
      await this.queues.setWorker(tx, me, id, body);
      const [worker] = await this.view.workers(tx, this.clock.now(), id);
      if (!worker) throw new DomainError('agent.not_found');
      return worker;
    });
  }
}
