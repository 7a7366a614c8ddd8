import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CustomerImports, readEntry, readFile, type ImportOrder } from '#cases';
import {
  csvLine,
  CustomerImportAnswer,
  CustomerImportPage,
  Id,
  ImportBody,
  ImportQuery,
  ImportResultsQuery,
  PageQuery,
  type Language,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { DomainError, Wake, withRetry } from '#platform';
import { ImportView } from '#views';
import { Answers } from '../http/answers.js';
import { fileOf } from '../http/one-file.js';
import { Me } from '../http/principal.js';

/** A hundred thousand customers take about half of it. */
const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** So few rows are taken at once; of more the answer says how far they are. */
const AT_ONCE = 200;
const FIRST_RESULTS = 50;
/** What a form adds to its file. */
const AROUND = 64 * 1024;

/** What other systems say of customers: a file (`file` of a form) or a list, row by row. docs/import.md says what stands in it. */
@ApiTags('imports')
@Controller('api/v1')
export class ImportsController {
  constructor(
    private readonly database: DataSource,
    private readonly imports: CustomerImports,
    private readonly view: ImportView,
    private readonly wake: Wake,
  ) {}

  /** Sent again it changes nothing. Rows that cannot be taken are refused, each with its reasons; the others are taken. */
  @Post('customers/import')
  @HttpCode(202)
  @ApiConsumes('application/json', 'multipart/form-data')
  @Answers(202, CustomerImportAnswer)
  async import(
    @Me() me: Principal,
    @Req() request: FastifyRequest,
    @Query({ schema: ImportQuery }) query: z.infer<typeof ImportQuery>,
    @Body() body: unknown,
  ): Promise<CustomerImportAnswer> {
    demand(me, 'customer.import');
    const order = { source: query.source, dryRun: query.dryRun === 'true' };
    const id = request.isMultipart() ? await this.keepFile(me, request, order) : await this.keepList(me, body, order);
    const kept = await this.view.one(id);
    if (kept.rows <= AT_ONCE)
      while ((await this.view.one(id)).state === 'running' && (await this.imports.takeSome(id)));
    else this.wake.ring('imports');
    this.wake.ring('relay');
    return this.answer(id, { limit: FIRST_RESULTS });
  }

  @Get('imports')
  @Answers(200, CustomerImportPage)
  list(
    @Me() me: Principal,
    @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>,
  ): Promise<CustomerImportPage> {
    demand(me, 'customer.import');
    return this.view.list(query);
  }

  @Get('imports/:id')
  @Answers(200, CustomerImportAnswer)
  show(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ImportResultsQuery }) query: z.infer<typeof ImportResultsQuery>,
  ): Promise<CustomerImportAnswer> {
    demand(me, 'customer.import');
    return this.answer(id, query);
  }

  /** The refused rows as they came, with why, to be put right and sent again. */
  @Get('imports/:id/refusals.csv')
  @Answers(200)
  async refusals(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    demand(me, 'customer.import');
    await this.view.one(id);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="refused-${id}.csv"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(this.refusalLines(id, me.language)));
  }

  private async *refusalLines(id: string, language: Language): AsyncGenerator<string> {
    let begun = false;
    for await (const { header, rows } of this.view.refusals(id)) {
      if (!begun) yield `\uFEFF${csvLine(header ?? ['customer_number'], ['row', 'reasons'])}`;
      begun = true;
      for (const { row, number, cells, reasons } of rows)
        yield csvLine(cells ?? [number ?? ''], [String(row), reasons.map((reason) => reason[language]).join(' ')]);
    }
  }

  private async answer(id: string, query: z.infer<typeof ImportResultsQuery>): Promise<CustomerImportAnswer> {
    return { ...(await this.view.one(id)), results: await this.view.results(id, query.outcome, query) };
  }

  private async keepFile(
    me: Principal,
    request: FastifyRequest,
    order: Pick<ImportOrder, 'source' | 'dryRun'>,
  ): Promise<string> {
    // Said before its rows are read: what has to be thrown away is not kept first.
    if (Number(request.headers['content-length'] ?? 0) > MAX_FILE_BYTES + AROUND) {
      request.raw.resume();
      throw new DomainError('request.too_large');
    }
    const { file, filename } = await fileOf(request, MAX_FILE_BYTES);
    const { header, rows } = await readFile(file).catch((error: unknown) => {
      file.resume();
      throw error;
    });
    return withRetry(this.database, async (tx) => {
      const id = await this.imports.keep(tx, me, { ...order, fileName: filename.slice(0, 200) || null, header }, rows);
      if (file.truncated) throw new DomainError('request.too_large');
      return id;
    });
  }

  private keepList(me: Principal, body: unknown, order: Pick<ImportOrder, 'source' | 'dryRun'>): Promise<string> {
    const read = ImportBody.safeParse(body);
    if (!read.success)
      throw new DomainError(
        'request.invalid',
        read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      );
    const rows = read.data.customers.map((entry, at) => ({ ...readEntry(entry), row: at + 1, cells: null }));
    return withRetry(this.database, (tx) =>
      this.imports.keep(tx, me, { ...order, fileName: null, header: null }, rows),
    );
  }
}
