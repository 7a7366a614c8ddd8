import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorBody, type ErrorCode, type Language } from '#contracts';
import { correlated, correlationId, DomainError, isUnavailable, newId, sqlState } from '#platform';
import { isTmf, tmfError } from '../tmf621/refusal.js';

/** The one shape of every error answer. What nobody threw on purpose is logged and says nothing of its insides. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = toDomainError(error);
    if (known.status >= 500)
      this.log.error({ err: error, method: request.method, url: shown(request.url) }, known.code);
    const body = errorBody(known, languageOf(request));
    void reply.status(known.status).send(isTmf(request.url) ? tmfError(known, body) : body);
  }
}

/** An address without what it asks, and without the links that are keys themselves. */
const shown = (url: string): string =>
  (url.split('?')[0] ?? '').replace(/^\/(files|t|desk|tmf-api\/files|tmf-api\/partners)\/.*/u, '/$1/…');

/** An address that cannot even be read: no route, no hook and no filter sees such a request. */
export function answerUnreadable(request: FastifyRequest, reply: FastifyReply): void {
  correlated(newId(), () => {
    const body = errorBody(
      new DomainError('request.invalid', [{ path: 'url', message: 'cannot be read' }]),
      languageOf(request),
    );
    void reply.status(400).header('x-request-id', body.requestId).send(body);
  });
}

export const errorBody = (error: DomainError, language: Language): ErrorBody => ({
  code: error.code,
  message: error.text(language),
  ...(error.details === undefined ? {} : { details: error.details }),
  requestId: correlationId() ?? '',
});

/** What an error of a library or of Nest means in our words. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isUnavailable(error)) return new DomainError('server.unavailable');
  if (BAD_DATA.has(sqlState(error) ?? '')) return new DomainError('request.invalid');
  const status = statusOf(error);
  const code = status === undefined ? undefined : CODES[status];
  if (code)
    return new DomainError(
      code,
      status === 400 && error instanceof Error ? [{ path: '', message: error.message }] : undefined,
    );
  return new DomainError('server.unexpected');
}

/** A malformed uuid or time, a number, a time or its offset out of range, a NUL in a text: the caller's mistake, found by the database. */
const BAD_DATA = new Set(['22P02', '22P05', '22003', '22007', '22008', '22009', '22021']);

const CODES: Partial<Record<number, ErrorCode>> = {
  400: 'request.invalid',
  401: 'session.required',
  403: 'permission.denied',
  404: 'request.not_found',
  405: 'request.not_found',
  413: 'request.too_large',
  415: 'request.unsupported_media',
  503: 'server.unavailable',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode;
  return undefined;
}

function languageOf(request: FastifyRequest): Language {
  if (request.principal) return request.principal.language;
  const asked = request.headers['accept-language'] ?? '';
  if (/^\s*en/iu.test(asked)) return 'en';
  // Whoever takes any language sends a star.
  return /^\s*\*?\s*$/u.test(asked) ? (request.partner?.language ?? 'es') : 'es';
}
