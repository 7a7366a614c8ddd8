import { useInfiniteQuery } from '@tanstack/react-query';
import { timelineQuery } from '../api/queries.js';

/** Files on the case as far as they are on the screen. */
export const useCaseFiles = (caseId: string): { id: string; fileName: string }[] => {
  const pages = useInfiniteQuery(timelineQuery(caseId)).data?.pages ?? [];
  return pages
    .flatMap(({ items }) => items)
    .flatMap((entry) => (entry.type === 'interaction' ? entry.attachments : []))
    .map(({ id, fileName }) => ({ id, fileName }));
};
