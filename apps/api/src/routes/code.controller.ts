import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseReference } from '#contracts';
import { SessionService } from '#identity';
import { DomainError } from '#platform';
import { Public } from '../http/principal.js';
import { SESSION_COOKIE } from '../http/session-cookie.js';
import { languagesOf, sayingPage, SHOW_THIS } from '../tracking/document.js';
import { markup } from '../tracking/html.js';
import { privately } from '../tracking/privately.js';

/**
 * Where the QR code of a case leads. Staff who are signed in go to the case; everybody else is shown the code itself, large,
 * whether there is such a case or not: nothing is looked up for them.
 */
@ApiExcludeController()
@Controller('c')
export class CodeController {
  constructor(private readonly sessions: SessionService) {}

  @Get(':code')
  @Public()
  async show(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    privately(reply);
    const reference = parseReference(code);
    if (reference !== null && (await this.isStaff(request.cookies[SESSION_COOKIE]))) {
      // What stands behind the # of the address goes along: browsers keep it.
      void reply.status(302).header('location', `/cases/${reference}`);
      return undefined;
    }
    return sayingPage(
      SHOW_THIS,
      languagesOf(request.headers['accept-language']),
      reference === null ? undefined : markup`<p class="code">${reference}</p>`,
    );
  }

  private async isStaff(cookie: string | undefined): Promise<boolean> {
    if (!cookie) return false;
    try {
      await this.sessions.authenticate(cookie);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}
