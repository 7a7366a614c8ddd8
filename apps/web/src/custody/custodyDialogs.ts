import type { CustodyStep, Leg, LegMove } from '#contracts';
import { oneAtATime } from '../app/oneAtATime.js';

/** The form about where a phone is that is open: at most one. */
export type CustodyDialog =
  | { name: 'plan'; caseId: string; deviceId: string }
  /** `code`: what was scanned already. */
  | { name: 'move'; leg: Leg; move: LegMove; code?: string }
  | { name: 'expect'; leg: Leg }
  | { name: 'cancel'; leg: Leg }
  | { name: 'lost'; leg: Leg }
  | { name: 'claim'; leg: Leg }
  | { name: 'chain'; deviceName: string; chain: CustodyStep[] };

/** The panel and the counter open one. */
export const {
  open: openCustodyDialog,
  close: closeCustodyDialog,
  useOpen: useCustodyDialog,
} = oneAtATime<CustodyDialog>();
