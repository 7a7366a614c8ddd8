/** What is known of a webhook: whether X takes it for valid, and when it last brought something. */
export interface WebhookWord {
  isValid: boolean;
  lastInAt: Date | null;
}

/** What is known of an account when its next look is to be set. */
export interface Pace {
  /** HILO_TWITTER_POLL_SECONDS. */
  everyMs: number;
  now: Date;
  /** When a look last found what nothing had brought before; null: never. */
  lastFoundAt: Date | null;
  webhook: WebhookWord;
}

const ACTIVE_MS = 5 * 60_000;
/** A webhook that has brought nothing for so long proves nothing. */
const PROOF_MS = 24 * 3_600_000;
const SLOWER = 5;
const SLOWEST_MS = 5 * 60_000;

/** Whether the webhook brings everything, as far as anybody can tell. */
export function brings({ now, lastFoundAt, webhook }: Omit<Pace, 'everyMs'>): boolean {
  if (!webhook.isValid || webhook.lastInAt === null) return false;
  if (now.getTime() - webhook.lastInAt.getTime() > PROOF_MS) return false;
  return lastFoundAt === null || webhook.lastInAt > lastFoundAt;
}

/**
 * How long until the next look: the usual pause while looks find something or the webhook does not bring everything, five
 * times as long (five minutes at most) while it does.
 */
export function pauseUntilNextLook(pace: Pace): number {
  const isActive = pace.lastFoundAt !== null && pace.now.getTime() - pace.lastFoundAt.getTime() < ACTIVE_MS;
  if (isActive || !brings(pace)) return pace.everyMs;
  return Math.min(pace.everyMs * SLOWER, Math.max(pace.everyMs, SLOWEST_MS));
}
