import { text } from 'node:stream/consumers';
import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CallLogService, normalisePhone, readCall, readCallList, type ReadCall } from '#cases';
import { CallImportAnswer, CallImportBody, Caller, CallerQuery, RingingBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { DomainError, Wake, withRetry } from '#platform';
import { CallerView } from '#views';
import { Answers } from '../http/answers.js';
import { fileOf } from '../http/one-file.js';
import { Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';
import { RingingService } from '../live/ringing.service.js';

/** A year of calls of a large shop; a list beyond is sent in parts. */
const MAX_LIST_BYTES = 5 * 1024 * 1024;
/** Lines taken in at once: what is being written meanwhile by the same people waits for so long only. */
const PORTION = 250;

/** What the switchboard knows. Calls that people write down come by `POST /calls`. */
@ApiTags('calls')
@Controller('api/v1')
export class CallsController {
  constructor(
    private readonly database: DataSource,
    private readonly log: CallLogService,
    private readonly callers: CallerView,
    private readonly rings: RingingService,
    private readonly wake: Wake,
  ) {}

  /** JSON from a switchboard's webhook, or its export as a CSV file in a form (`file`). */
  @Post('calls/import')
  @HttpCode(200)
  @ApiConsumes('application/json', 'multipart/form-data')
  @Answers(200, CallImportAnswer)
  async import(
    @Me() me: Principal,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<z.infer<typeof CallImportAnswer>> {
    demand(me, 'call.import');
    const read = request.isMultipart() ? await listOf(request) : callsOf(body);
    const answer: z.infer<typeof CallImportAnswer> = { imported: 0, duplicates: 0, onCases: 0, refused: [] };
    for (let at = 0; at < read.length; at += PORTION) {
      const portion = await withRetry(this.database, (tx) => this.log.take(tx, me, read.slice(at, at + PORTION)));
      answer.imported += portion.imported;
      answer.duplicates += portion.duplicates;
      answer.onCases += portion.onCases;
      answer.refused.push(...portion.refused);
    }
    if (answer.onCases > 0) this.wake.ring('relay');
    return answer;
  }

  @Get('callers')
  @Answers(200, Caller)
  caller(@Me() me: Principal, @Query({ schema: CallerQuery }) { phone }: z.infer<typeof CallerQuery>): Promise<Caller> {
    demand(me, 'call.log');
    return this.callers.find(readerOf(me), normalisePhone(phone) ?? phone);
  }

  /** The phone rings: whose extension it is hears the number, and asks for the caller on their own. */
  @Post('calls/ringing')
  @HttpCode(202)
  @Answers(202)
  async ringing(
    @Me() me: Principal,
    @Body({ schema: RingingBody }) body: z.infer<typeof RingingBody>,
  ): Promise<Record<string, never>> {
    demand(me, 'call.import');
    await this.rings.ring(normalisePhone(body.phone) ?? body.phone, body.extension || null);
    return {};
  }
}

/** @throws DomainError request.invalid when it is no list of calls */
async function listOf(request: FastifyRequest): Promise<ReadCall[]> {
  const { file } = await fileOf(request, MAX_LIST_BYTES);
  const csv = await text(file);
  if (file.truncated) throw new DomainError('request.too_large');
  try {
    return readCallList(csv);
  } catch (error) {
    throw new DomainError('request.invalid', [
      { path: 'file', message: error instanceof Error ? error.message : String(error) },
    ]);
  }
}

function callsOf(body: unknown): ReadCall[] {
  const read = CallImportBody.safeParse(body);
  if (!read.success)
    throw new DomainError(
      'request.invalid',
      read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  return read.data.calls.map((call, at) => readCall(call, at + 1));
}
