import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { FileLinks } from '#cases';
import { Public } from '../http/principal.js';
import { fileLinkPage } from './file-link.page.js';

/** What a mail links to instead of carrying it. For customers: no login, no JSON, and nothing a browser would run. */
@ApiExcludeController()
@Controller('files')
export class FilesController {
  constructor(
    private readonly database: DataSource,
    private readonly links: FileLinks,
  ) {}

  @Get(':token')
  @Public()
  async download(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string> {
    const found = await this.links.open(this.database.manager, token);
    // The address is all one needs to have the file: it stays out of caches and search engines.
    void reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex, nofollow');
    if (typeof found === 'string') {
      void reply.status(found === 'expired' ? 410 : 404).type('text/html; charset=utf-8');
      return fileLinkPage(
        found,
        /^\s*en/iu.test(request.headers['accept-language'] ?? '') ? ['en', 'es'] : ['es', 'en'],
      );
    }
    void reply.header('content-security-policy', "default-src 'none'; sandbox");
    return new StreamableFile(found.body, {
      type: 'application/octet-stream',
      length: found.size,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(found.fileName)}`,
    });
  }
}
