import type { z } from 'zod';
import type {
  CaseDetail,
  Closing,
  CorrectFactBody,
  FactBody,
  FactList,
  ImpactBody,
  ImpactState,
  PatchProblemBody,
  PatchPromiseBody,
  PromiseBody,
  ReExplanationBody,
  ReExplanationList,
} from '#contracts';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../api/http.js';
import { newKey } from '../api/requests.js';

/** Every call about the story of a case; each deed answers with the case. */

const post = (path: string, body: unknown) => request<CaseDetail>('POST', path, { body, idempotencyKey: newKey() });
const patch = (path: string, body: unknown) => request<CaseDetail>('PATCH', path, { body });

export const addProblem = (caseId: string, statement: string) => post(`/cases/${caseId}/problems`, { statement });
export const changeProblem = (caseId: string, problemId: string, body: PatchProblemBody) =>
  patch(`/cases/${caseId}/problems/${problemId}`, body);
export const reportImpact = (caseId: string, body: ImpactBody) => post(`/cases/${caseId}/impacts`, body);
export const moveImpact = (caseId: string, impactId: string, state: ImpactState) =>
  patch(`/cases/${caseId}/impacts/${impactId}`, { state });
export const addFact = (caseId: string, body: FactBody) => post(`/cases/${caseId}/facts`, body);
export const correctFact = (caseId: string, factId: string, body: CorrectFactBody) =>
  patch(`/cases/${caseId}/facts/${factId}`, body);
export const withdrawFact = (caseId: string, factId: string, reason: string) =>
  post(`/cases/${caseId}/facts/${factId}/withdraw`, { reason });
export const makePromise = (caseId: string, body: z.input<typeof PromiseBody>) =>
  post(`/cases/${caseId}/promises`, body);
export const decidePromise = (caseId: string, promiseId: string, body: PatchPromiseBody) =>
  patch(`/cases/${caseId}/promises/${promiseId}`, body);
export const toldAgain = (caseId: string, body: z.input<typeof ReExplanationBody>) =>
  post(`/cases/${caseId}/re-explanations`, body);

export const factsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['facts', caseId],
    queryFn: ({ signal }) => request<z.infer<typeof FactList>>('GET', `/cases/${caseId}/facts`, { signal }),
    staleTime: 0,
  });
/** What was said about entries that sound as if something had to be told again; asked for when there is such an entry. */
export const reExplanationsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['re-explanations', caseId],
    queryFn: ({ signal }) =>
      request<z.infer<typeof ReExplanationList>>('GET', `/cases/${caseId}/re-explanations`, { signal }),
  });
export const closingQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['closing', caseId],
    queryFn: ({ signal }) => request<Closing>('GET', `/cases/${caseId}/closing`, { signal }),
    staleTime: 0,
  });
