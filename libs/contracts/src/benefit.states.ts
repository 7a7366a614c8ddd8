import type { BenefitKind, BenefitState } from './benefits.js';

/** Where a benefit may go from where. What was refused or called off is over; somebody may give another one. */
export const BENEFIT_TRANSITIONS: Record<BenefitState, readonly BenefitState[]> = {
  proposed: ['approved', 'refused', 'cancelled'],
  approved: ['active', 'issued', 'cancelled'],
  active: ['stopped', 'ended'],
  issued: ['ended'],
  stopped: [],
  ended: [],
  refused: [],
  cancelled: [],
};

export const canMoveBenefit = (from: BenefitState, to: BenefitState): boolean => BENEFIT_TRANSITIONS[from].includes(to);

/** What it becomes when it takes effect: something that runs, or something that is handed out. */
export const TAKES_EFFECT_AS: Record<BenefitKind, 'active' | 'issued'> = {
  fee_discount: 'active',
  repair_contribution: 'active',
  privilege: 'active',
  voucher: 'issued',
  points: 'issued',
};

/** What stops when everything works again; the others have been handed out, or come to their own end. */
export const stopsAtRestoration = (kind: BenefitKind): boolean => kind === 'fee_discount';

/** Nothing more comes of it. */
export const isBenefitOver = (state: BenefitState): boolean => BENEFIT_TRANSITIONS[state].length === 0;

/** What counts against limits: what was given, and what is asked for. Proposals of rules nobody has taken up do not. */
export const COUNTED_STATES = [
  'approved',
  'active',
  'issued',
  'stopped',
  'ended',
] as const satisfies readonly BenefitState[];
