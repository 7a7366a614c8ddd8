import type { QueryClient } from '@tanstack/react-query';

/** All that tells who has which case: asked again after a deed, and when the doorbell rings for one. */
const KEYS = ['ownership', 'handovers', 'on-their-way'];
export const refreshOwnership = (client: QueryClient): Promise<unknown> =>
  Promise.all(KEYS.map((key) => client.invalidateQueries({ queryKey: [key] })));

/** What changes who has a case, or who is on their way. */
const HANDS =
  /^(?:case\.(?:handed_over|routed|assigned|queued|merged|status_changed)|customer\.|handover|redirect|next_action|visit|interaction\.(?:received|undone|sent))/u;
export const tellsOfHands = ({ types }: { types: string[] }): boolean => types.some((type) => HANDS.test(type));
