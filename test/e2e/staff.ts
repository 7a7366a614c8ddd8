import type { z } from 'zod';
import {
  CaseDetail,
  CasePage,
  ErrorBody,
  InteractionEntry,
  type ReplyBody,
  TimelinePage,
  VisitAnswer,
  type VisitBody,
} from '#contracts';

/** What came back, whatever it was. */
export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** The parsed JSON; undefined when it is none. */
  body: unknown;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is bytes, a string or a form. */
  body?: unknown;
}

type Payload = string | Uint8Array<ArrayBuffer> | FormData;

/** What goes out as it is; everything else goes as JSON. */
function payloadOf(body: unknown): { payload: Payload; isJson: boolean } {
  if (Buffer.isBuffer(body)) return { payload: new Uint8Array(body), isJson: false };
  if (typeof body === 'string' || body instanceof FormData) return { payload: body, isJson: false };
  return { payload: JSON.stringify(body), isJson: true };
}

/** One request; never throws for a status. */
export async function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const { payload, isJson } = body === undefined ? { payload: null, isJson: false } : payloadOf(body);
  const type: Record<string, string> = isJson ? { 'content-type': 'application/json' } : {};
  const response = await fetch(url, { method, headers: { ...type, ...headers }, redirect: 'manual', body: payload });
  const bytes = Buffer.from(await response.arrayBuffer());
  const answersJson = /application\/json/u.test(response.headers.get('content-type') ?? '');
  const parsed: unknown = answersJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined;
  return { status: response.status, headers: response.headers, bytes, body: parsed };
}

/** The error an answer is: status, code and details, after its shape was checked. */
export function errorOf(answer: Answer): { status: number; code: string; details: unknown } {
  const { code, details, message, requestId } = ErrorBody.parse(answer.body);
  if (message === '' || requestId === '') throw new Error(`an error without words or id: ${answer.bytes.toString()}`);
  if (answer.headers.get('x-request-id') !== requestId) throw new Error('the header names another request');
  return { status: answer.status, code, details };
}

/** A person of the house at the API, by session cookie or by token. */
export class Staff {
  constructor(
    readonly url: string,
    readonly headers: Record<string, string>,
  ) {}

  static async login(url: string, email: string, password: string): Promise<Staff> {
    const answer = await ask(`${url}/api/v1/session`, { method: 'POST', body: { email, password } });
    if (answer.status !== 201) throw new Error(`login of ${email}: ${answer.status} ${answer.bytes.toString()}`);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return new Staff(url, { cookie });
  }

  ask(path: string, asked: Asked = {}): Promise<Answer> {
    return ask(`${this.url}/api/v1${path}`, { ...asked, headers: { ...this.headers, ...asked.headers } });
  }

  /** The body of a 2xx. @throws Error with what came instead */
  async done<T extends z.ZodType>(path: string, schema: T, asked: Asked = {}): Promise<z.output<T>> {
    const answer = await this.ask(path, asked);
    if (answer.status >= 300)
      throw new Error(`${asked.method ?? 'GET'} ${path}: ${answer.status} ${answer.bytes.toString()}`);
    return schema.parse(answer.body);
  }

  async cases(query = 'view=open'): Promise<z.infer<typeof CasePage>['items']> {
    return (await this.done(`/cases?${query}`, CasePage)).items;
  }

  case(idOrReference: string): Promise<CaseDetail> {
    return this.done(`/cases/${idOrReference}`, CaseDetail);
  }

  /** What was said on a case, oldest first. */
  async interactions(caseId: string): Promise<InteractionEntry[]> {
    const { items } = await this.done(`/cases/${caseId}/timeline?limit=500`, TimelinePage);
    return items.filter((entry) => entry.type === 'interaction');
  }

  /** One entry as it is now. */
  async entry(caseId: string, id: string): Promise<InteractionEntry | undefined> {
    return (await this.interactions(caseId)).find((entry) => entry.id === id);
  }

  reply(caseId: string, body: ReplyBody): Promise<InteractionEntry> {
    return this.done(`/cases/${caseId}/replies`, InteractionEntry, { method: 'POST', body });
  }

  visit(body: VisitBody): Promise<z.infer<typeof VisitAnswer>> {
    return this.done('/visits', VisitAnswer, { method: 'POST', body });
  }

  async content(attachmentId: string): Promise<Buffer> {
    const answer = await this.ask(`/attachments/${attachmentId}/content`);
    if (answer.status !== 200) throw new Error(`attachment ${attachmentId}: ${answer.status}`);
    return answer.bytes;
  }
}
