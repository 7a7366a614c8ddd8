import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { DeadLetterRow, Id, page, PageQuery, SettleLetterBody } from '#contracts';
import { DeadLetters } from '#handoffs';
import { demand, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { HandoffView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

/** What got stuck between us and partners, either way. */
@ApiTags('handoffs')
@Controller('api/v1')
export class HandoffLettersController {
  constructor(
    private readonly database: DataSource,
    private readonly view: HandoffView,
    private readonly letters: DeadLetters,
    private readonly wake: Wake,
  ) {}

  /** What came from them and could not be taken, whole. */
  @Get('handoff-letters')
  @Answers(200, page(DeadLetterRow))
  list(@Me() me: Principal, @Query({ schema: PageQuery }) query: z.infer<typeof PageQuery>) {
    demand(me, 'handoff.manage');
    return this.view.deadLetters(this.database.manager, query);
  }

  /** Read again, or put away. */
  @Post('handoff-letters/:id/settle')
  @HttpCode(204)
  async settle(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SettleLetterBody }) { how }: z.infer<typeof SettleLetterBody>,
  ): Promise<void> {
    await withRetry(this.database, (tx) => this.letters.settle(tx, me, id, how));
    this.ring();
  }

  /** A word of ours that got stuck goes again. */
  @Post('handoff-deliveries/:id/send-again')
  @HttpCode(204)
  async sendAgain(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.letters.sendAgain(tx, me, id));
    this.ring();
  }

  /** A word of ours that got stuck is given up; what was said after it goes on. */
  @Post('handoff-deliveries/:id/drop')
  @HttpCode(204)
  async drop(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.letters.drop(tx, me, id));
    this.ring();
  }

  private ring(): void {
    this.wake.ring('relay');
    this.wake.ring('handoffs');
  }
}
