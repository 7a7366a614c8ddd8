import type { QueryClient } from '@tanstack/react-query';

/** What a store has to send and what comes to it. */
export const refreshParcels = (client: QueryClient): Promise<unknown> =>
  client.invalidateQueries({ queryKey: ['parcels'] });

/** What changes where a phone is or goes, or whose case it is on. */
const PARCELS = /^(?:leg\.|custody\.|(?:case|customer)\.(?:merged|unmerged|split))/u;
export const tellsOfParcels = ({ types }: { types: string[] }): boolean => types.some((type) => PARCELS.test(type));
