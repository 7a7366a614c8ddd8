import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Id, NewWebhook, page, Webhook, WebhookBody, WebhookMessage, WebhookMessagesQuery } from '#contracts';
import { Webhooks } from '#handoffs';
import { IdempotencyService, type Principal } from '#identity';
import { withRetry } from '#platform';
import { WebhookView } from '#views';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

const WebhookList = z.object({ items: z.array(Webhook) });
const Replayed = z.object({ messages: z.number().int() });

/** Other systems that are told of what happens: docs/webhooks.md. */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhookEndpointsController {
  constructor(
    private readonly database: DataSource,
    private readonly webhooks: Webhooks,
    private readonly view: WebhookView,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get()
  @Answers(200, WebhookList)
  async list(@Me() me: Principal): Promise<z.infer<typeof WebhookList>> {
    return { items: await this.webhooks.list(this.database.manager, me) };
  }

  /** The secret is told this once. */
  @Post()
  @Answers(201, NewWebhook)
  add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: WebhookBody }) body: WebhookBody,
  ): Promise<NewWebhook> {
    return withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['webhook', body], () => this.webhooks.add(tx, me, body)),
    );
  }

  @Put(':id')
  @Answers(200, Webhook)
  change(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: WebhookBody }) body: WebhookBody,
  ): Promise<Webhook> {
    return withRetry(this.database, (tx) => this.webhooks.change(tx, me, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.webhooks.remove(tx, me, id));
  }

  /** Another secret, told this once; for a day messages are signed with the one before as well. */
  @Post(':id/secret')
  @HttpCode(200)
  @Answers(200, NewWebhook)
  rotate(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<NewWebhook> {
    return withRetry(this.database, (tx) => this.webhooks.rotate(tx, me, id));
  }

  @Get(':id/messages')
  @Answers(200, page(WebhookMessage))
  async messages(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: WebhookMessagesQuery }) query: z.infer<typeof WebhookMessagesQuery>,
  ) {
    await this.webhooks.one(this.database.manager, me, id);
    return this.view.messages(this.database.manager, id, query);
  }

  /** All that are dead go again. */
  @Post(':id/replay')
  @HttpCode(200)
  @Answers(200, Replayed)
  replay(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<z.infer<typeof Replayed>> {
    return this.again(me, id, null);
  }

  /** One goes again, whatever became of it. */
  @Post(':id/messages/:messageId/replay')
  @HttpCode(200)
  @Answers(200, Replayed)
  replayOne(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('messageId', { schema: Id }) messageId: string,
  ): Promise<z.infer<typeof Replayed>> {
    return this.again(me, id, messageId);
  }

  private async again(me: Principal, id: string, messageId: string | null): Promise<z.infer<typeof Replayed>> {
    return { messages: await withRetry(this.database, (tx) => this.webhooks.replay(tx, me, id, messageId)) };
  }
}
