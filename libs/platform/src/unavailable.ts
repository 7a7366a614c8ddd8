import { sqlState } from './errors.js';

/** What the system, the resolver and the driver say when nobody is there to answer. */
const NOBODY_THERE =
  /\b(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)\b|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Code and words of an error, and of those it wraps: the resolver's several tries, the driver's under TypeORM's. */
function* saidBy(error: unknown): Generator<string> {
  // Not `instanceof`: an error of another realm is one too.
  if (typeof error !== 'object' || error === null) return;
  if ('code' in error) yield String(error.code);
  if ('message' in error) yield String(error.message);
  if ('errors' in error && Array.isArray(error.errors)) for (const one of error.errors) yield* saidBy(one);
  if ('driverError' in error && error.driverError !== error) yield* saidBy(error.driverError);
}

/** Whether the database could not be reached or is going down: the caller may try again later. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return state.startsWith('08') || state.startsWith('57P') || state === '53300';
  for (const said of saidBy(error)) if (NOBODY_THERE.test(said)) return true;
  return false;
}
