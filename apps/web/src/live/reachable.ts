import { useEffect, useEffectEvent } from 'react';
import { readSession } from '../api/requests.js';
import { ApiFailure } from '../api/http.js';

/** How often a server that could not be reached is asked whether it is back. */
const ASK_MS = 2000;

/** Calls `onBack` once the server answers again, whatever it answers; asks only while `waiting`. */
export const useReachable = (waiting: boolean, onBack: () => void): void => {
  const back = useEffectEvent(onBack);
  useEffect(() => {
    if (!waiting) return;
    const abort = new AbortController();
    let asking = false;
    const ask = async () => {
      if (asking || !navigator.onLine) return;
      asking = true;
      try {
        await readSession({ signal: abort.signal });
      } catch (error) {
        if (abort.signal.aborted || (error instanceof ApiFailure && error.status === 0)) return;
        reportUnexpected(error);
      } finally {
        asking = false;
      }
      back();
    };
    const timer = setInterval(() => void ask(), ASK_MS);
    const soon = () => void ask();
    window.addEventListener('online', soon);
    return () => {
      abort.abort();
      clearInterval(timer);
      window.removeEventListener('online', soon);
    };
  }, [waiting]);
};

/** An answer that is an error is an answer; anything else is a mistake of ours. */
const reportUnexpected = (error: unknown): void => {
  if (!(error instanceof ApiFailure)) reportError(error);
};
