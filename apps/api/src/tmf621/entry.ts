import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TmfAccess, type KeyHolder } from '#handoffs';
import { DomainError } from '#platform';

declare module 'fastify' {
  interface FastifyRequest {
    /** The partner whose system calls. */
    partnerId?: string;
    /** By which it does. */
    partnerKeyId?: string;
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
    request.partnerId = holder.partnerId;
    request.partnerKeyId = holder.keyId;
    return true;
  }
}

/** The partner that calls. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { partnerId } = context.switchToHttp().getRequest<FastifyRequest>();
  if (partnerId === undefined) throw new DomainError('session.required');
  return partnerId;
});

/** The partner that calls, and by which key. */
export const CallerKey = createParamDecorator((_: unknown, context: ExecutionContext): KeyHolder => {
  const { partnerId, partnerKeyId: keyId } = context.switchToHttp().getRequest<FastifyRequest>();
  if (partnerId === undefined || keyId === undefined) throw new DomainError('session.required');
  return { partnerId, keyId };
});
