import { Body, Controller, Delete, Get, HttpCode, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { LoginBody, PatchSessionBody, SessionAnswer } from '#contracts';
import { presentUser, SessionService, type Principal } from '#identity';
import { CONFIG, type Config } from '#platform';
import { Answers } from '../http/answers.js';
import { Me, Public } from '../http/principal.js';
import { cookieOptions, SESSION_COOKIE } from '../http/session-cookie.js';
import { LiveServer } from '../live/live-server.js';

@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly live: LiveServer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Public()
  @Answers(201, SessionAnswer)
  async login(
    @Body({ schema: LoginBody }) body: z.infer<typeof LoginBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const { token, maxAgeSeconds, principal } = await this.sessions.login({
      ...body,
      ip: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
    });
    void reply.setCookie(SESSION_COOKIE, token, cookieOptions(this.config.http.baseUrl, maxAgeSeconds));
    return this.answer(principal);
  }

  @Get()
  @Answers(200, SessionAnswer)
  show(@Me() me: Principal): SessionAnswer {
    return this.answer(me);
  }

  @Patch()
  @Answers(200, SessionAnswer)
  async change(
    @Me() me: Principal,
    @Body({ schema: PatchSessionBody }) body: z.infer<typeof PatchSessionBody>,
  ): Promise<SessionAnswer> {
    return this.answer(await this.sessions.setLanguage(me, body.language));
  }

  @Delete()
  @HttpCode(204)
  @Public()
  @Answers(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = request.cookies[SESSION_COOKIE];
    void reply.clearCookie(SESSION_COOKIE, cookieOptions(this.config.http.baseUrl));
    if (!token) return;
    await this.sessions.logout(token);
    this.live.endSession(token);
  }

  private answer(principal: Principal): SessionAnswer {
    const { timeZone, mail } = this.config;
    return { user: presentUser(principal), timeZone, mailAttachBytes: mail.attachBytes };
  }
}
