import { oneAtATime } from '../app/oneAtATime.js';

/** Forms of a case that menus, panels and the palette open: at most one at a time. */
type CaseDialog =
  | { name: 'links' }
  | { name: 'code' }
  | { name: 'merge' }
  | { name: 'benefit' }
  | { name: 'device' }
  | { name: 'split'; problemId?: string }
  | null;

export const {
  open: openCaseDialog,
  close: closeCaseDialog,
  useOpen: useCaseDialog,
} = oneAtATime<NonNullable<CaseDialog>>();
