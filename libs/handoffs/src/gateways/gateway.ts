import type { GatewayKind, HandoffWord } from '#contracts';
import type { HandoffRecord } from '../handoff/handoff-record.js';
import type { PartnerRecord } from '../partners/partner-record.js';

/** One word of ours for a partner, as a gateway gets it. */
export interface Parcel {
  deliveryId: string;
  entryId: string;
  /** Its place among all that was said about the handoff. */
  seq: number;
  /** The same for every try: by it a repetition is known. */
  ref: string;
  word: HandoffWord;
  at: Date;
  byName: string;
  attachmentIds: string[];
  handoff: HandoffRecord;
  partner: PartnerRecord;
}

/** What became of a try: taken, to be tried again, or never to be taken as it is. */
export interface Handed {
  verdict: 'sent' | 'again' | 'dead';
  error: string | null;
  /** Seconds the other side asked to wait. */
  retryAfter: number | null;
}

export const SENT: Handed = { verdict: 'sent', error: null, retryAfter: null };

/**
 * A way to partners. `deliver` holds no transaction, may be called again with the same parcel after a crash, and must then not be
 * a second message to them.
 */
export interface PartnerGateway {
  readonly kind: GatewayKind;
  deliver(parcel: Parcel): Promise<Handed>;
}
