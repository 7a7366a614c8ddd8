import type { z } from 'zod';
import type { Decision, DecisionLock, DraftBody, ServerDraft, ServerDrafts } from '#contracts';
import { addressOf, request } from '../api/http.js';

export const takeLock = (caseId: string, decision: Decision, takeOver: boolean) =>
  request<DecisionLock>('POST', `/cases/${caseId}/locks/${decision}`, { body: { takeOver } });
export const releaseLock = (caseId: string, decision: Decision) =>
  request<void>('DELETE', `/cases/${caseId}/locks/${decision}`);

export const readDrafts = () => request<z.infer<typeof ServerDrafts>>('GET', '/drafts');
type Tab = 'customer' | 'partner' | 'internal';
const draftPath = (caseId: string, tab: Tab) => `/cases/${caseId}/drafts/${tab}`;
export const putDraft = (caseId: string, tab: Tab, body: DraftBody) =>
  request<ServerDraft>('PUT', draftPath(caseId, tab), { body });
export const deleteDraft = (caseId: string, tab: Tab) => request<void>('DELETE', draftPath(caseId, tab));

/** The last word of a page that is going: nobody is left to hear the answer. */
export const putDraftParting = (caseId: string, tab: Tab, body: DraftBody): void => {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'PUT', headers, body: JSON.stringify(body), keepalive: true };
  fetch(addressOf(draftPath(caseId, tab)), init).catch(() => undefined);
};
