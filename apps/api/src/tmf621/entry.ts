import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TmfAccess, type KeyHolder } from '#handoffs';
import { DomainError } from '#platform';

declare module 'fastify' {
  interface FastifyRequest {
    /** The partner whose system calls, and by which key. */
    partner?: KeyHolder;
  }
}

/** A partner's system comes with a key or a token of its own. */
@Injectable()
export class PartnerEntry implements CanActivate {
  constructor(private readonly access: TmfAccess) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['x-api-key'];
    const holder = await this.access.caller(request.headers.authorization, typeof key === 'string' ? key : undefined);
    if (!holder) throw new DomainError('session.required');
    request.partner = holder;
    return true;
  }
}

/** The partner that calls, and by which key. */
export const CallerKey = createParamDecorator((_: unknown, context: ExecutionContext): KeyHolder => callerOf(context));

/** The partner that calls. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => callerOf(context).partnerId,
);

function callerOf(context: ExecutionContext): KeyHolder {
  const { partner } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!partner) throw new DomainError('session.required');
  return partner;
}
