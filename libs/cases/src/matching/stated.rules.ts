import type { MatchedBy } from '#contracts';

/** A customer one of the stated addresses already belongs to. */
export interface AddressHolder {
  customerId: string;
  /** Made by an arrival, never confirmed by a person. */
  provisional: boolean;
  createdAt: Date;
  by: 'contact_point' | 'handle';
}

export interface StaffEvidence {
  /** The customer chosen on the screen. */
  chosen: string | null;
  /** Whose case the typed reference is. */
  byReference: string | null;
  holders: AddressHolder[];
}

export interface MatchDecision {
  /** Null: open a new customer. */
  customerId: string | null;
  matchedBy: MatchedBy;
  /** Customers that are this person too: taken in, with a journal. */
  absorb: string[];
  /** Confirmed customers who hold a stated address: never merged by themselves, shown. */
  conflicts: string[];
}

/**
 * Who stands at the counter or on the phone, from what staff said. A choice outweighs a reference, a reference an
 * address; among addresses the confirmed customer wins, then the oldest. Only provisional customers are taken in: a
 * person at the counter who states both addresses is the evidence that they are one.
 */
export function matchStated({ chosen, byReference, holders }: StaffEvidence): MatchDecision {
  const ranked = [...holders].sort(
    (a, b) => Number(a.provisional) - Number(b.provisional) || a.createdAt.getTime() - b.createdAt.getTime(),
  );
  const first = ranked[0];
  const customerId = chosen ?? byReference ?? first?.customerId ?? null;
  const others = new Map(
    ranked.filter((holder) => holder.customerId !== customerId).map((holder) => [holder.customerId, holder]),
  );
  return {
    customerId,
    matchedBy: chosen ? 'customer' : byReference ? 'reference' : (first?.by ?? 'new_customer'),
    absorb: [...others.values()].filter((holder) => holder.provisional).map((holder) => holder.customerId),
    conflicts: [...others.values()].filter((holder) => !holder.provisional).map((holder) => holder.customerId),
  };
}
