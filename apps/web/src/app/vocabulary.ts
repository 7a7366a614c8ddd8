import type { ImpactKind, WaitReason } from '#contracts';

/** The closed lists the screens offer, in the order a person reads them. The types say that no word is foreign. */
export const WAIT_REASONS = ['customer', 'partner', 'parts', 'courier'] as const satisfies WaitReason[];
export const IMPACT_KINDS = ['calls', 'data', 'photos', 'apps', 'other'] as const satisfies ImpactKind[];
