import type { QuoteState, RepairStage } from './repairs.words.js';

/** How an order comes to a stage: somebody moves it, its quote brings it there, or the device is handed back. */
export type StageBy = 'person' | 'quote' | 'hand_back';

/**
 * Where a repair order may go from where. The customer decides about money, so `quoted`, `approved` and `declined` come with the
 * quote alone; where nobody has to pay anything, work begins after the diagnosis. What ends without a repair still has to go back.
 */
export const REPAIR_TRANSITIONS: Record<RepairStage, Partial<Record<RepairStage, StageBy>>> = {
  received: { diagnosed: 'person', quoted: 'quote', approved: 'quote', unrepairable: 'person', cancelled: 'person' },
  diagnosed: {
    quoted: 'quote',
    approved: 'quote',
    in_repair: 'person',
    unrepairable: 'person',
    cancelled: 'person',
  },
  // Back to diagnosed when the quote ran out.
  quoted: { approved: 'quote', declined: 'quote', diagnosed: 'quote', unrepairable: 'person', cancelled: 'person' },
  // Something else was found: quoted anew.
  approved: { in_repair: 'person', quoted: 'quote', unrepairable: 'person', cancelled: 'person' },
  in_repair: { repaired: 'person', quoted: 'quote', unrepairable: 'person', cancelled: 'person' },
  repaired: { in_repair: 'person', returned: 'hand_back' },
  returned: { closed: 'person' },
  closed: {},
  // Replaced, refunded or bought out: the device may stay.
  unrepairable: { diagnosed: 'person', returned: 'hand_back', closed: 'person' },
  declined: { quoted: 'quote', approved: 'quote', returned: 'hand_back', cancelled: 'person' },
  cancelled: { returned: 'hand_back' },
};

export const canMoveRepair = (from: RepairStage, to: RepairStage, by: StageBy): boolean =>
  REPAIR_TRANSITIONS[from][to] === by;

/** Where somebody may move it by hand. */
export const movesOfRepair = (from: RepairStage): RepairStage[] =>
  (Object.entries(REPAIR_TRANSITIONS[from]) as [RepairStage, StageBy][]).flatMap(([to, by]) =>
    by === 'person' ? [to] : [],
  );

/** Whether the device is back and nothing is left to do. */
export const isRepairOver = (stage: RepairStage): boolean => stage === 'returned' || stage === 'closed';

/** What was offered is never changed: it is decided, runs out, or a newer version takes its place. */
export const QUOTE_TRANSITIONS: Record<QuoteState, readonly QuoteState[]> = {
  // Approved at once where the customer has nothing to pay.
  draft: ['offered', 'approved', 'withdrawn'],
  offered: ['approved', 'declined', 'expired', 'superseded', 'withdrawn'],
  approved: ['superseded'],
  declined: [],
  expired: [],
  superseded: [],
  withdrawn: [],
};

export const canMoveQuote = (from: QuoteState, to: QuoteState): boolean => QUOTE_TRANSITIONS[from].includes(to);
