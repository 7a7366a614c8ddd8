/** So long a merge can be taken back. */
export const UNDO_DAYS = 30;

/**
 * Why, where nobody typed a reason: they stated addresses of both at once, to one of us; what they wrote said so by itself; or one
 * of us agreed with a suggestion. Screens have the words.
 */
export const MERGE_REASONS = ['stated_together', 'evidence', 'one_time_code', 'signed_link', 'suggestion'] as const;
export type MergeReason = (typeof MERGE_REASONS)[number];

export const MERGE_FIELDS = ['displayName', 'language', 'tier'] as const;

type Said = Record<(typeof MERGE_FIELDS)[number], string>;

/** Where two records say something else. */
export const conflictsOf = (
  kept: Said,
  taken: Said,
): { field: (typeof MERGE_FIELDS)[number]; kept: string; taken: string }[] =>
  MERGE_FIELDS.filter((field) => kept[field] !== taken[field]).map((field) => ({
    field,
    kept: kept[field],
    taken: taken[field],
  }));
