import type { HandoverBody } from '#contracts';
import { oneAtATime } from '../app/oneAtATime.js';

/** The forms around who has a case: at most one at a time, opened by keys, menus and buttons all over it. */
type OwnershipDialog =
  { name: 'next' } | { name: 'hand'; to: HandoverBody['to'] | null } | { name: 'redirect'; text?: string } | null;

export const {
  open: openOwnershipDialog,
  close: closeOwnershipDialog,
  useOpen: useOwnershipDialog,
} = oneAtATime<NonNullable<OwnershipDialog>>();
