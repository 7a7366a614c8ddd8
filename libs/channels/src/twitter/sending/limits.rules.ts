/** One of X's limits on sends, as far as it is known: how many in how long. */
export interface Span {
  seconds: number;
  capacity: number;
  /** When the send `capacity` sends ago left; null when there were not as many. */
  nthLast: Date | null;
  /** What X's headers leave of the window that ends at `resetsAt`, those under way taken off; null when they have not said. */
  remaining: number | null;
  resetsAt: Date | null;
}

/** X counts a send when it arrives, we when it leaves: so much later than ours X's own window may begin. */
export const MARGIN_MS = 2000;
/** Nobody comes back exactly when a window opens: accounts spread over so long. */
const SPREAD_MS = 3000;

/**
 * When the next send may leave: no more than `capacity` in any stretch of `seconds`, wherever X's own window begins, and
 * nothing while X's headers say that nothing is left.
 * @returns null: now
 */
export function freeAt(now: Date, spans: readonly Span[], openAt: Date | null, spread: number): Date | null {
  const times = spans.flatMap(({ seconds, capacity, nthLast, remaining, resetsAt }) => {
    const own = nthLast === null ? 0 : nthLast.getTime() + seconds * 1000 + MARGIN_MS;
    const isOpenWindow = resetsAt !== null && resetsAt > now;
    const stated = isOpenWindow && ((remaining ?? 1) <= 0 || capacity <= 0) ? resetsAt.getTime() + spread : 0;
    return [own, stated];
  });
  const at = Math.max(0, openAt?.getTime() ?? 0, ...times);
  return at > now.getTime() ? new Date(at) : null;
}

/** How long after a reset this account comes back: always the same for one, different for several. */
export function spreadOf(account: string): number {
  let sum = 0;
  for (const digit of account) sum = (sum * 31 + digit.charCodeAt(0)) % SPREAD_MS;
  return sum;
}

/** What X's headers say of one window. Seconds since 1970 at `reset`. */
export interface StatedWindow {
  limit: number;
  remaining: number;
  reset: number;
}

/** Whose limit, and how long its window is. */
export interface StatedLimit {
  account: string;
  seconds: number;
  capacity: number;
  remaining: number;
  resetsAt: Date;
}

export const APP = 'app';
export const QUARTER_SECONDS = 900;
export const DAY_SECONDS = 86_400;
/** X's documented limits of a user, and of an application; its headers are believed over these. */
export const USUAL = { quarter: 15, day: 1440 } as const;

/** The limits an answer to a send states, as far as they are numbers. */
export function statedLimits(
  account: string,
  headers: Partial<StatedWindow> & { day?: StatedWindow; userDay?: StatedWindow },
): StatedLimit[] {
  const stated: [string, number, Partial<StatedWindow> | undefined][] = [
    [account, QUARTER_SECONDS, headers],
    [account, DAY_SECONDS, headers.userDay],
    [APP, DAY_SECONDS, headers.day],
  ];
  return stated.flatMap(([whose, seconds, window]) => {
    const { limit, remaining, reset } = window ?? {};
    if (![limit, remaining, reset].every((figure) => Number.isFinite(figure))) return [];
    const resetsAt = new Date((reset ?? 0) * 1000);
    return [{ account: whose, seconds, capacity: limit ?? 0, remaining: remaining ?? 0, resetsAt }];
  });
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** X says 429 without saying until when: a minute, then two, up to a quarter of an hour. */
export const busyFor = (strikes: number): number => Math.min(15 * MINUTE_MS, MINUTE_MS * 2 ** Math.min(strikes, 10));

/** X says that what we send looks automated (code 226): an hour, then two, up to twelve. */
export const suspectedFor = (strikes: number): number => Math.min(12 * HOUR_MS, HOUR_MS * 2 ** Math.min(strikes, 10));
