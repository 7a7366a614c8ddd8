import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  csvLine,
  LoanerDemand,
  LoanerDemandQuery,
  LoanerTransfers,
  LoanerTransfersBody,
  UnmetFileQuery,
  UnmetRowPage,
  UnmetRowsQuery,
  type Language,
  type UnmetRow,
  type UnmetState,
} from '#contracts';
import { demand, IdempotencyService, type Principal } from '#identity';
import { LoanerPool } from '#loaners';
import { withRetry } from '#platform';
import { LoanerDemandView } from '#views';
import { Answers } from '../http/answers.js';
import { sendCsv } from '../http/csv-file.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

const COLUMNS: Record<Language, readonly string[]> = {
  es: ['momento', 'tienda', 'marca', 'modelo', 'caso', 'cliente', 'qué pasó', 'nota', 'quién'],
  en: ['at', 'store', 'brand', 'model', 'case', 'customer', 'what became of it', 'note', 'by'],
};
const STATES: Record<Language, Record<UnmetState, string>> = {
  es: { waiting: 'sigue esperando', lent: 'se le prestó después', over: 'acabó sin préstamo' },
  en: { waiting: 'still waiting', lent: 'lent one later', over: 'ended without one' },
};

const lineOf = (row: UnmetRow, language: Language): string =>
  csvLine([
    ...[row.at, row.store.name, row.model?.brand ?? '', row.model?.name ?? '', row.case.reference, row.case.customer],
    ...[STATES[language][row.state], row.reason ?? '', row.by.displayName],
  ]);

/** Where a loaner was wanted and none was there, and what is done about it. */
@ApiTags('loaners')
@Controller('api/v1/loaners')
export class LoanerDemandController {
  constructor(
    private readonly database: DataSource,
    private readonly pool: LoanerPool,
    private readonly view: LoanerDemandView,
    private readonly idempotency: IdempotencyService,
  ) {}

  /** By store, model and week, with the stores that could spare some. */
  @Get('demand')
  @Answers(200, LoanerDemand)
  counts(@Me() me: Principal, @Query({ schema: LoanerDemandQuery }) query: LoanerDemandQuery): Promise<LoanerDemand> {
    demand(me, 'loaner.read');
    return this.view.counts(readerOf(me), query);
  }

  /** Each of them, newest first. */
  @Get('demand/rows')
  @Answers(200, UnmetRowPage)
  rows(@Me() me: Principal, @Query({ schema: UnmetRowsQuery }) query: UnmetRowsQuery): Promise<UnmetRowPage> {
    demand(me, 'loaner.manage');
    return this.view.rows(readerOf(me), query);
  }

  /** All of those as a file for a spreadsheet; times are UTC. */
  @Get('demand/rows.csv')
  @Answers(200)
  async file(
    @Me() me: Principal,
    @Query({ schema: UnmetFileQuery }) query: UnmetFileQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    demand(me, 'loaner.manage');
    await sendCsv(reply, 'unmet-demand.csv', csvLine(COLUMNS[me.language]), (hand) =>
      this.view.all(readerOf(me), query, (rows) => hand(rows.map((row) => lineOf(row, me.language)).join(''))),
    );
  }

  /** Some that are free, from a store to one that lacks them, in one deed. */
  @Post('transfers')
  @HttpCode(200)
  @Answers(200, LoanerTransfers)
  send(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: LoanerTransfersBody }) body: LoanerTransfersBody,
  ): Promise<LoanerTransfers> {
    return withRetry(this.database, async (tx) => ({
      sent: await this.idempotency.once(tx, me.id, key, ['loaner-transfers', body], () =>
        this.pool.sendSome(tx, me, body),
      ),
    }));
  }
}
