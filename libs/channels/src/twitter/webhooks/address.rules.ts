/** X takes no longer ones. */
const LONGEST = 200;
/** Names nobody outside can look up (RFC 2606, RFC 6761, RFC 6762, RFC 8375). */
const PRIVATE_NAMES = /(^|\.)(localhost|test|example|invalid|local|internal|home\.arpa)$/;

/** As the URL standard writes them. */
const IP_ADDRESS = /^(\[.*\]|[\d.]+)$/;

const WEBHOOK_PATH = '/webhooks/twitter';

/** Where X is to knock. */
export const webhookAddress = (baseUrl: string): string => `${baseUrl.replace(/\/+$/, '')}${WEBHOOK_PATH}`;

/**
 * Whether X can knock there: https, a public name, no port, 200 characters at most (X's rules, 2026). A sandbox takes any.
 */
export function canBeKnockedAt(address: string, isSandbox: boolean): boolean {
  if (isSandbox) return true;
  const url = new URL(address);
  const isPublic = url.hostname.includes('.') && !IP_ADDRESS.test(url.hostname);
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    isPublic &&
    !PRIVATE_NAMES.test(url.hostname) &&
    address.length <= LONGEST
  );
}

/** A webhook as X lists it. */
export interface RegisteredWebhook {
  id: string;
  url: string;
  valid: boolean;
}

export type WebhookPlan =
  | { step: 'fine'; id: string }
  /** Ask X to check it again: it delivers nothing until then. */
  | { step: 'revalidate'; id: string }
  /** `stale`: one this house registered at an address it had before and that answers no more; it takes up the place. */
  | { step: 'create'; stale: string | null };

/**
 * What is to be done so that X knocks at the address.
 * @param made ids of the webhooks this house has registered: other houses may work with the same application
 */
export function planFor(
  address: string,
  registered: readonly RegisteredWebhook[],
  made: readonly string[],
): WebhookPlan {
  const own = registered.find(({ url }) => url === address);
  if (own) return own.valid ? { step: 'fine', id: own.id } : { step: 'revalidate', id: own.id };
  const stale = registered.find(({ id, valid }) => !valid && made.includes(id));
  return { step: 'create', stale: stale?.id ?? null };
}

/** What is to be subscribed to in X Activity: everything where Account Activity is not to be had, else what it lacks. */
export const activityWanted = (hasAccountActivity: boolean): readonly string[] =>
  hasAccountActivity
    ? ['chat.received']
    : ['dm.received', 'dm.sent', 'post.mention.create', 'chat.received', 'oauth.revoke'];
