import type { QueryClient } from '@tanstack/react-query';
import type { SessionAnswer } from '#contracts';
import { ApiFailure, isUnreachable } from '../api/http.js';
import { sessionQuery } from '../api/queries.js';
import { logOut, readSession } from '../api/requests.js';
import { forgetHere, forgetLeaving, isLeaving, lastHere, rememberHere, rememberLeaving } from './here.js';
import { keepCounter } from './keepCounter.js';

/** Who has not answered by then is taken for out of reach. */
const PATIENCE_MS = 4_000;
const AGAIN_MS = 5_000;

/** They have signed out on this page: what the server said of them before is not kept any more. */
let over = false;

const isAtCounter = (path: string): boolean => path === '/visit' || path.startsWith('/visit/');
const isOutOfReach = (error: unknown): boolean =>
  isUnreachable(error) || (error instanceof DOMException && error.name === 'TimeoutError');

/** Who is signed in; at a counter without a network, who was last: what they wrote down is theirs, and nothing else is shown. */
export async function sessionAt(client: QueryClient, path: string): Promise<SessionAnswer> {
  if (isLeaving()) {
    await leave();
    // What another tab of theirs still knows of them is over with it.
    client.clear();
  }
  const known = client.getQueryData(sessionQuery.queryKey);
  const last = lastHere();
  if (!isAtCounter(path)) {
    const session = await client.ensureQueryData(sessionQuery);
    if (last && last.session.user.id !== session.user.id) forgetHere();
    return session;
  }
  keepCounter();
  if (!last || known) {
    const session = known ?? (await client.ensureQueryData(sessionQuery));
    const at = client.getQueryState(sessionQuery.queryKey)?.dataUpdatedAt ?? 0;
    if (last?.session.user.id !== session.user.id) rememberHere({ session, at });
    return session;
  }
  try {
    return heard(client, await readSession({ signal: AbortSignal.timeout(PATIENCE_MS) }));
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    // Known since the server said so, not since now: going about without a network makes nobody stay longer.
    client.setQueryData(sessionQuery.queryKey, last.session, { updatedAt: last.at });
    askAgain(client, last.session);
    return last.session;
  }
}

/**
 * Ends the session. Without a network it is over on this machine, and the server hears of it first of all when it can be reached.
 * @returns whether the server knows
 */
export async function signOut(): Promise<boolean> {
  over = true;
  forgetHere();
  rememberLeaving();
  try {
    await leave();
    return true;
  } catch (error) {
    if (!isOutOfReach(error)) reportError(error);
    return false;
  }
}

/** A session that is over already is left. */
async function leave(): Promise<void> {
  try {
    await logOut({ signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    if (!(error instanceof ApiFailure && error.status === 401)) throw error;
  }
  forgetLeaving();
}

function heard(client: QueryClient, session: SessionAnswer): SessionAnswer {
  if (over) return session;
  client.setQueryData(sessionQuery.queryKey, session);
  rememberHere({ session, at: Date.now() });
  return session;
}

/** Until the server says who it is. Somebody else: then nothing of this page is theirs. */
function askAgain(client: QueryClient, last: SessionAnswer): void {
  const ask = async () => {
    try {
      const { user } = heard(client, await readSession({ signal: AbortSignal.timeout(PATIENCE_MS) }));
      if (user.id !== last.user.id) window.location.reload();
    } catch (error) {
      // No session any more: whoever hears that has gone to the login already.
      if (isOutOfReach(error)) askAgain(client, last);
      else if (!(error instanceof ApiFailure)) reportError(error);
    }
  };
  setTimeout(() => void ask(), AGAIN_MS);
}
