import { z } from 'zod';

/** How much a mail is the word of a person; stored on the interaction. The words stand in AUTOMATIC_KINDS. */
export const AutomaticKind = z.enum(['auto_reply', 'generated', 'list', 'bulk', 'unattended']);
export type AutomaticKind = z.infer<typeof AutomaticKind>;

/** What a check of SPF, DKIM or DMARC came to (RFC 8601 §2.7); whatever else a server wrote is `none`. */
export const AuthResult = z.enum(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror']);
export type AuthResult = z.infer<typeof AuthResult>;

/**
 * What is known of who really sent a mail; stored on the interaction. `verified`: true, the domain of the sender vouches for
 * it; false, it denies it; null, it says nothing. `proof`: what it counts for when somebody's identity matters: only `strong`
 * (a signature of the sender's own domain) is evidence.
 */
export const SenderTrust = z.object({
  verified: z.boolean().nullable(),
  by: z.enum(['dmarc', 'dkim', 'spf']).nullable(),
  proof: z.enum(['none', 'weak', 'strong']),
  spf: AuthResult,
  dkim: AuthResult,
  dmarc: AuthResult,
  /** Of the address in From. */
  domain: z.string().max(254).nullable(),
  /** Who looked: a mail server in front of us that we trust, or we ourselves. */
  source: z.enum(['header', 'check']),
});
export type SenderTrust = z.infer<typeof SenderTrust>;

/** What a mail server reported of a mail of ours; the last report stands on its delivery. */
export const DeliveryReport = z.object({
  action: z.enum(['failed', 'delayed', 'delivered', 'relayed', 'expanded', 'read']),
  /** Enhanced status code (RFC 3463), `5.1.1`; null when it told none. */
  status: z.string().max(20).nullable(),
  /** What the other server said, verbatim. */
  diagnostic: z.string().max(500).nullable(),
  recipient: z.string().max(320).nullable(),
  at: z.iso.datetime({ offset: true }),
});
export type DeliveryReport = z.infer<typeof DeliveryReport>;

/** `open`: nobody decided yet · `released`: taken in after all · `discarded`: somebody looked and needs nothing of it. */
export const RejectState = z.enum(['open', 'released', 'discarded']);
export type RejectState = z.infer<typeof RejectState>;
