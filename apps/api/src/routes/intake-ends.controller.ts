import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CounterTerms, Id, type IntakeField, IntakeOutcome, type IntakePath, ReceiptQuery } from '#contracts';
import { TypedReferences } from '#cases';
import { Finish, Intakes, Receipts } from '#counter';
import type { Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** How an intake ends, and what the customer is given. */
@ApiTags('counter')
@Controller('api/v1/intakes')
export class IntakeEndsController {
  constructor(
    private readonly database: DataSource,
    private readonly intakes: Intakes,
    private readonly ends: Finish,
    private readonly receipts: Receipts,
    private readonly references: TypedReferences,
    private readonly wake: Wake,
  ) {}

  /** Read before it is signed for. */
  @Get('terms')
  @Answers(200, CounterTerms)
  terms(@Me() me: Principal): Promise<CounterTerms> {
    return this.receipts.terms(this.database.manager, me);
  }

  /** All of it happens, or none; asked again, it says what became of it. */
  @Post(':id/finish')
  @HttpCode(200)
  @Answers(200, IntakeOutcome)
  async finish(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Req() { ip }: FastifyRequest,
  ): Promise<IntakeOutcome> {
    const { fields } = await this.intakes.read(this.database.manager, me, id);
    await this.references.admit(me, stated(fields));
    const outcome = await withRetry(this.database, (tx) => this.ends.finish(tx, me, id, ip));
    this.wake.ring('relay');
    this.wake.ring('benefits');
    this.wake.ring('handoffs');
    return outcome;
  }

  @Get(':id/receipt.pdf')
  @Answers(200, undefined, 'The receipt')
  async receipt(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: ReceiptQuery }) { language }: z.infer<typeof ReceiptQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { fileName, bytes } = await this.receipts.pdf(this.database.manager, me, id, language);
    void reply.header('cache-control', 'private, no-store');
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `inline; filename="${fileName}"` });
  }
}

/** Whom the fields name, as far as a reference that was typed is to be looked at. */
function stated(fields: IntakeField[]): { caseReference?: string; customerId?: string } {
  const of = (path: IntakePath) => fields.find((field) => field.path === path)?.value;
  const [caseReference, customerId] = [of('who.caseReference'), of('who.customerId')];
  return {
    ...(typeof caseReference === 'string' && caseReference !== '' && { caseReference }),
    ...(typeof customerId === 'string' && { customerId }),
  };
}
