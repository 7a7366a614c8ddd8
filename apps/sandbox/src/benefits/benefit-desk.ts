import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.js';

/** The carrier's billing, voucher and loyalty systems: they take what they are told, once, and may have a bad day. */

export const SYSTEMS = ['billing', 'voucher', 'loyalty'] as const;
export type System = (typeof SYSTEMS)[number];

const count = z.number().int().min(0).max(1000);
export const BadDay = z.strictObject({
  /** Every answer waits so long. */
  latencyMs: z.number().int().min(0).max(60_000),
  /** The next N messages are answered 503 before anything happens. */
  downNext: count,
  /** The next N are taken, then answered 503: they come again. */
  loseAnswerNext: count,
  /** The next N are refused for good (422). */
  refuseNext: count,
});
export type BadDay = z.infer<typeof BadDay>;

const Message = z.object({ id: z.string().min(1), type: z.string().min(1), data: z.record(z.string(), z.unknown()) });

export interface Taken {
  id: string;
  system: System;
  type: string;
  data: Record<string, unknown>;
  at: number;
  /** How often it came; it counts once. */
  times: number;
}

export interface Header {
  id: string;
  timestamp: string;
  signature: string;
}

const TOLERANCE_SECONDS = 300;
const GOOD_DAY: BadDay = { latencyMs: 0, downNext: 0, loseAnswerNext: 0, refuseNext: 0 };

export class BenefitDesk {
  private readonly taken = new Map<string, Taken>();
  private day: BadDay = { ...GOOD_DAY };

  constructor(
    private readonly secret: string,
    private readonly now: Clock,
  ) {}

  /** Newest first. */
  all(): Taken[] {
    return [...this.taken.values()].toReversed();
  }

  get weather(): BadDay {
    return this.day;
  }

  setWeather(part: Partial<BadDay>): BadDay {
    this.day = { ...this.day, ...part };
    return this.day;
  }

  /** Takes a message. @returns the status it is answered with, and why */
  take(system: System, header: Header, body: string): { status: number; reason: string } {
    if (!this.isSigned(header, body)) return { status: 401, reason: 'bad signature' };
    if (this.use('downNext')) return { status: 503, reason: 'down' };
    if (this.use('refuseNext')) return { status: 422, reason: 'refused' };
    const message = Message.safeParse(JSON.parse(body));
    if (!message.success || message.data.id !== header.id) return { status: 400, reason: 'not a message' };
    const before = this.taken.get(header.id);
    if (before) before.times += 1;
    else this.taken.set(header.id, { ...message.data, system, at: this.now(), times: 1 });
    return this.use('loseAnswerNext') ? { status: 503, reason: 'taken, then lost' } : { status: 200, reason: 'taken' };
  }

  /** Standard Webhooks: HMAC-SHA256 over id, time and the bytes as they came. */
  private isSigned({ id, timestamp, signature }: Header, body: string): boolean {
    if (Math.abs(this.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
    const right = createHmac('sha256', this.secret).update(`${id}.${timestamp}.${body}`).digest();
    return signature
      .split(' ')
      .map((one) => Buffer.from(one.replace(/^v1,/u, ''), 'base64'))
      .some((one) => one.length === right.length && timingSafeEqual(one, right));
  }

  private use(counter: 'downNext' | 'loseAnswerNext' | 'refuseNext'): boolean {
    if (this.day[counter] === 0) return false;
    this.day[counter] -= 1;
    return true;
  }
}
