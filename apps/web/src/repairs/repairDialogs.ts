import type { PartnerQuote, RepairStage } from '#contracts';
import { oneAtATime } from '../app/oneAtATime.js';

/** What a partner asks of us for the repair, for the customer's quote to begin from. */
export interface OfferedBy {
  partner: string;
  quote: PartnerQuote;
}

/** The form about a repair that is open: at most one. */
export type RepairDialog =
  | { name: 'open' }
  | { name: 'relief' }
  /** Null: of the repair that is running. */
  | { name: 'quote'; repairId: string | null; from?: OfferedBy }
  | { name: 'stage'; repairId: string; to: RepairStage }
  | { name: 'return'; repairId: string }
  | { name: 'hand_back'; repairId: string }
  | { name: 'ways'; repairId: string }
  | { name: 'data'; repairId: string }
  | null;

/** The panel, the palette and keys open one. */
export const {
  open: openRepairDialog,
  close: closeRepairDialog,
  useOpen: useRepairDialog,
} = oneAtATime<NonNullable<RepairDialog>>();
