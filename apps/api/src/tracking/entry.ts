import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of, type Observable } from 'rxjs';
import type { OpenLink } from '#cases';
import { languagesOf, NO_SUCH_LINK, sayingPage, TOO_MANY } from './document.js';
import { TrackingDoor } from './door.js';
import { privately } from './privately.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** By which link somebody came in. */
    openLink?: OpenLink;
  }
}

/** The one way into the pages of cases: nothing of them is asked for before the door has opened. */
@Injectable()
export class TrackingEntry implements NestInterceptor {
  constructor(private readonly door: TrackingDoor) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, reply] = [
      http.getRequest<FastifyRequest<{ Params: { token: string } }>>(),
      http.getResponse<FastifyReply>(),
    ];
    privately(reply);
    const link = await this.door.enter(request.params.token, request.ip);
    if (link === 'wrong') return of(refuse(request, reply));
    if (link === 'shut') return of(shut(request, reply));
    request.openLink = link;
    return next.handle();
  }
}

/** The link they came in by. */
export const Entered = createParamDecorator((_: unknown, context: ExecutionContext): OpenLink => {
  const { openLink } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!openLink) throw new Error('this page has no door: @UseInterceptors(TrackingEntry)');
  return openLink;
});

/** There is nothing here: the same whether there never was or is no more. */
export function refuse(request: FastifyRequest, reply: FastifyReply): string {
  void reply.status(404);
  return sayingPage(NO_SUCH_LINK, languagesOf(request.headers['accept-language']));
}

function shut(request: FastifyRequest, reply: FastifyReply): string {
  void reply.status(429).header('retry-after', '900');
  return sayingPage(TOO_MANY, languagesOf(request.headers['accept-language']));
}
