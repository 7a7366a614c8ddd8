import type { REFUSALS } from '../knobs.js';

const TYPE = 'https://api.x.com/2/problems/';

interface ProblemBody {
  title: string;
  detail: string;
  type: string;
  status?: number;
  errors?: { message: string; code?: number; parameters?: Record<string, string[]> }[];
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

const REFUSED: Record<(typeof REFUSALS)[number], { code?: number; message: string }> = {
  no_permission: { message: 'You do not have permission to DM one or more participants.' },
  not_permitted: { message: 'You are not permitted to perform this action.' },
  automated: { code: 226, message: 'This request looks like it might be automated.' },
  cannot_message: { code: 349, message: 'You cannot send messages to this user.' },
  not_following: { code: 150, message: 'You cannot send messages to users who are not following you.' },
  app_lacks_right: { code: 93, message: 'This application is not allowed to access or delete your direct messages' },
};

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
  /** The ways of 403 a send is refused with; those of v1 come with a code. */
  refusal: (way: (typeof REFUSALS)[number]): XProblem => {
    const said = REFUSED[way];
    if (said.code === undefined) return blank(403, 'Forbidden', said.message);
    return new XProblem(403, {
      title: 'Forbidden',
      detail: said.message,
      type: 'about:blank',
      status: 403,
      errors: [{ code: said.code, message: said.message }],
    });
  },
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
