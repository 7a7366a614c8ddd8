import { z } from 'zod';
import type { Clock } from './clock.js';
import type { Feed } from './feed.js';

const count = z.number().int().min(0).max(1_000_000);
const addresses = z.array(z.string().trim().toLowerCase().min(1).max(320)).max(200);

/** Ways in which X says 403 to a send. */
export const REFUSALS = [
  'no_permission',
  'automated',
  'cannot_message',
  'not_following',
  'app_lacks_right',
  'not_permitted',
] as const;

const TwitterKnobs = z.strictObject({
  /** `strict`: 15 calls per 15 min per endpoint, 1,440 sends a day. `generous`: headers yes, limits no one meets. */
  rateLimits: z.enum(['generous', 'strict']),
  /** The next N calls about direct messages answer 429. */
  limitNext: count,
  /** Every call about direct messages answers 429 for so many seconds from now; reads back what is left. */
  limitForSeconds: z.number().int().min(0).max(86_400),
  /** What `strict` grants an account for sends: per 15 minutes, per day. */
  sendsPerWindow: z.number().int().min(0).max(100_000),
  sendsPerDay: z.number().int().min(0).max(1_000_000),
  /** The next N sends are refused with 403, in the way `refuseWith` says. */
  refuseNext: count,
  refuseWith: z.enum(REFUSALS),
  /** 401 for everybody: keys withdrawn. */
  unauthorised: z.boolean(),
  /** 402 for everybody: credits gone. */
  outOfCredits: z.boolean(),
  /** Share of calls answered 503 before anything happens, evenly spread: 0.25 is every fourth. */
  errorRate: z.number().min(0).max(1),
  /** The next N calls answer 503 before anything happens. */
  errorNext: count,
  /** The next N sends are delivered, then answered 503. */
  errorAfterCommitNext: count,
  /** The next N sends are delivered, then the connection breaks without an answer. */
  resetAfterCommitNext: count,
  /** The next N requests for keys of OAuth 2.0 answer 503; every one waits so long, the keys changed by then. */
  tokenErrorNext: count,
  tokenLatencyMs: z.number().int().min(0).max(60_000),
  /** How many times a finished film is asked for before it is ready; -1: X cannot use it. */
  filmSteps: z.number().int().min(-1).max(1000),
  /** The next N files of messages and posts answer 503; each waits so long; `noFiles`: there are none any more (404). */
  fileErrorNext: count,
  fileLatencyMs: z.number().int().min(0).max(600_000),
  noFiles: z.boolean(),
  /** Every answer waits so long. */
  latencyMs: z.number().int().min(0).max(60_000),
  /** A message to an id nobody has here: `adopt` makes a person of it, `refuse` answers 404. */
  unknownRecipients: z.enum(['adopt', 'refuse']),
});

const WebhookKnobs = z.strictObject({
  /** `false`: nothing is delivered, only polling finds new messages. */
  enabled: z.boolean(),
  envelope: z.enum(['aaa', 'xaa', 'both']),
  /** How many times each delivery is made, at the same moment. */
  copies: z.number().int().min(1).max(100),
  delayMs: z.number().int().min(0).max(3_600_000),
  /** Gather what comes within half a second and deliver the newest first. */
  reorder: z.boolean(),
  /** What X offers the application: Account Activity, X Activity, or both. */
  products: z.enum(['both', 'aaa', 'xaa']),
});

const MailKnobs = z.strictObject({
  /** The next N mails to customers are deferred (450). */
  deferNext: count,
  /** Addresses that are deferred each time: `ana@x.test`, or `@x.test` for the whole domain. */
  deferAddresses: addresses,
  /** Addresses that are refused for good (550), written the same way. */
  refuseAddresses: addresses,
  /** The next N mails break in the middle of DATA: nothing was received. */
  dropNext: count,
  /** The next N mails are received, then the connection breaks before the answer. */
  dropAfterAcceptNext: count,
});

export const Knobs = z.strictObject({ twitter: TwitterKnobs, webhooks: WebhookKnobs, mail: MailKnobs });
export type Knobs = z.infer<typeof Knobs>;

export const KnobPatch = z.strictObject({
  twitter: TwitterKnobs.partial().optional(),
  webhooks: WebhookKnobs.partial().optional(),
  mail: MailKnobs.partial().optional(),
});
export type KnobPatch = z.infer<typeof KnobPatch>;

export const FAIR_WEATHER: Knobs = {
  twitter: {
    rateLimits: 'generous',
    limitNext: 0,
    limitForSeconds: 0,
    sendsPerWindow: 15,
    sendsPerDay: 1440,
    refuseNext: 0,
    refuseWith: 'no_permission',
    unauthorised: false,
    outOfCredits: false,
    errorRate: 0,
    errorNext: 0,
    errorAfterCommitNext: 0,
    resetAfterCommitNext: 0,
    tokenErrorNext: 0,
    tokenLatencyMs: 0,
    filmSteps: 0,
    fileErrorNext: 0,
    fileLatencyMs: 0,
    noFiles: false,
    latencyMs: 0,
    unknownRecipients: 'adopt',
  },
  webhooks: { enabled: true, envelope: 'aaa', copies: 1, delayMs: 0, reorder: false, products: 'both' },
  mail: { deferNext: 0, deferAddresses: [], refuseAddresses: [], dropNext: 0, dropAfterAcceptNext: 0 },
};

type TwitterCounter =
  | 'limitNext'
  | 'errorNext'
  | 'refuseNext'
  | 'tokenErrorNext'
  | 'fileErrorNext'
  | 'errorAfterCommitNext'
  | 'resetAfterCommitNext';
type MailCounter = 'deferNext' | 'dropNext' | 'dropAfterAcceptNext';

/** The weather outside: what goes wrong, and how often. */
export class KnobBoard {
  private knobs: Knobs = structuredClone(FAIR_WEATHER);
  private limitedUntil = 0;
  private errorDebt = 0;

  constructor(
    private readonly now: Clock,
    private readonly feed: Feed,
  ) {}

  get current(): Knobs {
    return { ...this.knobs, twitter: { ...this.knobs.twitter, limitForSeconds: this.limitSecondsLeft() } };
  }

  set(patch: KnobPatch): Knobs {
    this.knobs = {
      twitter: { ...this.knobs.twitter, ...patch.twitter },
      webhooks: { ...this.knobs.webhooks, ...patch.webhooks },
      mail: { ...this.knobs.mail, ...patch.mail },
    };
    const seconds = patch.twitter?.limitForSeconds;
    if (seconds !== undefined) this.limitedUntil = this.now() + seconds * 1000;
    this.errorDebt = patch.twitter?.errorRate === undefined ? this.errorDebt : 0;
    this.feed.tell('knobs');
    return this.current;
  }

  reset(): Knobs {
    return this.set(structuredClone(FAIR_WEATHER));
  }

  /** Seconds until the exhausted limit is over; 0 when there is none. */
  limitSecondsLeft(): number {
    return Math.max(0, Math.ceil((this.limitedUntil - this.now()) / 1000));
  }

  /** Uses up one of a counted twitter fault. */
  takeTwitter(counter: TwitterCounter): boolean {
    return this.take(this.knobs.twitter, counter);
  }

  /** Uses up one of a counted mail fault. */
  takeMail(counter: MailCounter): boolean {
    return this.take(this.knobs.mail, counter);
  }

  /** Whether this call is one of the share that fails. Evenly spread, so that a test can count on it. */
  takeErrorShare(): boolean {
    this.errorDebt += this.knobs.twitter.errorRate;
    if (this.errorDebt < 1) return false;
    this.errorDebt -= 1;
    return true;
  }

  private take<K extends string>(counters: Record<K, number>, counter: K): boolean {
    if (counters[counter] <= 0) return false;
    counters[counter] -= 1;
    this.feed.tell('knobs');
    return true;
  }
}

/** Whether an address is on a list of addresses and `@domains`. */
export function isListed(address: string, list: readonly string[]): boolean {
  const plain = address.toLowerCase();
  return list.some((entry) => (entry.startsWith('@') ? plain.endsWith(entry) : plain === entry));
}
