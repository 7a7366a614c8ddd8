/** The ladder a clock began with, and how far up it is. Times in milliseconds since the epoch. */
export interface Climb {
  versionId: string;
  /** A bit for each rung that was raised. */
  raised: number;
  /** The rung that is reached next by time alone; null: none. */
  next: number | null;
  /** When; without a next rung: since when its escalations are to be ended, or, of a clock that runs again, to be open again; null: there are none. */
  at: number | null;
}
