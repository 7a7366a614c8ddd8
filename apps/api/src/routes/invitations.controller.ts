import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { InteractionEntry, InvitationBody } from '#contracts';
import { InvitationService, lockCase } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { TimelineView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** Out of the public, into a conversation. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class InvitationsController {
  constructor(
    private readonly database: DataSource,
    private readonly invitations: InvitationService,
    private readonly timeline: TimelineView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** Answers a public post in public: an invitation to write in private. The same post again is the same invitation. */
  @Post(':id/invitations')
  @Answers(201, InteractionEntry)
  async invite(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: InvitationBody }) body: InvitationBody,
  ): Promise<InteractionEntry> {
    const entry = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['invite', id, body], async () => {
        const found = await lockCase(tx, me, id);
        return this.timeline.interaction(tx, await this.invitations.invite(tx, me, found, body.interactionId));
      }),
    );
    this.wake.ring('relay');
    return entry;
  }
}
