import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '#contracts';
import { find } from '../api/requests.js';

const SETTLE_MS = 150;
/** Fewer characters find everything. */
const FROM = 2;
const OF_EACH = 5;

interface Found {
  hits: SearchHit[];
  /** What is shown answers what was typed before; the answer is on its way. */
  awaited: boolean;
  failed: boolean;
}

/** Cases, customers and what was said, by what is typed; what was found before stays until the new answer is there. */
export const useFound = (typed: string): Found => {
  const sought = typed.trim();
  const [q] = useDebouncedValue(sought, SETTLE_MS);
  const asked = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => find({ q, limit: OF_EACH }, { signal }),
    enabled: q.length >= FROM,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  if (sought.length < FROM) return { hits: [], awaited: false, failed: false };
  return {
    hits: asked.data?.items ?? [],
    awaited: q !== sought || asked.isPending || asked.isPlaceholderData,
    failed: asked.isError && q === sought,
  };
};
