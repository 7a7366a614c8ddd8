import { useSyncExternalStore } from 'react';

/** The dialogs any screen can open: at most one at a time. */
export type Dialog =
  | { name: 'palette' }
  | { name: 'keys' }
  | { name: 'call'; phone?: string; caseReference?: string }
  | { name: 'elsewhere'; caseReference?: string }
  | { name: 'signature' }
  | { name: 'notifications' }
  | { name: 'notification-settings' }
  | { name: 'away' }
  | { name: 'returned' }
  | null;

let open: Dialog = null;
const listeners = new Set<() => void>();

export const openDialog = (dialog: Dialog): void => {
  open = dialog;
  listeners.forEach((tell) => tell());
};
export const closeDialog = (): void => openDialog(null);
export const dialogOpen = (): Dialog => open;

export const useDialog = (): Dialog =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
