import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ApiTokenService, SessionService, type Principal } from '#identity';
import { CONFIG, DomainError, type Config } from '#platform';
import { PUBLIC } from './principal.js';
import { SESSION_COOKIE } from './session-cookie.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every route needs a session or a bearer token unless it says it is public. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly tokens: ApiTokenService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const isPublic = this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]);
    if (isPublic) return true;
    request.principal = await this.identify(request);
    return true;
  }

  private async identify(request: FastifyRequest): Promise<Principal> {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) {
      const token = /^Bearer (.+)$/iu.exec(authorization)?.[1];
      if (!token) throw new DomainError('session.required');
      return this.tokens.authenticate(token);
    }
    const cookie = request.cookies[SESSION_COOKIE];
    if (!cookie) throw new DomainError('session.required');
    if (!SAFE_METHODS.has(request.method)) this.refuseOtherSites(request);
    return this.sessions.authenticate(cookie);
  }

  /** A cookie travels with requests other sites make; SameSite stops most browsers, this stops the rest. */
  private refuseOtherSites(request: FastifyRequest): void {
    const { origin, host } = request.headers;
    if (origin === undefined) return;
    const ours = [new URL(this.config.http.baseUrl).host, host];
    if (!URL.canParse(origin) || !ours.includes(new URL(origin).host)) throw new DomainError('session.cross_site');
  }
}
