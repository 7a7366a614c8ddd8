import type { ClockMetric, ClockSide } from '#contracts';
import { runs, type Ledger, type Moment } from './clock.rules.js';
import { isGiven } from './handed.rules.js';

/** When each clock begins, what it waits for, and when nobody waits for it any more. */

export interface MetricRule {
  sides: readonly ClockSide[];
  starts: (moment: Moment, ledger: Ledger) => boolean;
  isMet: (moment: Moment, ledger: Ledger) => boolean;
  /** It goes without being met. So does every clock of a case that is over. */
  isVain?: (moment: Moment, ledger: Ledger) => boolean;
  /** It stands still for nobody. */
  isSteady?: true;
}

type CaseMetric = Exclude<ClockMetric, 'next_update' | 'partner_acknowledge' | 'partner_return'>;

const isUseful = (moment: Moment) => moment.kind === 'answered' && moment.useful;
const isGoingOn = (moment: Moment) =>
  moment.kind === 'opened' || (moment.kind === 'status' && moment.status === 'open');

/** Those of the case itself; a handoff has its own (handed.rules.ts). Only where work may lie with others does the team have one of its own. */
export const RULES: Record<CaseMetric, MetricRule> = {
  first_useful_action: {
    sides: ['customer'],
    starts: (moment) => moment.kind === 'opened',
    isMet: isUseful,
  },
  next_response: {
    sides: ['customer'],
    starts: (moment, ledger) => moment.kind === 'customer_wrote' && !runs(ledger, 'first_useful_action'),
    isMet: isUseful,
    isVain: (moment) => moment.kind === 'unasked',
  },
  silence: {
    sides: ['customer'],
    starts: (moment, ledger) =>
      ledger.lacking && (moment.kind === 'lacks' || moment.kind === 'answered' || isGoingOn(moment)),
    isMet: (moment) => moment.kind === 'answered',
    isVain: (_, ledger) => !ledger.lacking,
    isSteady: true,
  },
  relief: {
    sides: ['customer', 'team'],
    starts: (moment, ledger) => ledger.lacking && (moment.kind === 'lacks' || isGoingOn(moment)),
    // What went to another case was relieved by nobody.
    isMet: (moment, ledger) => !ledger.lacking && !(moment.kind === 'lacks' && moment.moved),
    isVain: (_, ledger) => !ledger.lacking,
  },
  resolution: {
    sides: ['customer', 'team'],
    starts: isGoingOn,
    isMet: (moment) => moment.kind === 'status' && (moment.status === 'restored' || moment.status === 'closed'),
  },
  // Somebody waits for a partner who was given nothing: by telephone, say.
  partner_answer: {
    sides: ['partner'],
    starts: (moment, ledger) =>
      moment.kind === 'status' && moment.waitingFor === 'partner' && !ledger.handoffs.some(isGiven),
    isMet: (moment) => moment.kind === 'status' && moment.status !== 'dropped' && moment.waitingFor !== 'partner',
    isVain: (moment, ledger) => moment.kind === 'handed' && ledger.handoffs.some(isGiven),
    isSteady: true,
  },
};

export const METRICS = Object.entries(RULES) as [CaseMetric, MetricRule][];

/** How its metric goes in a case; null: it has no rule of its own. */
export const ruleOf = (metric: ClockMetric): MetricRule | null =>
  (RULES as Partial<Record<ClockMetric, MetricRule>>)[metric] ?? null;
