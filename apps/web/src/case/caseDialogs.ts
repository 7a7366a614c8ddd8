import { useSyncExternalStore } from 'react';

/** Forms of a case that menus, panels and the palette open: at most one at a time. */
type CaseDialog =
  { name: 'links' } | { name: 'code' } | { name: 'merge' } | { name: 'split'; problemId?: string } | null;

let open: CaseDialog = null;
const listeners = new Set<() => void>();

export const openCaseDialog = (dialog: CaseDialog): void => {
  open = dialog;
  listeners.forEach((tell) => tell());
};
export const closeCaseDialog = (): void => openCaseDialog(null);

export const useCaseDialog = (): CaseDialog =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
