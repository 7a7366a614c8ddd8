/** What the control API refuses, with the reason a developer reads. X's own refusals are problems (`twitter/problem.ts`). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly issues: { path: string; message: string }[] = [],
  ) {
    super(message);
  }
}
