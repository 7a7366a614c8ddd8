import { Controller, Get, Inject, Param, Post, Query, Req, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { OpenLink } from '#cases';
import { Language } from '#contracts';
import { STORAGE, type FileStore } from '#platform';
import { TrackingView } from '#views';
import { Public } from '../http/principal.js';
import { REVOKED, sayingPage } from '../tracking/document.js';
import { TrackingDesk } from '../tracking/desk.js';
import { Entered, refuse, TrackingEntry } from '../tracking/entry.js';
import { TrackingPages, type Asked } from '../tracking/pages.js';

/** What a browser fetches before anybody has looked. */
const isLook = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && !/prefetch/iu.test(String(headers['sec-purpose'] ?? headers['purpose'] ?? ''));

/** The page on which a customer follows their case: a link instead of a login, HTML instead of an app. */
@ApiExcludeController()
@Controller('t')
@UseInterceptors(TrackingEntry)
export class TrackingController {
  constructor(
    private readonly database: DataSource,
    private readonly desk: TrackingDesk,
    private readonly pages: TrackingPages,
    private readonly view: TrackingView,
    @Inject(STORAGE) private readonly storage: FileStore,
  ) {}

  @Get(':token')
  @Public()
  async show(
    @Entered() link: OpenLink,
    @Param('token') token: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    if (isLook(request)) await this.desk.opened(link);
    return this.pages.of(link, token, asked, { outcome: asked.sent === '1' ? 'sent' : null, draft: '', quote: null });
  }

  /** Adds to the case what was written on its page. */
  @Post(':token/more')
  @Public()
  async more(
    @Entered() link: OpenLink,
    @Param('token') token: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const told = await this.desk.take(link, request);
    if (told.outcome === 'sent') {
      const language = Language.safeParse(asked.lang).data;
      void reply.status(303).header('location', `/t/${token}?${language ? `lang=${language}&` : ''}sent=1`);
      return undefined;
    }
    void reply.status(told.outcome === 'tooOften' ? 429 : told.outcome === 'tooLarge' ? 413 : 422);
    return this.pages.of(link, token, asked, told);
  }

  /** Yes or no to a quote of the case, of the version and the text that was read. */
  @Post(':token/quote')
  @Public()
  async decide(
    @Entered() link: OpenLink,
    @Param('token') token: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const language = Language.safeParse(asked.lang).data ?? 'es';
    const { status, typed } = await this.desk.decide(link, request, language);
    void reply.status(status);
    if (typed) return this.pages.of(link, token, asked, { outcome: null, draft: '', quote: typed });
    void reply.header('location', `/t/${token}?lang=${language}`);
    return undefined;
  }

  /** Whoever holds the link takes it back. */
  @Post(':token/revoke')
  @Public()
  async revoke(
    @Entered() link: OpenLink,
    @Query() asked: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.desk.revoke(link);
    void reply.status(200);
    return sayingPage(REVOKED, asked.lang === 'en' ? ['en', 'es'] : ['es', 'en']);
  }

  @Get(':token/files/:id')
  @Public()
  async file(
    @Entered() link: OpenLink,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string> {
    const file = /^[0-9a-f-]{36}$/u.test(id) ? await this.view.file(this.database.manager, link.caseId, id) : null;
    if (!file || !(await this.storage.has(file.key))) return refuse(request, reply);
    void reply
      .type('application/octet-stream')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff');
    return new StreamableFile(await this.storage.get(file.key), {
      length: file.size,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    });
  }
}
