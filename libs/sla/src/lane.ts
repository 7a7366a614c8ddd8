/** Which share of the cases one of several looks at, who look at the same time: `at` of `of`. */
export interface Lane {
  at: number;
  of: number;
}

export const ALONE: Lane = { at: 0, of: 1 };

/**
 * Whether a case is in a lane, of which `at` and `of` are parameters: read before anything else is joined. Said as a case, which
 * PostgreSQL takes to be true of every second row; of an equation it expects every two-hundredth, and sorts all that is due for a portion.
 */
export const inLane = (caseId: string, at: string, of: string): string =>
  `case when (uuid_hash(${caseId}) & 2147483647) % ${of}::int = ${at}::int then true else false end`;
