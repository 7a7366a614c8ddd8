import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { CaseProofs, lockCase, OneTimeCodes, ProofService } from '#cases';
import { CaseProof, ConfirmCodeBody, DocumentSeenBody, SendCodeBody } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { DomainError, Wake, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical } from '../http/reader.js';

/** Whether the person of a case is who they say. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class ProofsController {
  constructor(
    private readonly database: DataSource,
    private readonly state: CaseProofs,
    private readonly proofs: ProofService,
    private readonly codes: OneTimeCodes,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Get(':id/proof')
  @Answers(200, CaseProof)
  show(@Me() me: Principal, @Param('id') id: string): Promise<CaseProof> {
    return this.state.of(this.database.manager, me, canonical(id));
  }

  /** A document at the counter: proof on every channel of the case for a day. */
  @Post(':id/proofs')
  @Answers(201, CaseProof)
  async documentSeen(
    @Me() me: Principal,
    @Param('id') id: string,
    @Body({ schema: DocumentSeenBody }) body: DocumentSeenBody,
  ): Promise<CaseProof> {
    const { isTheirs, state } = await withRetry(this.database, async (tx) => {
      const found = await lockCase(tx, me, id);
      const isTheirs = await this.proofs.documentSeen(tx, me, found, body);
      return { isTheirs, state: await this.state.of(tx, me, found.id) };
    });
    this.wake.ring('relay');
    // Told only now: that it was tried stays on the case.
    if (!isTheirs) throw new DomainError('proof.document_mismatch');
    return state;
  }

  /** Sends six digits to an address of the customer; nobody here sees them. */
  @Post(':id/one-time-codes')
  @Answers(201, CaseProof)
  async send(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: SendCodeBody }) body: z.infer<typeof SendCodeBody>,
  ): Promise<CaseProof> {
    const state = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['one-time-code', id, body], async () => {
        const found = await lockCase(tx, me, id);
        await this.codes.send(tx, me, found, body.contactPointId);
        return this.state.of(tx, me, found.id);
      }),
    );
    this.wake.ring('relay');
    this.wake.ring('delivery');
    return state;
  }

  /** What the customer says they got. A wrong one counts: after five another one must be sent. */
  @Post(':id/one-time-codes/confirm')
  @HttpCode(200)
  @Answers(200, CaseProof)
  async confirm(
    @Me() me: Principal,
    @Param('id') id: string,
    @Body({ schema: ConfirmCodeBody }) body: z.infer<typeof ConfirmCodeBody>,
  ): Promise<CaseProof> {
    const { became, state } = await withRetry(this.database, async (tx) => {
      const found = await lockCase(tx, me, id);
      const became = await this.codes.confirm(tx, me, found, body.code);
      return { became, state: await this.state.of(tx, me, found.id) };
    });
    this.wake.ring('relay');
    if (became.state === 'expired') throw new DomainError('code.expired');
    if (became.state === 'wrong') throw new DomainError('code.wrong', { triesLeft: became.triesLeft });
    return state;
  }
}
