import type { ErrorBody } from '#contracts';

/** The one place that speaks HTTP. Replacing it by a generated client leaves `requests.ts` and the screens as they are. */

const BASE = '/api/v1';

/** An answer that is not a success, or no answer at all (`status` 0, code `network.unreachable`). */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown = undefined,
    readonly requestId: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Nobody answered, or the server is in trouble itself: asking again can help. */
export const isUnreachable = (error: unknown): error is ApiFailure =>
  error instanceof ApiFailure && (error.status === 0 || error.status >= 500);

interface RequestOptions {
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  signal?: AbortSignal;
  /** The same key for every repetition of one deed: the server does it once. */
  idempotencyKey?: string;
  /** Arrives although the page is left in the same moment: for what is small and said in passing. */
  keepalive?: boolean;
}

type SessionLost = () => void;
let sessionLost: SessionLost = () => undefined;

/** Who is told when any answer says that there is no session any more. */
export const onSessionLost = (listener: SessionLost): void => {
  sessionLost = listener;
};

/** Reads an error answer; a proxy's page instead of JSON becomes `server.unavailable`. */
export const failureOf = (status: number, text: string): ApiFailure => {
  try {
    const body = JSON.parse(text) as ErrorBody;
    return new ApiFailure(status, body.code, body.message, body.details, body.requestId);
  } catch (cause) {
    return new ApiFailure(status, 'server.unavailable', `HTTP ${status}`, undefined, null, { cause });
  }
};

/** Tells the session's watcher where it applies and hands the failure on. */
export const noticed = (failure: ApiFailure): ApiFailure => {
  if (failure.status === 401 && failure.code !== 'session.bad_credentials') sessionLost();
  return failure;
};

/** The address of a call: base, path and the query without its empty parts. */
export const addressOf = (path: string, query: RequestOptions['query'] = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
};

/** A question whose answer has not come by then is asked again; a deed takes as long as it takes. */
const ANSWERED_MS = 30_000;

const fetched = async (address: string, init: RequestInit): Promise<[Response, string]> => {
  const given = init.signal ? [init.signal] : [];
  const limit = init.method === 'GET' ? [AbortSignal.timeout(ANSWERED_MS)] : [];
  const signal = AbortSignal.any([...given, ...limit]);
  try {
    const response = await fetch(address, { credentials: 'same-origin', ...init, signal });
    return [response, await response.text()];
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiFailure(0, 'network.unreachable', 'network.unreachable', undefined, null, { cause });
  }
};

const answered = async <T>(path: string, init: RequestInit, query?: RequestOptions['query']): Promise<T> => {
  const [response, text] = await fetched(addressOf(path, query), init);
  if (!response.ok) throw noticed(failureOf(response.status, text));
  return (text ? JSON.parse(text) : undefined) as T;
};

/** One call, JSON in and out. Throws {@link ApiFailure}; an abort stays an abort. */
export const request = async <T>(method: string, path: string, options: RequestOptions = {}): Promise<T> => {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const { signal = null, keepalive = false } = options;
  return answered<T>(path, { method, headers, body, signal, keepalive }, options.query);
};

/** Sends one file as the field `file` of a form. Throws {@link ApiFailure}. */
export const sendFile = async <T>(path: string, file: File): Promise<T> => {
  const form = new FormData();
  form.append('file', file, file.name);
  return answered<T>(path, { method: 'POST', headers: { accept: 'application/json' }, body: form });
};
