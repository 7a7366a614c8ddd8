import { v4 as uuid } from 'uuid';
import type { z } from 'zod';
import type {
  CallAnswer,
  CallBody,
  Caller,
  CallImportAnswer,
  CaseDetail,
  CasePage,
  CaseView,
  ChannelsHealth,
  CustomerPage,
  ElsewhereAnswer,
  ElsewhereBody,
  InteractionEntry,
  Language,
  Mailbox,
  MailboxList,
  MailboxTest,
  MoveEntryBody,
  NewMailboxBody,
  NoteBody,
  NoteEntry,
  OpenReviewPage,
  OwnSettings,
  PatchMeBody,
  PatchCaseBody,
  PatchMailboxBody,
  Person,
  Reject,
  RejectPage,
  RejectQuery,
  ReplyBody,
  SearchPage,
  SessionAnswer,
  Store,
  TimelineFilter,
  TimelinePage,
  TwitterAccounts,
  TwitterConnect,
  ViewCounts,
  ToldHow,
  UntoldNewsList,
} from '#contracts';
import { addressOf, request, sendFile } from './http.js';

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
export const logOut = ({ signal }: Reading = {}) => request<void>('DELETE', '/session', { signal });
export const setLanguage = (language: Language) =>
  request<z.infer<typeof SessionAnswer>>('PATCH', '/session', { body: { language }, keepalive: true });

interface CasesAsked {
  view?: CaseView;
  q?: string;
  limit?: number;
  cursor?: string;
}
export const readCases = (asked: CasesAsked, { signal }: Reading = {}) =>
  request<CasePage>('GET', '/cases', { query: { ...asked }, signal });
export const find = (asked: { q: string; limit: number }, { signal }: Reading = {}) =>
  request<SearchPage>('GET', '/search', { query: asked, signal });
export const readCounts = ({ signal }: Reading = {}) => request<ViewCounts>('GET', '/cases/counts', { signal });
export const readCase = (idOrReference: string, { signal }: Reading = {}) =>
  request<CaseDetail>('GET', `/cases/${encodeURIComponent(idOrReference)}`, { signal });
/** The case and the newest page of its timeline, of one moment. */
export const readCaseWithTimeline = (idOrReference: string, { signal }: Reading = {}) =>
  request<CaseDetail>('GET', `/cases/${encodeURIComponent(idOrReference)}`, { query: { include: 'timeline' }, signal });
export const readTimeline = (
  caseId: string,
  asked: { cursor?: string | undefined; filter?: TimelineFilter },
  { signal }: Reading = {},
) => request<TimelinePage>('GET', `/cases/${caseId}/timeline`, { query: asked, signal });

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

export const findCustomers = (q: string, { signal }: Reading = {}) =>
  request<z.infer<typeof CustomerPage>>('GET', '/customers', { query: { q, limit: 8 }, signal });

export const logCall = (body: z.input<typeof CallBody>, idempotencyKey: string) =>
  request<z.infer<typeof CallAnswer>>('POST', '/calls', { body, idempotencyKey });
export const readCaller = (phone: string, { signal }: Reading = {}) =>
  request<Caller>('GET', '/callers', { query: { phone }, signal });
export const logElsewhere = (body: ElsewhereBody, idempotencyKey: string) =>
  request<z.infer<typeof ElsewhereAnswer>>('POST', '/elsewhere', { body, idempotencyKey });
/** A list of calls as a switchboard exports it. */
export const importCalls = (file: File) => sendFile<CallImportAnswer>('/calls/import', file);

export const readHealth = ({ signal }: Reading = {}) => request<ChannelsHealth>('GET', '/channels/health', { signal });
export const readReviews = (cursor?: string, { signal }: Reading = {}) =>
  request<z.infer<typeof OpenReviewPage>>('GET', '/reviews', { query: { cursor, limit: 50 }, signal });
export const releaseReject = (id: string) => request<Reject>('POST', `/rejects/${id}/release`, { body: {} });
export const discardReject = (id: string) => request<Reject>('POST', `/rejects/${id}/discard`, { body: {} });

export const readMailboxes = ({ signal }: Reading = {}) =>
  request<z.infer<typeof MailboxList>>('GET', '/mailboxes', { signal });
export const addMailbox = (body: z.input<typeof NewMailboxBody>) => request<Mailbox>('POST', '/mailboxes', { body });
export const changeMailbox = (id: string, body: PatchMailboxBody) =>
  request<Mailbox>('PATCH', `/mailboxes/${id}`, { body });
export const removeMailbox = (id: string) => request<void>('DELETE', `/mailboxes/${id}`);
export const tryMailbox = (id: string) => request<MailboxTest>('POST', `/mailboxes/${id}/test`, { body: {} });

export const readAccounts = ({ signal }: Reading = {}) =>
  request<z.infer<typeof TwitterAccounts>>('GET', '/twitter/accounts', { signal });
export const connectAccount = () => request<TwitterConnect>('POST', '/twitter/accounts/connect', { body: {} });
export const checkAccount = (userId: string) =>
  request<z.infer<typeof TwitterAccounts>>('POST', `/twitter/accounts/${userId}/check`, { body: {} });
export const removeAccount = (userId: string) => request<void>('DELETE', `/twitter/accounts/${userId}`);

export const readOwnSettings = ({ signal }: Reading = {}) => request<OwnSettings>('GET', '/people/me', { signal });
export const changeOwnSettings = (body: PatchMeBody) => request<OwnSettings>('PATCH', '/people/me', { body });

export const readPeople = ({ signal }: Reading = {}) => request<Items<Person>>('GET', '/people', { signal });
export const readStores = ({ signal }: Reading = {}) => request<Items<Store>>('GET', '/stores', { signal });
export const readRejects = (state: RejectQuery['state'], cursor?: string, { signal }: Reading = {}) =>
  request<z.infer<typeof RejectPage>>('GET', '/rejects', { query: { state, cursor, limit: 50 }, signal });

export const moveEntry = (caseId: string, entryId: string, body: MoveEntryBody, idempotencyKey: string) =>
  request<InteractionEntry>('POST', `/cases/${caseId}/entries/${entryId}/move`, { body, idempotencyKey });
export const dismissReview = (caseId: string, entryId: string) =>
  request<InteractionEntry>('POST', `/cases/${caseId}/entries/${entryId}/review/dismiss`, { body: {} });

/** Answers a public post in public: write to us in private. The same post again is the same invitation. */
export const invite = (caseId: string, interactionId: string) =>
  request<InteractionEntry>('POST', `/cases/${caseId}/invitations`, {
    body: { interactionId },
    idempotencyKey: newKey(),
  });

export const markTold = (caseId: string, newsId: string, how: ToldHow) =>
  request<UntoldNewsList>('POST', `/cases/${caseId}/news/${newsId}/told`, { body: { how } });

/** Where the browser itself fetches a file. */
export const attachmentUrl = (id: string, download = false): string =>
  addressOf(`/attachments/${id}/content`, { download: download ? 1 : undefined });
/** The message as it came. */
export const originalUrl = (interactionId: string): string => addressOf(`/interactions/${interactionId}/original`);
/** Where the whole original of a reject is. */
export const rejectUrl = (id: string): string => addressOf(`/rejects/${id}/raw`);
