import { ApiPartialResponseError, ApiRequestError, ApiResponseError, type TwitterRateLimit } from 'twitter-api-v2';
import { z } from 'zod';
import { exhaustedUntil } from './send-outcome.rules.js';

/** What went wrong with a call to X, in the words of the rules. */
export type CallFailure =
  | { kind: 'refused'; status: number; body: unknown; resetAt: Date | null; limits: TwitterRateLimit | undefined }
  | { kind: 'broken'; code: string | undefined; detail: string };

/** Sorts an error of the client; null when it is none of X's or the line's. */
export function callFailure(error: unknown): CallFailure | null {
  if (error instanceof ApiResponseError) {
    const { code: status, data: body, rateLimit: limits } = error;
    return { kind: 'refused', status, body, resetAt: resetOf(status, limits), limits };
  }
  if (error instanceof ApiPartialResponseError) return { kind: 'broken', code: undefined, detail: error.message };
  if (!(error instanceof ApiRequestError)) return null;
  const { code, message } = Cause.parse(error);
  return { kind: 'broken', code, detail: [code, message].filter(Boolean).join(' ') };
}

const Reason = z.object({ message: z.string(), code: z.string().optional().catch(undefined) });
/** What broke the line. The client (1.29.1) keeps it in `_options.error`, but its `requestError` looks elsewhere. */
const Cause = z
  .union([
    z.object({ requestError: Reason }).transform((error) => error.requestError),
    z.object({ _options: z.object({ error: Reason }) }).transform((error) => error._options.error),
  ])
  .catch({ message: 'the connection broke' });

/** A 429 waits for the window that is used up; when none says so, for the one it names. */
function resetOf(status: number, limit: TwitterRateLimit | undefined): Date | null {
  const until = exhaustedUntil(limit);
  if (until || status !== 429 || !limit || !Number.isFinite(limit.reset)) return until;
  return new Date(limit.reset * 1000);
}
