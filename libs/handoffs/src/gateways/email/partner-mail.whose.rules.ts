import type { LetterReason } from '#contracts';

/** Whose a mail is: decided by marks of ours and by who wrote it, with what is known of both at hand. */

export interface KnownHandoff {
  id: string;
  reference: string;
  partnerId: string;
  partnerRef: string | null;
}

export interface MailSigns {
  /** Handoffs named by an address or a Message-ID that only we can have made. */
  tagged: KnownHandoff[];
  answered: KnownHandoff[];
  /** Partners that write from this address. */
  senders: string[];
  /** Somebody pretends to be them: their domain denies the mail. */
  isDenied: boolean;
  /** It bears a mark of a customer's case. */
  isOfCase: boolean;
  /** Handoffs of these partners whose number of ours stands in it, and those whose number of theirs stands in its subject. */
  named: KnownHandoff[];
  numbered: KnownHandoff[];
}

export type Whose =
  | { whose: 'handoff'; handoff: KnownHandoff }
  | { whose: 'nobody'; partnerId: string | null; handoffId: string | null; error: LetterReason }
  /** A customer's, as far as anybody can tell here. */
  | { whose: 'customer' };

const dead = (error: LetterReason, partnerId: string | null, handoffId: string | null = null): Whose => ({
  whose: 'nobody',
  partnerId,
  handoffId,
  error,
});

/**
 * A mark of ours is known to whoever had a mail of ours: it counts for the company it was made for, and for a colleague whose address we
 * do not know; from another company it opens nothing. Without one, only who writes from an address of a company is that company, and what
 * it writes goes to the one handoff it names. The rest is kept for a person; it never becomes a customer's case.
 */
export function whoseMail(signs: MailSigns): Whose {
  const { tagged, answered, senders, isOfCase } = signs;
  const marked = tagged[0] ?? answered[0];
  // A mark of a case can only be had from a mail to a customer: whoever bears it, and none of a handoff, is one.
  if (!marked) return senders.length === 0 || isOfCase ? { whose: 'customer' } : unmarked(signs);
  const [first] = senders;
  if (signs.isDenied) return dead('sender_denied', marked.partnerId, marked.id);
  if (senders.includes(marked.partnerId)) return { whose: 'handoff', handoff: marked };
  if (first) return dead('another_company', first);
  if (tagged.length > 0) return { whose: 'handoff', handoff: marked };
  return isOfCase ? { whose: 'customer' } : dead('unknown_sender', marked.partnerId, marked.id);
}

function unmarked({ senders, isDenied, named, numbered }: MailSigns): Whose {
  const partnerId = senders.length === 1 ? (senders[0] ?? null) : null;
  if (isDenied) return dead('sender_denied', partnerId);
  const [one, ...others] = named.length > 0 ? named : numbered;
  return one && others.length === 0 ? { whose: 'handoff', handoff: one } : dead('no_handoff', partnerId);
}
