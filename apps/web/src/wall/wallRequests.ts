import type { WallNow } from '#contracts';
import { addressOf, ApiFailure, failureOf } from '../api/http.js';

/** What stands behind the `#` of a wall's address. */
export const tokenOf = (hash: string): string => hash.replace(/^#/u, '');

/** With the token of the screen alone: whoever is signed in on the same machine stays out of it. Throws {@link ApiFailure}. */
export const readWall = async (token: string, signal: AbortSignal): Promise<WallNow> => {
  const headers = { accept: 'application/json', authorization: `Wall ${token}` };
  const response = await fetch(addressOf('/wall'), { credentials: 'omit', cache: 'no-store', headers, signal }).catch(
    (cause: unknown) => {
      if (signal.aborted) throw cause;
      throw new ApiFailure(0, 'network.unreachable', 'network.unreachable', undefined, null, { cause });
    },
  );
  const text = await response.text();
  if (!response.ok) throw failureOf(response.status, text);
  return JSON.parse(text) as WallNow;
};
