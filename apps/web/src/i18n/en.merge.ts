import type { esMerge } from './es.merge.js';

/** Joining people and cases, in English. */
export const enMerge: Record<keyof typeof esMerge, string> = {
  'event.customer.merged.kept': '{author} merged {name} in here: {reason}',
  'event.customer.merged.kept.case': '{author} merged {name} and their case {reference} in here: {reason}',
  'event.customer.merged.taken': '{author} merged this record into {name}: {reason}',
  'event.customer.merged.taken.case': '{author} merged this case into {reference} of {name}: {reason}',
  'event.case.merged.kept': '{author} merged case {reference} in here: {reason}',
  'event.case.merged.taken': '{author} merged this case into {reference}: {reason}',
  'event.customer.unmerged':
    '{author} undid the merge with {name}{count, plural, =0 {} one {; # entry went back to its side} other {; # entries went back to their side}}',
  'event.case.unmerged': '{author} separated case {reference} again',
  'event.case.split_out': '{author} split {what} out into case {reference} of {name}: {reason}',
  'event.case.split_in': '{author} brought {what} over from case {reference} of {name}: {reason}',
  'merge.entries': '{count, plural, one {# entry} other {# entries}}',
  'merge.reason.stated_together': 'they stated addresses of both records at once',
};
