import type { QueryClient } from '@tanstack/react-query';
import type { CaseChanged } from '#contracts';
import { attention } from '../live/attention.js';

/**
 * What is between us and others, of all cases: asked again when the doorbell rings for some of it, rows that somebody points at once
 * they let them. Of an open case, its version asks.
 */
export const refreshHandoffs = async (client: QueryClient, changed: CaseChanged[]): Promise<void> => {
  if (changed.length === 0) return;
  const pointing = attention.now().pointing === 'handoffs';
  if (pointing) attention.hold(changed.map(({ caseId }) => caseId));
  await Promise.all([
    client.invalidateQueries({ queryKey: ['handoffs', 'rows'], refetchType: pointing ? 'none' : 'active' }),
    client.invalidateQueries({ queryKey: ['handoffs', 'letters'] }),
  ]);
};

/** What changes where work of others stands, or what stands in a row beside it. */
const HANDOFFS = /^(?:handoff\.|(?:case|customer)\.(?:merged|unmerged|split))/u;
export const tellsOfHandoffs = ({ types }: { types: string[] }): boolean => types.some((type) => HANDOFFS.test(type));
