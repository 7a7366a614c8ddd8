import { oneAtATime } from './oneAtATime.js';

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

export const {
  open: openDialog,
  close: closeDialog,
  now: dialogOpen,
  useOpen: useDialog,
} = oneAtATime<NonNullable<Dialog>>();
