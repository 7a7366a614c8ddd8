import type { StaffPanel } from '#contracts';

export interface StaffFacts {
  onShift: boolean;
  isAway: boolean;
  awayUntil: string | null;
}

/** What somebody who is at no case is doing. Whoever is away is away, also on shift. */
export function stateOf({ onShift, isAway, awayUntil }: StaffFacts): Pick<StaffPanel, 'state' | 'until'> {
  if (isAway) return { state: 'away', until: awayUntil };
  return { state: onShift ? 'available' : 'off', until: null };
}
