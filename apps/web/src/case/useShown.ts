import { useMemo, useState } from 'react';
import type { TimelineEntry, TimelineFilter } from '#contracts';
import { useUser } from '../app/session.js';
import { keptFromSight, lastSeen } from './timeline.rules.js';

interface Chosen {
  filter: TimelineFilter;
  /** What had been shown when the filter was chosen, and what has been shown elsewhere since. */
  known: ReadonlySet<string>;
  /** The entry that was last seen by then. */
  before: string | undefined;
}
const EVERYTHING: Chosen = { filter: 'all', known: new Set(), before: undefined };

/**
 * The filter of the opened case, and what it keeps from sight: what came and was not shown is neither read nor seen, and a
 * reply is written against what was there before it.
 */
export const useShown = (entries: TimelineEntry[]) => {
  const me = useUser().id;
  const [{ filter, known, before }, setChosen] = useState(EVERYTHING);
  const hidden = useMemo(() => keptFromSight(entries, filter, known, me), [entries, filter, known, me]);
  const seenId = useMemo(() => lastSeen(entries, hidden, before), [entries, hidden, before]);
  const setFilter = (next: TimelineFilter) => {
    const kept = new Set(hidden.map(({ id }) => id));
    const shown = entries.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    setChosen({ filter: next, known: new Set([...known, ...shown]), before: seenId });
  };
  /** These were shown elsewhere than on the timeline. */
  const saw = (others: readonly TimelineEntry[]) =>
    setChosen((held) => ({ ...held, known: new Set([...held.known, ...others.map(({ id }) => id)]) }));
  return { filter, setFilter, hidden, seenId, saw };
};
export type Shown = ReturnType<typeof useShown>;
