import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#identity';
import { DomainError } from '#platform';

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

export const PUBLIC = 'hilo:public';

/** This route answers without a session. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Who is asking. */
export const Me = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw new DomainError('session.required');
  return principal;
});

/** The Idempotency-Key header, if one came. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length < 8 || key.length > 200)
    throw new DomainError('request.invalid', [{ path: 'Idempotency-Key', message: 'must be 8 to 200 characters' }]);
  return key;
});
