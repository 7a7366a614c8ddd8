import type { HandoffSide, HandoffWord } from '#contracts';
import type { Actor } from '#cases';

/** A word, as it is applied. */
export interface Spoken {
  side: HandoffSide;
  word: HandoffWord;
  /** When it was said, by the clock of whoever said it, and what it is to them. */
  at: Date;
  ref: string;
  actor: Actor;
  /** Its line in the log. */
  entryId: string;
  ours: boolean;
}
