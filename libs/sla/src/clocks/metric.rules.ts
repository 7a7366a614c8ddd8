import type { ClockMetric, ClockSide } from '#contracts';
import { runs, type Ledger, type Moment } from './clock.rules.js';

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

const isUseful = (moment: Moment) => moment.kind === 'answered' && moment.useful;
const isGoingOn = (moment: Moment) =>
  moment.kind === 'opened' || (moment.kind === 'status' && moment.status === 'open');
const isHanded = (moment: Moment, step: 'sent' | 'acknowledged' | 'returned' | 'dropped') =>
  moment.kind === 'handed' && moment.step === step;

/** Only where work may lie with others does the team have a clock of its own. */
export const RULES: Record<Exclude<ClockMetric, 'next_update'>, MetricRule> = {
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
  partner_acknowledge: {
    sides: ['partner'],
    starts: (moment) => isHanded(moment, 'sent'),
    isMet: (moment) => isHanded(moment, 'acknowledged'),
    isVain: (moment) => isHanded(moment, 'dropped'),
    isSteady: true,
  },
  partner_answer: {
    sides: ['partner'],
    starts: (moment) => moment.kind === 'status' && moment.waitingFor === 'partner',
    isMet: (moment) => moment.kind === 'status' && moment.status !== 'dropped' && moment.waitingFor !== 'partner',
    isSteady: true,
  },
  partner_return: {
    sides: ['partner'],
    starts: (moment) => isHanded(moment, 'sent'),
    isMet: (moment) => isHanded(moment, 'returned'),
    isVain: (moment) => isHanded(moment, 'dropped'),
    isSteady: true,
  },
};

export const METRICS = Object.entries(RULES) as [keyof typeof RULES, MetricRule][];
