import { PROOF_MINUTES, reaches, type ContactSource, type ProofLevel, type ProofMethod } from '#contracts';

/** An address as its weight as evidence depends on it. */
export interface Standing {
  source: ContactSource;
  isVerified: boolean;
  isShared: boolean;
  hasEnded: boolean;
  createdAt: Date;
  customerCreatedAt: Date;
  /** The record of another person somebody knew was taken into this customer's: whose it says it is may be either. */
  isJoined: boolean;
}

/** What a customer is made with is written within this. */
const FOUNDING_MS = 60_000;

/**
 * What somebody proves who shows that they hold an address. Strong: we know of it from the contract, somebody made sure, or
 * the customer has been known by it from the beginning. An address that came later (told, taken along by a merge) is only
 * weak: else whoever adds theirs would prove themselves by it. What is shared proves nobody.
 */
export function weightOf(address: Standing): ProofLevel {
  if (address.isShared || address.hasEnded) return 'none';
  if (address.isVerified || address.source === 'import') return 'strong';
  const founding = Math.abs(address.createdAt.getTime() - address.customerCreatedAt.getTime()) <= FOUNDING_MS;
  return founding && !address.isJoined ? 'strong' : 'weak';
}

/** The last message by one address. */
export interface LastWord extends Standing {
  channel: string;
  /** What the mail's signatures prove (SenderTrust); null: it is no mail, or nobody looked. */
  senderProof: ProofLevel | null;
  caseOpenedAt: Date;
  at: Date;
}

export interface ChannelProof {
  level: ProofLevel;
  method: ProofMethod | null;
}

const NOTHING: ChannelProof = { level: 'none', method: null };

/**
 * What a message proves by the channel it came by: a mail whose domain vouches for it, from an address known before; an
 * account on X that somebody made sure of. Who can be imitated (any other mail, a telephone number) proves nothing.
 */
export function channelProof(word: LastWord): ChannelProof {
  if (weightOf(word) === 'none') return NOTHING;
  const known = word.isVerified || word.source === 'import' || word.createdAt < word.caseOpenedAt;
  if (word.channel === 'email' && word.senderProof === 'strong' && known)
    return { level: 'weak', method: 'sender_verified' };
  if (word.channel === 'twitter' && word.isVerified) return { level: 'weak', method: 'account' };
  return NOTHING;
}

export interface GivenProof {
  level: ProofLevel;
  method: ProofMethod;
  expiresAt: Date;
}

/** Until when a proof given at `at` holds. */
export const heldUntil = (method: ProofMethod, at: Date): Date =>
  new Date(at.getTime() + PROOF_MINUTES[method] * 60_000);

/** The one that counts at `now`: the strongest; among equals the one that lasts longest. */
export function strongest<Given extends GivenProof>(proofs: readonly Given[], now: Date): Given | null {
  return (
    proofs
      .filter(({ expiresAt }) => expiresAt > now)
      .toSorted((one, other) => {
        if (one.level !== other.level) return reaches(one.level, other.level) ? -1 : 1;
        return other.expiresAt.getTime() - one.expiresAt.getTime();
      })[0] ?? null
  );
}
