import { Controller, Get, Inject, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { OpenLink } from '#cases';
import { Language } from '#contracts';
import { STORAGE, type FileStore } from '#platform';
import { TrackingView } from '#views';
import { Public } from '../http/principal.js';
import { languagesOf, NO_SUCH_LINK, REVOKED, sayingPage, TOO_MANY } from '../tracking/document.js';
import { TrackingDesk } from '../tracking/desk.js';
import { TrackingDoor } from '../tracking/door.js';
import { TrackingPages, type Asked } from '../tracking/pages.js';
import { privately } from '../tracking/privately.js';

/** What a browser fetches before anybody has looked. */
const isLook = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && !/prefetch/iu.test(String(headers['sec-purpose'] ?? headers['purpose'] ?? ''));

/** The page on which a customer follows their case: a link instead of a login, HTML instead of an app. */
@ApiExcludeController()
@Controller('t')
export class TrackingController {
  constructor(
    private readonly database: DataSource,
    private readonly door: TrackingDoor,
    private readonly desk: TrackingDesk,
    private readonly pages: TrackingPages,
    private readonly view: TrackingView,
    @Inject(STORAGE) private readonly storage: FileStore,
  ) {}

  @Get(':token')
  @Public()
  async show(
    @Param('token') token: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const link = await this.enter(token, request, reply);
    if (typeof link === 'string') return link;
    if (isLook(request)) await this.desk.opened(link);
    return this.pages.of(link, token, asked, { outcome: asked.sent === '1' ? 'sent' : null, draft: '' });
  }

  /** Adds to the case what was written on its page. */
  @Post(':token/more')
  @Public()
  async more(
    @Param('token') token: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const link = await this.enter(token, request, reply);
    if (typeof link === 'string') return link;
    const told = await this.desk.take(link, request);
    if (told.outcome === 'sent') {
      const language = Language.safeParse(asked.lang).data;
      void reply.status(303).header('location', `/t/${token}?${language ? `lang=${language}&` : ''}sent=1`);
      return undefined;
    }
    void reply.status(told.outcome === 'tooOften' ? 429 : told.outcome === 'tooLarge' ? 413 : 422);
    return this.pages.of(link, token, asked, told);
  }

  /** Whoever holds the link takes it back. */
  @Post(':token/revoke')
  @Public()
  async revoke(
    @Param('token') token: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const link = await this.enter(token, request, reply);
    if (typeof link === 'string') return link;
    await this.desk.revoke(link);
    void reply.status(200);
    return sayingPage(REVOKED, asked.lang === 'en' ? ['en', 'es'] : ['es', 'en']);
  }

  @Get(':token/files/:id')
  @Public()
  async file(
    @Param('token') token: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string> {
    const link = await this.enter(token, request, reply);
    if (typeof link === 'string') return link;
    const file = /^[0-9a-f-]{36}$/u.test(id) ? await this.view.file(this.database.manager, link.caseId, id) : null;
    if (!file || !(await this.storage.has(file.key))) return refuse(request, reply);
    void reply.header('content-security-policy', "default-src 'none'; sandbox");
    return new StreamableFile(await this.storage.get(file.key), {
      type: 'application/octet-stream',
      length: file.size,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    });
  }

  /** The link, or the page that refuses it. */
  private async enter(token: string, request: FastifyRequest, reply: FastifyReply): Promise<OpenLink | string> {
    privately(reply);
    const link = await this.door.enter(token, request.ip);
    if (link === 'wrong') return refuse(request, reply);
    if (link !== 'shut') return link;
    void reply.status(429).header('retry-after', '900');
    return sayingPage(TOO_MANY, languagesOf(request.headers['accept-language']));
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply): string {
  privately(reply);
  void reply.status(404);
  return sayingPage(NO_SUCH_LINK, languagesOf(request.headers['accept-language']));
}
