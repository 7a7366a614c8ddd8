import type { BulkItem, BulkOutcome } from '#contracts';

/** How many of each. */
export const countsOf = (items: readonly BulkItem[]): Record<BulkOutcome, number> => {
  const count = (outcome: BulkOutcome) => items.filter((item) => item.outcome === outcome).length;
  return { done: count('done'), unchanged: count('unchanged'), refused: count('refused') };
};
