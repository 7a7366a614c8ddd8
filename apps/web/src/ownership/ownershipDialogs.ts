import { useSyncExternalStore } from 'react';
import type { HandoverBody } from '#contracts';

/** The forms around who has a case: at most one at a time, opened by keys, menus and buttons all over it. */
type OwnershipDialog =
  { name: 'next' } | { name: 'hand'; to: HandoverBody['to'] | null } | { name: 'redirect'; text?: string } | null;

let open: OwnershipDialog = null;
const listeners = new Set<() => void>();

export const openOwnershipDialog = (dialog: OwnershipDialog): void => {
  open = dialog;
  listeners.forEach((tell) => tell());
};
export const closeOwnershipDialog = (): void => openOwnershipDialog(null);

export const useOwnershipDialog = (): OwnershipDialog =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
