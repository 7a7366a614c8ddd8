/** A column that says whose something is, and what a merge does with it. */
export interface Move {
  table: string;
  column: string;
  /** What the column holds the id of. */
  of: 'case' | 'customer' | 'contact_point';
  /**
   * moves: rows of the side that is taken become the kept side's; undone, those rows go back that are still there.
   * copies: the kept side gets what only the taken side had; undone, it loses it again unless it has its own by now.
   * stays: nothing is written; `why` says how it is found all the same.
   */
  how: 'moves' | 'copies' | 'stays';
  /** moves: the columns that name a row among those of one owner; without it `id`. */
  key?: readonly string[];
  /** moves: unique together with `column`; a row whose like the kept side has already stays with the taken side, as it stood.
   * Empty: there is one row of each owner (its key is the column itself). */
  clash?: readonly string[];
  /** moves: rows this condition is not true of stay where they are (SQL, of the row `r`). */
  only?: string;
  /** moves: undone, rows this is true of go back too, though they were not there to be moved (SQL, of the row `r`; `$1`: who they go to). */
  returns?: string;
  /** copies: the kept side has one of its own by now when this finds anything (SQL, of the row `r`). */
  unless?: string;
  why: string;
}
