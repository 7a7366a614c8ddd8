import type { QueryClient } from '@tanstack/react-query';

/** What is between us and others, of all cases: asked again when the doorbell rings for some of it. Of an open case, its version asks. */
const KEYS = ['rows', 'letters'];
export const refreshHandoffs = (client: QueryClient): Promise<unknown> =>
  Promise.all(KEYS.map((key) => client.invalidateQueries({ queryKey: ['handoffs', key] })));

/** What changes where work of others stands, or what stands in a row beside it. */
const HANDOFFS = /^(?:handoff\.|(?:case|customer)\.(?:merged|unmerged|split))/u;
export const tellsOfHandoffs = ({ types }: { types: string[] }): boolean => types.some((type) => HANDOFFS.test(type));
