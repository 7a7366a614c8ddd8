import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  HygieneBody,
  Id,
  LoanerHistory,
  LoanerImport,
  LoanerPage,
  LoanersQuery,
  LoanerTransferBody,
  MoveLoanerBody,
  NewLoanerBody,
  PatchLoanerBody,
  StoreLoaners,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { LoanerImports, LoanerPool } from '#loaners';
import { DomainError, withRetry } from '#platform';
import { LoanerView } from '#views';
import { Answers } from '../http/answers.js';
import { fileOf } from '../http/one-file.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

const MAX_LIST_BYTES = 1024 * 1024;

/** The phones there are to lend. Who works in a store is shown those of it. */
@ApiTags('loaners')
@Controller('api/v1/loaners')
export class LoanersController {
  constructor(
    private readonly database: DataSource,
    private readonly pool: LoanerPool,
    private readonly imports: LoanerImports,
    private readonly view: LoanerView,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, LoanerPage)
  list(@Me() me: Principal, @Query({ schema: LoanersQuery }) query: LoanersQuery): Promise<z.infer<typeof LoanerPage>> {
    demand(me, 'loaner.read');
    return this.view.list(readerOf(me), query);
  }

  @Get(':id')
  @Answers(200, LoanerHistory)
  show(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<LoanerHistory> {
    demand(me, 'loaner.read');
    return this.view.one(this.database.manager, readerOf(me), id);
  }

  @Post()
  @Answers(201, LoanerHistory)
  add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: NewLoanerBody }) body: NewLoanerBody,
  ): Promise<LoanerHistory> {
    return withRetry(this.database, async (tx) => {
      const id = await this.idempotency.once(tx, me.id, key, ['loaner', body], () => this.pool.add(tx, me, body));
      return this.view.one(tx, readerOf(me), id);
    });
  }

  /** A list of them (`file` of a form, CSV): what is new is added, row by row. */
  @Post('import')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @Answers(200, LoanerImport)
  async import(@Me() me: Principal, @Req() request: FastifyRequest): Promise<LoanerImport> {
    demand(me, 'loaner.manage');
    const { file } = await fileOf(request, MAX_LIST_BYTES);
    const chunks: Buffer[] = [];
    for await (const chunk of file) chunks.push(chunk as Buffer);
    if (file.truncated) throw new DomainError('request.too_large');
    return withRetry(this.database, (tx) => this.imports.take(tx, me, Buffer.concat(chunks)));
  }

  @Patch(':id')
  @Answers(200, LoanerHistory)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchLoanerBody }) body: PatchLoanerBody,
  ): Promise<LoanerHistory> {
    return this.after(me, id, (tx) => this.pool.change(tx, me, id, body));
  }

  /** To be cleaned or repaired, written off, out of the pool. */
  @Post(':id/moves')
  @HttpCode(200)
  @Answers(200, LoanerHistory)
  move(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MoveLoanerBody }) body: MoveLoanerBody,
  ): Promise<LoanerHistory> {
    return this.after(me, id, (tx) => this.pool.move(tx, me, id, body));
  }

  /** A step of cleaning it is done. */
  @Post(':id/cleaning')
  @HttpCode(200)
  @Answers(200, LoanerHistory)
  clean(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HygieneBody }) body: HygieneBody,
  ): Promise<LoanerHistory> {
    return this.after(me, id, (tx) => this.pool.clean(tx, me, id, body));
  }

  /** On its way to another store. */
  @Post(':id/transfer')
  @HttpCode(200)
  @Answers(200, LoanerHistory)
  send(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: LoanerTransferBody }) body: LoanerTransferBody,
  ): Promise<LoanerHistory> {
    return this.after(me, id, (tx) => this.pool.send(tx, me, id, body));
  }

  @Post(':id/receive')
  @HttpCode(200)
  @Answers(200, LoanerHistory)
  receive(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<LoanerHistory> {
    return this.after(me, id, (tx) => this.pool.receive(tx, me, id));
  }

  private after(me: Principal, id: string, deed: (tx: EntityManager) => Promise<void>): Promise<LoanerHistory> {
    return withRetry(this.database, async (tx) => {
      await deed(tx);
      return this.view.one(tx, readerOf(me), id);
    });
  }
}

/** The pool of one store, as it stands on a counter. */
@ApiTags('loaners')
@Controller('api/v1/stores')
export class StoreLoanersController {
  constructor(private readonly view: LoanerView) {}

  @Get(':id/loaners')
  @Answers(200, StoreLoaners)
  board(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<StoreLoaners> {
    demand(me, 'loaner.read');
    return this.view.board(readerOf(me), id);
  }
}
