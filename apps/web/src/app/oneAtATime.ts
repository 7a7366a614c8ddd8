import { useSyncExternalStore } from 'react';

/** Forms of which one at most is open, by whomever: panels, menus, keys and the palette open it, one place shows it. */
export function oneAtATime<Form>() {
  let shown: Form | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const now = (): Form | null => shown;
  const open = (form: Form | null): void => {
    shown = form;
    listeners.forEach((tell) => tell());
  };
  const useOpen = (): Form | null => useSyncExternalStore(subscribe, now);
  return { open, close: () => open(null), now, useOpen };
}
