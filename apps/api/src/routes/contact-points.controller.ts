import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { ContactPoints } from '#cases';
import { AddContactPointBody, CustomerDetail, Id, PatchContactPointBody, RevealedContactPoint } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { CustomerView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { readerOf } from '../http/reader.js';

/** What identifies a customer. Every change answers with the customer as they are then. */
@ApiTags('customers')
@Controller('api/v1/customers/:id/contact-points')
export class ContactPointsController {
  constructor(
    private readonly database: DataSource,
    private readonly points: ContactPoints,
    private readonly customers: CustomerView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Post()
  @Answers(201, CustomerDetail)
  add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AddContactPointBody }) body: AddContactPointBody,
  ): Promise<CustomerDetail> {
    return this.change(me, id, (tx) =>
      this.idempotency.once(tx, me.id, key, ['contact-point', id, body], () => this.points.add(tx, me, id, body)),
    );
  }

  /** Ends it (no longer theirs), says that others have it too, or that the proven person confirms it. */
  @Patch(':pointId')
  @Answers(200, CustomerDetail)
  patch(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('pointId', { schema: Id }) pointId: string,
    @Body({ schema: PatchContactPointBody }) body: z.infer<typeof PatchContactPointBody>,
  ): Promise<CustomerDetail> {
    return this.change(me, id, async (tx) => {
      if (body.end) await this.points.end(tx, me, id, pointId, body.end.reason);
      else if (body.shared !== undefined) await this.points.share(tx, me, id, pointId, body.shared);
      else await this.points.verify(tx, me, id, pointId);
      return pointId;
    });
  }

  /** The whole of what is shown masked. Who asked stays on the case. */
  @Post(':pointId/reveal')
  @HttpCode(200)
  @Answers(200, RevealedContactPoint)
  async reveal(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('pointId', { schema: Id }) pointId: string,
  ): Promise<z.infer<typeof RevealedContactPoint>> {
    const { value, display } = await withRetry(this.database, (tx) => this.points.reveal(tx, me, id, pointId));
    this.wake.ring('relay');
    return { id: pointId, value: value ?? display, display };
  }

  private async change(
    me: Principal,
    id: string,
    work: (tx: EntityManager) => Promise<string>,
  ): Promise<CustomerDetail> {
    await withRetry(this.database, work);
    this.wake.ring('relay');
    return this.customers.one(readerOf(me), id);
  }
}
