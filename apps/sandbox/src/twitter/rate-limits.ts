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
  posts: { perWindow: 300 },
  'post-send': { perWindow: 100 },
  webhooks: { perWindow: 450 },
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

  /** `bucket` is the caller and the endpoint; sends share one, lookups have one each. A day's sends are counted for all callers too. */
  take(name: LimitName, bucket: string, strict: boolean, sends?: Allowance): Verdict {
    const { perWindow, perDay } = this.allowance(name, strict, sends);
    const days = name === 'dm-send' && perDay !== undefined ? perDay : null;
    const counted: [string, number, Window][] = [
      ['x-rate-limit', perWindow, this.window(`${bucket} window`, WINDOW_MS)],
    ];
    if (days !== null) {
      counted.push(['x-user-limit-24hour', days, this.window(`${bucket} day`, DAY_MS)]);
      counted.push(['x-app-limit-24hour', days, this.window(`${name} app day`, DAY_MS)]);
    }
    const allowed = counted.every(([, most, window]) => window.used < most);
    if (allowed) for (const [, , window] of counted) window.used += 1;
    const headers = counted.map(([prefix, most, window]) => limitHeaders(prefix, most, window));
    return { allowed, headers: Object.assign({}, ...headers) as Record<string, string> };
  }

  private allowance(name: LimitName, strict: boolean, sends: Allowance | undefined): Allowance {
    if (!strict) return GENEROUS;
    return name === 'dm-send' && sends ? sends : STRICT[name];
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
