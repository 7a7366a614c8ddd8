import type { ErrorBody } from '#contracts';
import type { DomainError } from '#platform';

const REASONS: Partial<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Bad request',
  503: 'Service unavailable',
};

export const isTmf = (url: string): boolean => url.startsWith('/tmf-api/');

/** An error as TMF621 words it: the status is a string there. */
export function tmfError(error: DomainError, { code, message, details }: ErrorBody) {
  const lines = Array.isArray(details) ? details.map(lineOf) : [];
  return {
    code,
    reason: REASONS[error.status] ?? 'Internal error',
    message: [message, ...lines].join(' ').slice(0, 2000),
    status: String(error.status),
    '@type': 'Error',
  };
}

const lineOf = (detail: unknown): string =>
  typeof detail === 'object' && detail !== null && 'path' in detail && 'message' in detail
    ? `${String(detail.path)}: ${String(detail.message)};`
    : '';
