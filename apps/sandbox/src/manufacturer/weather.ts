import { z } from 'zod';

const count = z.number().int().min(0).max(100_000);

/** How a bad day at the manufacturer looks. */
export const FactoryDay = z.strictObject({
  /** Its system answers nothing but 503 and tells nothing; what it would have told it tells once it is back. */
  down: z.boolean(),
  /** Every answer waits so long. */
  latencyMs: z.number().int().min(0).max(60_000),
  /** The next N calls are answered 503 before anything happens. */
  errorNext: count,
  /** The next N changes are made, then answered 503. */
  errorAfterCommitNext: count,
  /** The next N changes are made, then the connection breaks without an answer. */
  resetAfterCommitNext: count,
  /** The next N answers are 200 with a page in HTML, as a proxy in between gives them. */
  wrongNext: count,
  /** A new ticket is acknowledged by itself. */
  acknowledgeAtOnce: z.boolean(),
  /** Whether listeners are told at all. */
  events: z.boolean(),
  /** How many times each event is sent, at the same moment. */
  copies: z.number().int().min(1).max(20),
  delayMs: z.number().int().min(0).max(3_600_000),
  /** Gather what happens within half a second and tell the newest first. */
  reorder: z.boolean(),
  /** Events name the ticket and say nothing of it. */
  thin: z.boolean(),
});
export type FactoryDay = z.infer<typeof FactoryDay>;

export const GOOD_DAY: FactoryDay = {
  down: false,
  latencyMs: 0,
  errorNext: 0,
  errorAfterCommitNext: 0,
  resetAfterCommitNext: 0,
  wrongNext: 0,
  acknowledgeAtOnce: false,
  events: true,
  copies: 1,
  delayMs: 0,
  reorder: false,
  thin: false,
};

type Counter = 'errorNext' | 'errorAfterCommitNext' | 'resetAfterCommitNext' | 'wrongNext';

/** The day the manufacturer has. */
export class Weather {
  private day: FactoryDay = { ...GOOD_DAY };

  constructor(private readonly changed: () => void) {}

  get today(): Readonly<FactoryDay> {
    return this.day;
  }

  set(part: Partial<FactoryDay>): FactoryDay {
    this.day = { ...this.day, ...part };
    this.changed();
    return this.day;
  }

  /** Uses up one of what is counted. */
  take(counter: Counter): boolean {
    if (this.day[counter] === 0) return false;
    this.day = { ...this.day, [counter]: this.day[counter] - 1 };
    this.changed();
    return true;
  }
}
