import { useCallback } from 'react';
import type { Handoff } from '#contracts';
import { useWords } from '../i18n/Words.js';

/** Where a handoff stands, as whoever gave it or took it reads it. */
export const useStateText = (): ((handoff: Pick<Handoff, 'direction' | 'state'>) => string) => {
  const { t } = useWords();
  return useCallback(
    ({ direction, state }) => {
      const ended = state === 'closed' || state === 'expired' || state === 'cancelled' || state === 'recalled';
      return direction === 'out' || ended || state === 'draft'
        ? t(`handoff.state.${state}`)
        : t(`handoff.in_state.${state}`);
    },
    [t],
  );
};
