import type { IntakeOutcome } from '#contracts';
import type { ReceiptData } from '../receipt/receipt.data.js';

/** What the deeds of an intake made: ids of it, and what its fields do not say for the receipt. */
export interface Done {
  outcome: IntakeOutcome;
  loan: ReceiptData['loan'];
  taker: ReceiptData['taker'];
}
