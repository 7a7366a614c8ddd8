import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { Doors, WRONG_LINKS } from '#cases';
import { DeskLinks, type OpenDeskLink, type ShutDeskLink } from '#handoffs';
import { languagesOf, sayingPage, TOO_MANY } from '../tracking/document.js';
import { privately } from '../tracking/privately.js';
import { SHUT } from './shut.js';
import { DESK_POLICY } from './style.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** By which link a partner came in. */
    deskLink?: OpenDeskLink;
  }
}

/** The one way onto the desk: nothing of a handoff is asked for before its link has opened. */
@Injectable()
export class DeskEntry implements NestInterceptor {
  constructor(
    private readonly database: DataSource,
    private readonly links: DeskLinks,
    private readonly doors: Doors,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, reply] = [
      http.getRequest<FastifyRequest<{ Params: { token: string } }>>(),
      http.getResponse<FastifyReply>(),
    ];
    const key = this.doors.from('desk', request.ip);
    if (await this.doors.isShut(key, WRONG_LINKS)) return of(shut(request, reply));
    const link = await this.links.find(this.database.manager, request.params.token);
    if (link && !('shut' in link)) {
      privately(reply, DESK_POLICY);
      request.deskLink = link;
      return next.handle();
    }
    // Counted before it is answered: those who guess all at once get no more answers than those who guess one by one.
    if (!link && (await this.doors.knock(key, WRONG_LINKS))) return of(shut(request, reply));
    return of(refuse(request, reply, link ?? { shut: 'gone' }));
  }
}

/** The link they came in by. */
export const AtDesk = createParamDecorator((_: unknown, context: ExecutionContext): OpenDeskLink => {
  const { deskLink } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!deskLink) throw new Error('this page has no door: @UseInterceptors(DeskEntry)');
  return deskLink;
});

/** A page that says why there is nothing, and nothing else. One never made and one that is over are answered alike. */
export function refuse(request: FastifyRequest, reply: FastifyReply, why: ShutDeskLink): string {
  privately(reply);
  void reply.status(410);
  const reference = 'reference' in why ? why.reference : null;
  return sayingPage(SHUT[why.shut](reference), languagesOf(request.headers['accept-language']));
}

function shut(request: FastifyRequest, reply: FastifyReply): string {
  privately(reply);
  void reply.status(429).header('retry-after', '900');
  return sayingPage(TOO_MANY, languagesOf(request.headers['accept-language']));
}
