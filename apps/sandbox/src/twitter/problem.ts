const TYPE = 'https://api.x.com/2/problems/';

interface ProblemBody {
  title: string;
  detail: string;
  type: string;
  status?: number;
  errors?: { message: string; parameters: Record<string, string[]> }[];
  [extra: string]: unknown;
}

/** A refusal in X's words, thrown anywhere in its API and answered as `application/problem+json`. */
export class XProblem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
  ) {
    super(body.detail);
  }
}

const blank = (status: number, title: string, detail: string): XProblem =>
  new XProblem(status, { title, detail, type: 'about:blank', status });

/** Every refusal X documents for what is built here. */
export const problems = {
  invalidRequest: (message: string, parameter: string, given: string[] = []): XProblem =>
    new XProblem(400, {
      errors: [{ message, parameters: { [parameter]: given } }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: `${TYPE}invalid-request`,
    }),
  unauthorized: (): XProblem => blank(401, 'Unauthorized', 'Unauthorized'),
  creditsDepleted: (): XProblem =>
    new XProblem(402, {
      title: 'CreditsDepleted',
      detail: 'Your enrolled account does not have any credits to fulfill this request.',
      type: `${TYPE}credits`,
      status: 402,
    }),
  forbidden: (detail: string): XProblem => blank(403, 'Forbidden', detail),
  unsupportedAuthentication: (): XProblem =>
    new XProblem(403, {
      title: 'Unsupported Authentication',
      detail:
        'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
      type: `${TYPE}unsupported-authentication`,
      status: 403,
    }),
  notFound: (resource: string, parameter: string, value: string): XProblem =>
    new XProblem(404, {
      title: 'Not Found Error',
      detail: `Could not find ${resource} with ${parameter}: [${value}].`,
      type: `${TYPE}resource-not-found`,
      status: 404,
      resource_type: resource,
      resource_id: value,
      parameter,
      value,
    }),
  noSuchAddress: (): XProblem => blank(404, 'Not Found', 'Not Found'),
  tooManyRequests: (): XProblem => blank(429, 'Too Many Requests', 'Too Many Requests'),
  unavailable: (): XProblem => blank(503, 'Service Unavailable', 'Service Unavailable'),
};
