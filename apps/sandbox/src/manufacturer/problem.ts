/** A refusal of the manufacturer's system, as TMF621 words them: the status is a string. */
export class TmfProblem extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string = reason,
  ) {
    super(message);
  }

  get body() {
    const { status, reason, message } = this;
    return { code: String(status), reason, message, status: String(status) };
  }
}

export const tmfProblems = {
  invalid: (message: string): TmfProblem => new TmfProblem(400, 'Bad request', message),
  unauthorized: (): TmfProblem => new TmfProblem(401, 'Unauthorized', 'a valid access token or API key is needed'),
  noTicket: (id: string): TmfProblem => new TmfProblem(404, 'Not found', `no trouble ticket ${id}`),
  noListener: (id: string): TmfProblem => new TmfProblem(404, 'Not found', `no listener ${id}`),
  notFrom: (from: string | undefined, to: string): TmfProblem =>
    new TmfProblem(409, 'Conflict', `a ticket that is ${from ?? 'new'} cannot become ${to}`),
  down: (): TmfProblem => new TmfProblem(503, 'Service unavailable', 'maintenance'),
};
