import { Controller, Get, Header, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Id, InteractionEntry } from '#contracts';
import { AttachmentService, ReplyService } from '#cases';
import type { Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { TimelineView } from '#views';
import { Answers } from '../http/answers.js';
import { Me } from '../http/principal.js';

@ApiTags('interactions')
@Controller('api/v1/interactions')
export class InteractionsController {
  constructor(
    private readonly database: DataSource,
    private readonly replies: ReplyService,
    private readonly timeline: TimelineView,
    private readonly attachments: AttachmentService,
    private readonly wake: Wake,
  ) {}

  /** What a stranger wrote, whole: only ever a download, never a page of ours. */
  @Get(':id/original')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  @Header('x-content-type-options', 'nosniff')
  @Header('cache-control', 'private, no-store')
  @Answers(200, undefined, 'The mail as it came')
  async original(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<StreamableFile> {
    const mail = await withRetry(this.database, (tx) => this.attachments.original(tx, me, id));
    return new StreamableFile(mail, {
      type: 'message/rfc822',
      disposition: `attachment; filename="${id}.eml"`,
    });
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Answers(200, InteractionEntry)
  async undo(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<InteractionEntry> {
    const entry = await withRetry(this.database, async (tx) => {
      await this.replies.undo(tx, me, id);
      return this.timeline.interaction(tx, id);
    });
    this.wake.ring('relay');
    return entry;
  }

  @Post(':id/resend')
  @HttpCode(200)
  @Answers(200, InteractionEntry)
  async resend(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<InteractionEntry> {
    const entry = await withRetry(this.database, async (tx) => {
      await this.replies.resend(tx, me, id);
      return this.timeline.interaction(tx, id);
    });
    this.wake.ring('relay');
    this.wake.ring('delivery');
    return entry;
  }
}
