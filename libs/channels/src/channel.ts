import type { DeliveryReason, Language, ReplyChannel, StoredFile } from '#contracts';

/** A reply as a channel gets it: everything needed to send, nothing to look up. */
export interface OutgoingMessage {
  interactionId: string;
  caseReference: string;
  text: string;
  subject: string | null;
  /** Id of the public post it answers in public; null or missing: it goes to the customer alone. */
  answersPost?: string | null;
  attachments: StoredFile[];
  /** The customer's address on this channel. */
  to: { value: string | null; handle: string | null; display: string; name: string };
  /** The reply path as the last arrivals left it. */
  thread: { account: string | null; ref: string | null; lastMessageId: string | null; references: string[] };
  /** Who wrote it, and what they want to stand below their mails; null or missing: the usual. */
  author: { displayName: string; signature?: string | null };
  /** Nobody typed it: it says so, and nobody's program answers it. */
  automatic?: boolean;
  language: Language;
  /** Whether anybody said that it is theirs. */
  languageKnown: boolean;
  /** Why it must not leave any more; null or missing: it may. */
  refused?: DeliveryReason | null;
  /** Fixed before the first try and reused by every other (RFC 5322 §3.6.4). */
  messageId: string;
  /** When this message was handed over for the first time: nothing older can be its echo. */
  firstDueAt: Date;
}

export type SendOutcome =
  | { outcome: 'sent'; externalId: string; threadRef?: string }
  /** Not accepted now; tried again at `at`, or after the usual back-off. */
  | { outcome: 'retry'; reason: DeliveryReason; detail: string; at?: Date }
  | { outcome: 'failed'; reason: DeliveryReason; detail: string }
  /**
   * Its turn has not come: no try, however long it takes. `at` null: once the channel lets it. `transmitting`: an earlier
   * try is still to be settled.
   */
  | { outcome: 'wait'; reason: DeliveryReason; detail: string; at: Date | null; transmitting: boolean }
  /** The line broke after the message may have been taken: never repeated blindly. */
  | { outcome: 'unknown'; detail: string; at?: Date };

/** The right to a try. Sending that takes long says now and then that it is still at it. */
export interface Lease {
  /** @throws LeaseLost when another try has begun: nothing of this one may leave any more */
  keep: () => Promise<void>;
}

export class LeaseLost extends Error {}

/** A way out of the house. Two exist: X and mail. */
export interface OutboundChannel {
  readonly channel: ReplyChannel;
  /** Whether the other side can be asked what became of a try; if not, an unknown outcome is a person's to decide. */
  readonly settles: boolean;
  send(message: OutgoingMessage, lease?: Lease): Promise<SendOutcome>;
  /** Whether a try whose outcome is unknown arrived after all: `sent`, `retry` when surely not, `unknown` when nobody can tell. */
  settle(message: OutgoingMessage): Promise<SendOutcome>;
}

export const OUTBOUND_CHANNELS = Symbol('OutboundChannels');
