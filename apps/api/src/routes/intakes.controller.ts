import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  AbandonBody,
  HandoffPreview,
  Id,
  Intake,
  IntakeBody,
  IntakeList,
  IntakesQuery,
  PatchIntakeBody,
  SavedFields,
  UploadedAttachment,
} from '#contracts';
import { HandoffLooks, IntakePhotos, Intakes } from '#counter';
import type { Principal } from '#identity';
import { DomainError, withRetry } from '#platform';
import { Answers } from '../http/answers.js';
import { badForm, fileOf } from '../http/one-file.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** A picture of a telephone's camera; more is no picture taken at a counter. */
const PHOTO_BYTES = 30 * 1024 * 1024;

/** Intakes and pick-ups at counters, while they are written down. */
@ApiTags('counter')
@Controller('api/v1/intakes')
export class IntakesController {
  constructor(
    private readonly database: DataSource,
    private readonly intakes: Intakes,
    private readonly photos: IntakePhotos,
    private readonly looks: HandoffLooks,
  ) {}

  /** The tablet names it, so saying so again is the same intake: no other key is needed. */
  @Post()
  @Answers(201, Intake)
  begin(@Me() me: Principal, @Body({ schema: IntakeBody }) body: IntakeBody): Promise<Intake> {
    return withRetry(this.database, (tx) => this.intakes.begin(tx, me, body));
  }

  @Get()
  @Answers(200, IntakeList)
  async open(
    @Me() me: Principal,
    @Query({ schema: IntakesQuery }) { storeId }: z.infer<typeof IntakesQuery>,
  ): Promise<z.infer<typeof IntakeList>> {
    return { items: await this.intakes.open(this.database.manager, me, storeId) };
  }

  @Get(':id')
  @Answers(200, Intake)
  read(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<Intake> {
    return this.intakes.read(this.database.manager, me, id);
  }

  /** Exactly what whoever takes the phone would get to see; nothing comes of it. */
  @Get(':id/handoff-preview')
  @Answers(200, HandoffPreview)
  preview(@Me() me: Principal, @Param('id', { schema: Id }) id: string): Promise<HandoffPreview> {
    return withRetry(this.database, (tx) => this.looks.preview(tx, me, id));
  }

  @Patch(':id')
  @Answers(200, SavedFields)
  async save(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PatchIntakeBody }) body: PatchIntakeBody,
  ): Promise<z.infer<typeof SavedFields>> {
    return { results: await withRetry(this.database, (tx) => this.intakes.save(tx, me, id, body)) };
  }

  @Post(':id/abandon')
  @HttpCode(200)
  @Answers(200, Intake)
  abandon(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AbandonBody }) { reason }: z.infer<typeof AbandonBody>,
  ): Promise<Intake> {
    return withRetry(this.database, async (tx) => {
      await this.intakes.abandon(tx, me, id, reason);
      return this.intakes.read(tx, me, id);
    });
  }

  @Post(':id/photos')
  @ApiConsumes('multipart/form-data')
  @Answers(201, UploadedAttachment)
  async photo(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @IdempotencyKey() key: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<UploadedAttachment> {
    if (!request.isMultipart()) throw new DomainError('request.unsupported_media');
    const form = await fileOf(request, PHOTO_BYTES);
    const bytes = await form.toBuffer().catch((error: unknown) => {
      throw badForm(error);
    });
    // Cut off, it may still look like a picture.
    if (form.file.truncated) throw new DomainError('attachment.too_large', { maxBytes: PHOTO_BYTES });
    return withRetry(this.database, (tx) => this.photos.take(tx, me, id, { fileName: form.filename, bytes }, key));
  }

  @Get(':id/photos/:photoId')
  @Answers(200, undefined, 'The picture')
  async picture(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Param('photoId', { schema: Id }) photoId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { body, contentType, size } = await this.photos.open(this.database.manager, me, id, photoId);
    void reply.header('cache-control', 'private, max-age=86400');
    return new StreamableFile(body, { type: contentType, length: size });
  }
}
