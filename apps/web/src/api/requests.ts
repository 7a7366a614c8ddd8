import { v4 as uuid } from 'uuid';
import type { z } from 'zod';
import type {
  CaseDetail,
  CasePage,
  CaseView,
  CustomerDetail,
  CustomerPage,
  InteractionEntry,
  Language,
  MoveEntryBody,
  NoteBody,
  NoteEntry,
  PatchCaseBody,
  Person,
  Queue,
  RejectPage,
  ReplyBody,
  SessionAnswer,
  Store,
  TimelinePage,
  ViewCounts,
  VisitAnswer,
  VisitBody,
} from '#contracts';
import { addressOf, request } from './http.js';

/** Every call the screens make, one line each. */

interface Items<T> {
  items: T[];
}
interface Reading {
  signal?: AbortSignal;
}

/** A fresh key for one deed; keep it while the deed is repeated. */
export const newKey = (): string => uuid();

export const logIn = (email: string, password: string) =>
  request<z.infer<typeof SessionAnswer>>('POST', '/session', { body: { email, password } });
export const readSession = ({ signal }: Reading = {}) =>
  request<z.infer<typeof SessionAnswer>>('GET', '/session', { signal });
export const logOut = () => request<void>('DELETE', '/session');
export const setLanguage = (language: Language) =>
  request<z.infer<typeof SessionAnswer>>('PATCH', '/session', { body: { language } });

export interface CasesAsked {
  view?: CaseView;
  q?: string;
  limit?: number;
  cursor?: string;
}
export const readCases = (asked: CasesAsked, { signal }: Reading = {}) =>
  request<CasePage>('GET', '/cases', { query: { ...asked }, signal });
export const readCounts = ({ signal }: Reading = {}) => request<ViewCounts>('GET', '/cases/counts', { signal });
export const readCase = (idOrReference: string, { signal }: Reading = {}) =>
  request<CaseDetail>('GET', `/cases/${encodeURIComponent(idOrReference)}`, { signal });
/** The case and the newest page of its timeline, of one moment. */
export const readCaseWithTimeline = (idOrReference: string, { signal }: Reading = {}) =>
  request<CaseDetail>('GET', `/cases/${encodeURIComponent(idOrReference)}`, { query: { include: 'timeline' }, signal });
export const readTimeline = (caseId: string, cursor?: string, { signal }: Reading = {}) =>
  request<TimelinePage>('GET', `/cases/${caseId}/timeline`, { query: { cursor }, signal });

export const reply = (caseId: string, body: ReplyBody, idempotencyKey: string) =>
  request<InteractionEntry>('POST', `/cases/${caseId}/replies`, { body, idempotencyKey });
export const addNote = (caseId: string, body: z.input<typeof NoteBody>, idempotencyKey: string) =>
  request<NoteEntry>('POST', `/cases/${caseId}/notes`, { body, idempotencyKey });
export const changeCase = (caseId: string, body: PatchCaseBody) =>
  request<CaseDetail>('PATCH', `/cases/${caseId}`, { body });
export const markRead = (caseId: string, entryId?: string) =>
  request<void>('POST', `/cases/${caseId}/read`, { body: { entryId } });
export const undo = (interactionId: string) =>
  request<InteractionEntry>('POST', `/interactions/${interactionId}/undo`, { body: {} });
export const resend = (interactionId: string, idempotencyKey: string) =>
  request<InteractionEntry>('POST', `/interactions/${interactionId}/resend`, { body: {}, idempotencyKey });

export const logVisit = (body: VisitBody, idempotencyKey: string) =>
  request<z.infer<typeof VisitAnswer>>('POST', '/visits', { body, idempotencyKey });
export const findCustomers = (q: string, { signal }: Reading = {}) =>
  request<z.infer<typeof CustomerPage>>('GET', '/customers', { query: { q, limit: 8 }, signal });
export const readCustomer = (id: string, { signal }: Reading = {}) =>
  request<z.infer<typeof CustomerDetail>>('GET', `/customers/${id}`, { signal });

export const readPeople = ({ signal }: Reading = {}) => request<Items<Person>>('GET', '/people', { signal });
export const readStores = ({ signal }: Reading = {}) => request<Items<Store>>('GET', '/stores', { signal });
export const readQueues = ({ signal }: Reading = {}) => request<Items<Queue>>('GET', '/queues', { signal });
export const readRejects = (cursor?: string, { signal }: Reading = {}) =>
  request<z.infer<typeof RejectPage>>('GET', '/rejects', { query: { cursor, limit: 50 }, signal });

export const moveEntry = (caseId: string, entryId: string, body: MoveEntryBody, idempotencyKey: string) =>
  request<InteractionEntry>('POST', `/cases/${caseId}/entries/${entryId}/move`, { body, idempotencyKey });
export const dismissReview = (caseId: string, entryId: string) =>
  request<InteractionEntry>('POST', `/cases/${caseId}/entries/${entryId}/review/dismiss`, { body: {} });

/** Where the browser itself fetches a file. */
export const attachmentUrl = (id: string, download = false): string =>
  addressOf(`/attachments/${id}/content`, { download: download ? 1 : undefined });
/** The message as it came. */
export const originalUrl = (interactionId: string): string => addressOf(`/interactions/${interactionId}/original`);
/** Where the whole original of a reject is. */
export const rejectUrl = (id: string): string => addressOf(`/rejects/${id}/raw`);
