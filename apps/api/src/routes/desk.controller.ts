import { Controller, Get, Inject, Param, Post, Query, Req, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Language } from '#contracts';
import { DeskViews, type OpenDeskLink } from '#handoffs';
import { STORAGE, Wake, type FileStore } from '#platform';
import { Desk, refused } from '../desk/desk.js';
import { AtDesk, DeskEntry, refuse } from '../desk/entry.js';
import { isSeen } from '../desk/facts.js';
import { DESK_WORDS } from '../desk/languages.js';
import { packOf } from '../desk/pack.js';
import { DeskPages, type AskedDesk } from '../desk/pages.js';
import { Public } from '../http/principal.js';

/** What a browser fetches before anybody has looked. */
const isLook = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && !/prefetch/iu.test(String(headers['sec-purpose'] ?? headers['purpose'] ?? ''));

/** A form that stands on a page of somebody else's. Whoever holds the link could be made to send it; no other page knows the link. */
const isFromElsewhere = ({ headers }: FastifyRequest): boolean =>
  !['same-origin', 'none', undefined].includes(headers['sec-fetch-site']);

/** The page on which a partner works on a handoff: a signed link instead of an account, HTML instead of an app. */
@ApiExcludeController()
@Controller('desk')
@UseInterceptors(DeskEntry)
export class DeskController {
  constructor(
    private readonly database: DataSource,
    private readonly desk: Desk,
    private readonly pages: DeskPages,
    private readonly views: DeskViews,
    private readonly wake: Wake,
    @Inject(STORAGE) private readonly storage: FileStore,
  ) {}

  @Get(':token')
  @Public()
  async show(
    @AtDesk() link: OpenDeskLink,
    @Param('token') token: string,
    @Query() asked: AskedDesk,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    if (isLook(request)) {
      await this.desk.opened(link);
      this.wake.ring('relay');
    }
    return this.pages.of(link, token, asked);
  }

  /** One word of theirs, with the files that came along. */
  @Post(':token/say')
  @Public()
  async say(
    @AtDesk() link: OpenDeskLink,
    @Param('token') token: string,
    @Query() asked: AskedDesk,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const language = Language.safeParse(asked.lang).data ?? 'es';
    const { status, became } = await this.taken(link, request, language);
    void reply.status(status);
    if (became.kind === 'refused') return this.pages.of(link, token, asked, became);
    this.wake.ring('relay');
    void reply.header('location', `/desk/${token}?lang=${language}&said=${became.late ? 'late' : '1'}#said`);
    return undefined;
  }

  private taken(link: OpenDeskLink, request: FastifyRequest, language: Language): ReturnType<Desk['take']> {
    if (!isFromElsewhere(request)) return this.desk.take(link, request, language);
    request.raw.resume();
    return Promise.resolve(refused(403, 'note', DESK_WORDS[language].failed.elsewhere));
  }

  @Get(':token/files/:id')
  @Public()
  async file(
    @AtDesk() link: OpenDeskLink,
    @Param('id') id: string,
    @Query('show') show: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string> {
    const file = /^[0-9a-f-]{36}$/u.test(id) ? await this.views.file(this.database.manager, link, id) : null;
    if (!file || !(await this.storage.has(file.key))) return refuse(request, reply, { shut: 'gone' });
    const seen = show === '1' && isSeen(file);
    void reply
      .type(seen ? file.contentType : 'application/octet-stream')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff');
    return new StreamableFile(await this.storage.get(file.key), {
      length: file.size,
      disposition: `${seen ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    });
  }

  /** Everything in one. */
  @Get(':token/pack')
  @Public()
  async pack(
    @AtDesk() link: OpenDeskLink,
    @Param('token') token: string,
    @Query() asked: AskedDesk,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string> {
    const scene = await this.pages.scene(link, token, asked);
    if (!(await this.desk.mayPack(link))) {
      void reply.status(429).header('retry-after', '3600');
      const { became } = refused(429, 'note', scene.words.failed.tooOften);
      return this.pages.of(link, token, asked, became);
    }
    const files = [...(await this.views.files(this.database.manager, link)).values()];
    void reply.type('application/zip');
    return new StreamableFile(packOf(scene, files, this.storage), {
      disposition: `attachment; filename="${scene.view.reference}.zip"`,
    });
  }
}
