import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { BreakGlassAnswer, BrokenGlassPage, CaseCodeAnswer, CaseLinks, IssuedLink, ScanAnswer } from '#contracts';
import { request } from '../api/http.js';

export const linksQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['links', caseId],
    queryFn: ({ signal }) => request<z.infer<typeof CaseLinks>>('GET', `/cases/${caseId}/links`, { signal }),
    staleTime: 0,
  });

export const codeQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['code', caseId],
    queryFn: ({ signal }) => request<CaseCodeAnswer>('GET', `/cases/${caseId}/code`, { signal }),
    staleTime: Infinity,
  });

export const issueLink = (caseId: string, contactPointId?: string) =>
  request<IssuedLink>('POST', `/cases/${caseId}/links`, { body: contactPointId ? { contactPointId } : {} });

export const revokeLink = (caseId: string, linkId: string) =>
  request<undefined>('DELETE', `/cases/${caseId}/links/${linkId}`);

export const scanCode = (code: string) => request<ScanAnswer>('POST', '/cases/scan', { body: { code } });

export const breakGlass = (reference: string, reason: string) =>
  request<BreakGlassAnswer>('POST', '/cases/break-glass', { body: { reference, reason } });

export type GlassShown = 'open' | 'reviewed';
export const glassQuery = (state: GlassShown) =>
  queryOptions({
    queryKey: ['break-glass', state],
    queryFn: ({ signal }) => request<BrokenGlassPage>('GET', '/break-glass', { query: { state, limit: 100 }, signal }),
    staleTime: 0,
  });

export const reviewGlass = (id: string) => request<undefined>('POST', `/break-glass/${id}/review`);
