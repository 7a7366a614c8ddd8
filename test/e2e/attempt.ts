/** How a route is asked for what is of another store. */
export interface Attempt {
  /** What stands in the braces of the path, in order. */
  at: string[];
  query?: string;
  body?: unknown;
  /** What it is answered with; not there unless told. */
  status?: number;
}
