import type { DecisionOutcome, Priority } from '#contracts';
import { addMonths } from './days.rules.js';
import type { TermParameter } from './terms.rules.js';

/** The same fault of the same phone on an earlier case. */
export interface EarlierFault {
  /** The day the phone was given back after it; where it never was, the day it was said. */
  since: string;
  /** What was decided then, if anything was. */
  outcome: DecisionOutcome | null;
}

export interface Returned {
  /** Of the longer of the two terms it is within. */
  months: number;
  /** What says that repairing it again costs nothing. */
  free: TermParameter | null;
}

/**
 * Whether a fault is the earlier one come back: within the months the house looks for it, or within those the law treats it as the
 * same. Free is what the law says of it; what was not covered then is not covered for having come back.
 */
export function returnedFrom(
  earlier: EarlierFault,
  today: string,
  window: TermParameter | null,
  law: TermParameter | null,
): Returned | null {
  const within = (rule: TermParameter | null): rule is TermParameter & { months: number } =>
    rule !== null && rule.months !== null && today <= addMonths(earlier.since, rule.months);
  if (!within(window) && !within(law)) return null;
  const months = Math.max(within(window) ? window.months : 0, within(law) ? law.months : 0);
  return { months, free: within(law) && earlier.outcome !== 'not_covered' ? law : null };
}

const LADDER: readonly Priority[] = ['low', 'normal', 'high', 'critical'];

/** One step up; the highest stays. */
export const raised = (priority: Priority): Priority => LADDER[LADDER.indexOf(priority) + 1] ?? priority;
