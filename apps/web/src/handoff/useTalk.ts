import { useMemo } from 'react';
import type { CaseDetail, TimelineEntry } from '#contracts';
import { woven } from './talk.rules.js';
import { useHandoffs } from './useHandoffs.js';

/** The entries of a case with what was said with partners among them. `isKnown`: nothing more comes between what is shown. */
export const useTalk = (detail: CaseDetail, entries: TimelineEntry[], older: boolean) => {
  const { items, isKnown, isError } = useHandoffs(detail);
  const shown = useMemo(() => woven(entries, items, older ? (entries[0]?.at ?? null) : null), [entries, items, older]);
  return { entries: shown, isKnown: isKnown || isError };
};
