import type { Clock } from '../clock.js';

const WINDOW_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** What one endpoint grants one user per 15 minutes, and per day where X counts days too. */
export interface Allowance {
  perWindow: number;
  perDay?: number;
}

export const STRICT = {
  'dm-lookup': { perWindow: 15 },
  'dm-send': { perWindow: 15, perDay: 1440 },
  users: { perWindow: 75 },
  media: { perWindow: 500 },
} as const satisfies Record<string, Allowance>;
export type LimitName = keyof typeof STRICT;

/** Headers are there, the end is not in sight. */
const GENEROUS: Allowance = { perWindow: 100_000, perDay: 1_000_000 };

interface Window {
  used: number;
  endsAt: number;
}

export interface Verdict {
  allowed: boolean;
  headers: Record<string, string>;
}

/** X's fixed windows: each begins with the first call in it. A refused call is not counted. */
export class RateLimits {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly now: Clock) {}

  /** Windows counted under other rules mean nothing. */
  forget(): void {
    this.windows.clear();
  }

  /** `bucket` is the endpoint; sends share one, lookups have one each. */
  take(name: LimitName, bucket: string, strict: boolean): Verdict {
    const allowance: Allowance = strict ? STRICT[name] : GENEROUS;
    const counted = strict ? allowance : { ...allowance, perDay: name === 'dm-send' ? allowance.perDay : undefined };
    const window = this.window(`${bucket} window`, WINDOW_MS);
    const day = counted.perDay === undefined ? null : this.window(`${bucket} day`, DAY_MS);
    const allowed = window.used < counted.perWindow && (day === null || day.used < (counted.perDay ?? 0));
    if (allowed) {
      window.used += 1;
      if (day) day.used += 1;
    }
    const headers = limitHeaders('x-rate-limit', counted.perWindow, window);
    if (day && counted.perDay !== undefined) {
      Object.assign(headers, limitHeaders('x-user-limit-24hour', counted.perDay, day));
      Object.assign(headers, limitHeaders('x-app-limit-24hour', counted.perDay, day));
    }
    return { allowed, headers };
  }

  /** A window that is used up until a moment (ms), whatever was counted. */
  static exhausted(until: number): Record<string, string> {
    return limitHeaders('x-rate-limit', STRICT['dm-send'].perWindow, {
      used: STRICT['dm-send'].perWindow,
      endsAt: until,
    });
  }

  private window(key: string, length: number): Window {
    const now = this.now();
    const open = this.windows.get(key);
    if (open && open.endsAt > now) return open;
    const fresh = { used: 0, endsAt: now + length };
    this.windows.set(key, fresh);
    return fresh;
  }
}

function limitHeaders(prefix: string, limit: number, window: Window): Record<string, string> {
  return {
    [`${prefix}-limit`]: String(limit),
    [`${prefix}-remaining`]: String(Math.max(0, limit - window.used)),
    [`${prefix}-reset`]: String(Math.ceil(window.endsAt / 1000)),
  };
}
