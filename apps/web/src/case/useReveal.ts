import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';
import { jumpTo, revealBy } from './jump.js';
import type { ShownEntry } from './timeline.rules.js';
import type { Shown } from './useShown.js';

/** Whoever is led to an entry sees it, whatever was looked for before: by a link, by what was found, by the address. */
export const useReveal = (entries: readonly ShownEntry[], { filter, setFilter }: Shown): void => {
  const reveal = useEffectEvent((entryId: string) => {
    if (filter !== 'all' && entries.some(({ id }) => id === entryId)) flushSync(() => setFilter('all'));
  });
  useEffect(() => {
    const onHash = () => {
      const [, entryId] = /^#entry-(.+)$/u.exec(window.location.hash) ?? [];
      if (entryId) jumpTo(entryId);
    };
    const forget = revealBy((entryId) => reveal(entryId));
    window.addEventListener('hashchange', onHash);
    return () => {
      forget();
      window.removeEventListener('hashchange', onHash);
    };
  }, []);
};
