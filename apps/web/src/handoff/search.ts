import { HandoffMeasure } from '#contracts';
import type { HandoffView } from './handoffRequests.js';

/** What stands behind the question mark of the page of handoffs. */

export const HANDOFF_VIEWS = [
  'waits_on_us',
  'waits_on_them',
  'unacknowledged',
  'dead',
  'all',
] as const satisfies HandoffView[];
/** `open` is what one sees first; `letters`: what came and could not be taken. */
export type HandoffsShown = (typeof HANDOFF_VIEWS)[number] | 'letters';

export interface HandoffsSearch {
  show?: HandoffsShown;
  partner?: string;
  /** Those a figure of a scorecard counts, of so many days. */
  measure?: HandoffMeasure;
  days?: number;
}

export const readHandoffs = ({ show, partner, measure, days }: Record<string, unknown>): HandoffsSearch => {
  const known = ([...HANDOFF_VIEWS, 'letters'] as const).find((each) => each === show);
  const counted = HandoffMeasure.options.find((each) => each === measure);
  return {
    ...(known ? { show: known } : {}),
    ...(typeof partner === 'string' ? { partner } : {}),
    ...(counted ? { measure: counted, days: typeof days === 'number' && days >= 1 && days <= 730 ? days : 90 } : {}),
  };
};
