import type { LegState } from './handoffs.words.js';

/**
 * Where a shipment may go from where. What nobody carries arrives without having been under way; what was lost may be found; what
 * comes back to whoever sent it is cancelled on its way.
 */
export const LEG_TRANSITIONS: Record<LegState, readonly LegState[]> = {
  planned: ['under_way', 'arrived', 'cancelled'],
  under_way: ['arrived', 'lost', 'cancelled'],
  lost: ['arrived', 'cancelled'],
  arrived: [],
  cancelled: [],
};

export const canMoveLeg = (from: LegState, to: LegState): boolean => LEG_TRANSITIONS[from].includes(to);

/** Whether nothing becomes of it any more. */
export const isLegOver = (state: LegState): boolean => LEG_TRANSITIONS[state].length === 0;
