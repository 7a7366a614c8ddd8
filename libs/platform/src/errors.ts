import { ERRORS, errorText, type ErrorCode, type Language } from '#contracts';

/**
 * An error thrown on purpose. `code` decides status and text (registry `ERRORS`); `details` is shown to the caller,
 * so it never holds secrets.
 */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details?: unknown,
  ) {
    super(`${code}: ${ERRORS[code].en}`);
    this.name = 'DomainError';
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  text(language: Language): string {
    return errorText(this.code, language);
  }
}

/** The SQLSTATE of a PostgreSQL error, however deep TypeORM wrapped it; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(error.code)) return error.code;
  return 'driverError' in error ? sqlState(error.driverError) : undefined;
}
