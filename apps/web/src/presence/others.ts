import type { PresentPerson } from '#contracts';
import { useUser } from '../app/session.js';
import { usePresence } from './desk.js';

/** Who else is at a case; who does most first. */
export const useOthers = (caseId: string): PresentPerson[] => {
  const me = useUser();
  return usePresence(caseId).filter(({ id }) => id !== me.id);
};
