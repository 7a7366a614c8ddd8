import { DomainError } from '#platform';
import type { Counting, Targets } from '../clocks/clock.rules.js';

/**
 * The same targets, of which a time that never comes by their calendar is infinitely far away: a rung nobody reaches keeps neither
 * the rungs below it nor other cases from being raised.
 */
export const orNever = ({ calendars = new Map(), ...targets }: Targets): Targets => ({
  ...Object.fromEntries(
    Object.entries(targets).map(([metric, target]) => [metric, { ...target, counting: patient(target.counting) }]),
  ),
  calendars: new Map([...calendars].map(([calendar, counting]) => [calendar, patient(counting)])),
});

const patient = ({ between, after }: Counting): Counting => ({
  between,
  after: (from, minutes) => {
    try {
      return after(from, minutes);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'calendar.never_opens') return Infinity;
      throw error;
    }
  },
});
