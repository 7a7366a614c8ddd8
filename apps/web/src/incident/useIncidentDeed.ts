import { useQueryClient } from '@tanstack/react-query';
import { useDeed } from '../app/useDeed.js';
import { refreshIncidents } from './incidentRequests.js';

/** As `useDeed`; whatever shows incidents is read again afterwards. */
export const useIncidentDeed = () => {
  const client = useQueryClient();
  const { run, ...rest } = useDeed();
  const attempt = <T>(deed: () => Promise<T>, inForm = true): Promise<T | null> =>
    run(async () => {
      const done = await deed();
      await refreshIncidents(client);
      return done;
    }, inForm);
  return { run: attempt, ...rest };
};
