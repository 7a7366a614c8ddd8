import { queryOptions } from '@tanstack/react-query';
import type {
  ApproveQuoteBody,
  CaseRepairs,
  DataConsentBody,
  DataResultsBody,
  DeclineQuoteBody,
  DecideReliefBody,
  MoveRepairBody,
  NewRepairBody,
  OptionsBody,
  PatchRepairBody,
  QuoteBody,
  ReliefBody,
  RepairOrder,
  RepairWay,
  StageWording,
  StageWordingBody,
} from '#contracts';
import { request } from '../api/http.js';
import { newKey } from '../api/requests.js';

/** Every call about repairs; each deed answers with its order, or with all of the case. */

/** What a partner says is followed a moment later, and a quote drafted from theirs tells nothing of itself: so often it is looked for. */
const LOOK_MS = 4_000;
const isWithPartner = ({ holder }: RepairOrder): boolean => holder === 'partner';

/** Of the case as it is at this version: another one is another question. */
export const repairsQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['repairs', caseId, version],
    queryFn: ({ signal }) => request<CaseRepairs>('GET', `/cases/${caseId}/repairs`, { signal }),
    placeholderData: (before: CaseRepairs | undefined, query) => (query?.queryKey[1] === caseId ? before : undefined),
    refetchInterval: ({ state }) => (state.data?.items.some(isWithPartner) ? LOOK_MS : false),
  });

const post = (path: string, body: unknown = {}) =>
  request<RepairOrder>('POST', path, { body, idempotencyKey: newKey() });

/** A new order: what is not said is not known. */
export const openRepair = (caseId: string, body: Pick<NewRepairBody, 'deviceId' | 'storeId' | 'fault'>) =>
  post(`/cases/${caseId}/repairs`, body);
export const changeRepair = (id: string, body: PatchRepairBody) =>
  request<RepairOrder>('PATCH', `/repairs/${id}`, { body });
export const moveRepair = (id: string, body: MoveRepairBody) => post(`/repairs/${id}/stage`, body);
export const promiseReturn = (id: string, returnAt: string, reason?: string) =>
  post(`/repairs/${id}/promise`, { returnAt, reason });
export const handBack = (id: string, body: { dataBack: string; note: string }) =>
  post(`/repairs/${id}/hand-back`, body);
export const compareWays = (id: string, body: OptionsBody) =>
  request<RepairOrder>('PUT', `/repairs/${id}/options`, { body });
export const decideWay = (id: string, way: RepairWay, reason: string) => post(`/repairs/${id}/way`, { way, reason });
export const askData = (id: string) => post(`/repairs/${id}/data-recovery`);
export const agreeData = (id: string, body: DataConsentBody) => post(`/repairs/${id}/data-recovery/consent`, body);
export const tellData = (id: string, body: DataResultsBody) => post(`/repairs/${id}/data-recovery/results`, body);

export const draftQuote = (repairId: string, body: QuoteBody) => post(`/repairs/${repairId}/quotes`, body);
export const redraftQuote = (id: string, body: QuoteBody) => request<RepairOrder>('PUT', `/quotes/${id}`, { body });
export const offerQuote = (id: string, tell: boolean) => post(`/quotes/${id}/offer`, { tell });
export const approveQuote = (id: string, body: ApproveQuoteBody) => post(`/quotes/${id}/approve`, body);
export const declineQuote = (id: string, body: DeclineQuoteBody) => post(`/quotes/${id}/decline`, body);

export const planRelief = (caseId: string, body: ReliefBody) =>
  request<CaseRepairs>('POST', `/cases/${caseId}/relief`, { body, idempotencyKey: newKey() });
export const decideRelief = (id: string, body: DecideReliefBody) =>
  request<CaseRepairs>('PATCH', `/relief/${id}`, { body });

/** How customers are told each stage. */
export const stageWordingQuery = queryOptions({
  queryKey: ['repair-stages'],
  queryFn: ({ signal }) => request<StageWording>('GET', '/repair-stages', { signal }),
  staleTime: 5 * 60_000,
});
export const changeStageWording = (body: StageWordingBody) => request<StageWording>('PUT', '/repair-stages', { body });
