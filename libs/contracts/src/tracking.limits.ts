import type { TimelineEntry } from './timeline.js';

/** How long a link leads to the page of its case. */
export const LINK_DAYS_LIVE = 30;
/** How long a case stays open to whoever has broken the glass. */
export const BREAK_GLASS_MINUTES = 120;
/** So often in an hour. */
export const BREAK_GLASS_PER_HOUR = 5;
/** So many references that are wrong or of other stores' cases may one person type in an hour, for arrivals they write down. */
export const STRANGE_REFERENCES_PER_HOUR = 10;

/** What a customer may send from the page of their case at once. */
export const TELL_MORE = { textLength: 5_000, photos: 4, photoBytes: 12 * 1024 * 1024 } as const;

/**
 * Whether an entry is for the customer's eyes: what was said between them and us, and notes written for them. What is still
 * held can be taken back, and was not said yet. The page of their case shows these and no others.
 */
export const isForCustomer = (entry: TimelineEntry): boolean =>
  entry.type === 'note'
    ? entry.audience === 'customer'
    : entry.type === 'interaction' && entry.delivery?.state !== 'held' && entry.delivery?.state !== 'undone';
