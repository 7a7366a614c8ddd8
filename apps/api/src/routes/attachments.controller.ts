import { Readable } from 'node:stream';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Id, UploadedAttachment } from '#contracts';
import { AttachmentService } from '#cases';
import type { Principal } from '#identity';
import { DomainError } from '#platform';
import { Answers } from '../http/answers.js';
import { badForm, fileOf } from '../http/one-file.js';
import { Me } from '../http/principal.js';

/** Types a browser may show in place; everything else is a download. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|application\/pdf|audio\/|video\/)/u;

/** The bytes of the file; when they break off, that is a fault of the form and none of ours. */
async function* arriving(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* file;
  } catch (error) {
    throw badForm(error);
  }
}

@ApiTags('attachments')
@Controller('api/v1/attachments')
export class AttachmentsController {
  constructor(
    private readonly database: DataSource,
    private readonly attachments: AttachmentService,
  ) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @Answers(201, UploadedAttachment)
  async upload(@Me() me: Principal, @Req() request: FastifyRequest): Promise<UploadedAttachment> {
    if (!request.isMultipart()) throw new DomainError('request.unsupported_media');
    const { filename, mimetype, file } = await fileOf(request);
    try {
      return await this.attachments.upload(this.database.manager, me, {
        fileName: filename,
        contentType: mimetype,
        body: Readable.from(arriving(file), { objectMode: false }),
      });
    } catch (error) {
      // What is still on its way is read and dropped: the next request on this connection comes after it.
      request.raw.unpipe().resume();
      throw error;
    }
  }

  @Get(':id/content')
  @Answers(200, undefined, 'The bytes')
  async content(
    @Me() me: Principal,
    @Param('id', { schema: Id }) id: string,
    @Query('download') download: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.attachments.open(this.database.manager, me, id);
    const inline = download === undefined && SHOWN.test(file.contentType);
    void reply
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, max-age=86400');
    return new StreamableFile(file.body, {
      type: inline ? file.contentType : 'application/octet-stream',
      length: file.size,
      disposition: `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    });
  }
}
