import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Listener, NewTicket, TicketPatch, TmfDesk, TmfHub, TmfLists, type KeyHolder, type Ticket } from '#handoffs';
import { withRetry } from '#platform';
import { IdempotencyKey, Public } from '../http/principal.js';
import { Caller, CallerKey, PartnerEntry } from './entry.js';
import { only } from './fields.js';

const MEDIA = 'application/json;charset=utf-8';

/** Trouble tickets as TMF621 v4 has them, for partners' systems: each sees its own and nothing else. */
@ApiExcludeController()
@Controller('tmf-api/troubleTicket/v4/troubleTicket')
@UseGuards(PartnerEntry)
@Public()
export class TicketsController {
  constructor(
    private readonly database: DataSource,
    private readonly desk: TmfDesk,
    private readonly lists: TmfLists,
  ) {}

  @Get()
  @Header('content-type', MEDIA)
  async list(
    @Caller() partnerId: string,
    @Query() query: Record<string, string>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Partial<Ticket>[]> {
    const { items, total } = await this.lists.page(this.database.manager, partnerId, query);
    void reply.headers({ 'x-total-count': String(total), 'x-result-count': String(items.length) });
    return items.map((ticket) => only(ticket, query['fields']));
  }

  @Get(':id')
  @Header('content-type', MEDIA)
  async read(
    @Caller() partnerId: string,
    @Param('id') id: string,
    @Query('fields') fields?: string,
  ): Promise<Partial<Ticket>> {
    return only(await this.desk.read(this.database.manager, partnerId, id), fields);
  }

  @Post()
  @Header('content-type', MEDIA)
  async create(
    @Caller() partnerId: string,
    @Body({ schema: NewTicket }) posted: NewTicket,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Ticket> {
    const brought = await this.desk.bring(posted);
    const ticket = await withRetry(this.database, (tx) => this.desk.create(tx, partnerId, { posted, key, brought }));
    void reply.status(201).header('location', ticket.href);
    return ticket;
  }

  @Patch(':id')
  @Header('content-type', MEDIA)
  async change(
    @Caller() partnerId: string,
    @Param('id') id: string,
    @Body({ schema: TicketPatch }) patch: TicketPatch,
  ): Promise<Ticket> {
    const brought = await this.desk.bring(patch);
    return withRetry(this.database, (tx) => this.desk.change(tx, partnerId, id, { patch, brought }));
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Caller() partnerId: string, @Param('id') id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.desk.remove(tx, partnerId, id));
  }
}

/** Who wants to be told of tickets. */
@ApiExcludeController()
@Controller('tmf-api/troubleTicket/v4/hub')
@UseGuards(PartnerEntry)
@Public()
export class HubController {
  constructor(
    private readonly database: DataSource,
    private readonly hub: TmfHub,
  ) {}

  @Post()
  @Header('content-type', MEDIA)
  async subscribe(
    @CallerKey() caller: KeyHolder,
    @Body({ schema: Listener }) { callback, query }: Listener,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Listener & { id: string }> {
    const made = await withRetry(this.database, (tx) => this.hub.subscribe(tx, caller, callback, query ?? ''));
    void reply.status(201).header('location', `/tmf-api/troubleTicket/v4/hub/${made.id}`);
    return made;
  }

  @Delete(':id')
  @HttpCode(204)
  async unsubscribe(@Caller() partnerId: string, @Param('id') id: string): Promise<void> {
    await withRetry(this.database, (tx) => this.hub.unsubscribe(tx, partnerId, id));
  }
}
