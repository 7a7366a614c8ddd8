import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CaseLoans,
  ExtendLoanBody,
  HygieneBody,
  LendBody,
  LoanChargeBody,
  LoanDecisionBody,
  LoanerDemand,
  LoanerHistory,
  LoanerImport,
  LoanerModel,
  LoanerModelBody,
  LoanerOffers,
  LoanerOs,
  LoanerSettings,
  LoanerSim,
  LoanerTransfers,
  LoanerTransfersBody,
  MoveLoanerBody,
  NewLoanerBody,
  PatchLoanerModelBody,
  PatchLoanerSettingsBody,
  StoreLoaners,
  SwapLoanBody,
  TakeBackBody,
  UnmetRowPage,
  UploadedAttachment,
} from '#contracts';
import { request, sendFile } from '../api/http.js';

/** Every call about loaners. What is asked for begins with `loaners`, so that one word refreshes all of it. */

const MINUTE = 60_000;

/** Asked again when the case has changed. */
export const caseLoansQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['loaners', 'of', caseId, version],
    queryFn: ({ signal }) => request<CaseLoans>('GET', `/cases/${caseId}/loans`, { signal }),
    placeholderData: keepPreviousData,
  });

export const offersQuery = (caseId: string, wish: { os?: LoanerOs | undefined; sim?: LoanerSim | undefined }) =>
  queryOptions({
    queryKey: ['loaners', 'offers', caseId, wish],
    queryFn: ({ signal }) =>
      request<LoanerOffers>('GET', `/cases/${caseId}/loaner-offers`, { query: { ...wish }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export const boardQuery = (storeId: string) =>
  queryOptions({
    queryKey: ['loaners', 'board', storeId],
    queryFn: ({ signal }) => request<StoreLoaners>('GET', `/stores/${storeId}/loaners`, { signal }),
    refetchInterval: MINUTE,
    staleTime: 10_000,
    enabled: storeId !== '',
  });

export const modelsQuery = queryOptions({
  queryKey: ['loaners', 'models'],
  queryFn: ({ signal }) => request<{ items: LoanerModel[] }>('GET', '/loaner-models', { signal }),
});

export const loanerSettingsQuery = queryOptions({
  queryKey: ['loaners', 'settings'],
  queryFn: ({ signal }) => request<LoanerSettings>('GET', '/loaner-settings', { signal }),
  staleTime: 5 * MINUTE,
  gcTime: Infinity,
  refetchInterval: ({ state }) => (state.data ? false : 5000),
});

/** Of which times, of which store and model somebody wanted one and there was none. */
export interface DemandFilters {
  from: string;
  storeId?: string;
  modelId?: string;
}

export const demandQuery = (query: DemandFilters) =>
  queryOptions({
    queryKey: ['loaners', 'demand', query],
    queryFn: ({ signal }) => request<LoanerDemand>('GET', '/loaners/demand', { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
  });

export const unmetQuery = (query: DemandFilters) =>
  infiniteQueryOptions({
    queryKey: ['loaners', 'unmet', query],
    queryFn: ({ pageParam, signal }) =>
      request<UnmetRowPage>('GET', '/loaners/demand/rows', {
        query: { ...query, cursor: pageParam, limit: 25 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const sendSome = (body: LoanerTransfersBody, idempotencyKey: string) =>
  request<LoanerTransfers>('POST', '/loaners/transfers', { body, idempotencyKey });

export const decideLoan = (caseId: string, body: LoanDecisionBody, idempotencyKey: string) =>
  request<CaseLoans>('POST', `/cases/${caseId}/loan-decisions`, { body, idempotencyKey });

const onLoan = (loanId: string, deed: string, body: unknown, idempotencyKey: string) =>
  request<CaseLoans>('POST', `/loans/${loanId}/${deed}`, { body, idempotencyKey });

export const lend = (id: string, body: z.input<typeof LendBody>, key: string) => onLoan(id, 'hand-over', body, key);
export const takeBack = (id: string, body: z.input<typeof TakeBackBody>, key: string) =>
  onLoan(id, 'return', body, key);
export const extendLoan = (id: string, body: ExtendLoanBody, key: string) => onLoan(id, 'extend', body, key);
export const cancelLoan = (id: string, reason: string, key: string) => onLoan(id, 'cancel', { reason }, key);
export const swapLoan = (id: string, body: z.input<typeof SwapLoanBody>, key: string) => onLoan(id, 'swap', body, key);
export const chargeLoan = (id: string, deed: 'lost' | 'damaged', body: z.input<typeof LoanChargeBody>, key: string) =>
  onLoan(id, deed, body, key);

export const addLoaner = (body: z.input<typeof NewLoanerBody>, idempotencyKey: string) =>
  request<LoanerHistory>('POST', '/loaners', { body, idempotencyKey });
export const importLoaners = (file: File) => sendFile<LoanerImport>('/loaners/import', file);
export const moveLoaner = (id: string, body: MoveLoanerBody) =>
  request<LoanerHistory>('POST', `/loaners/${id}/moves`, { body });
export const cleanLoaner = (id: string, body: HygieneBody) =>
  request<LoanerHistory>('POST', `/loaners/${id}/cleaning`, { body });
export const sendLoaner = (id: string, toStoreId: string) =>
  request<LoanerHistory>('POST', `/loaners/${id}/transfer`, { body: { toStoreId } });
export const receiveLoaner = (id: string) => request<LoanerHistory>('POST', `/loaners/${id}/receive`, { body: {} });

export const addModel = (body: LoanerModelBody, idempotencyKey: string) =>
  request<{ items: LoanerModel[] }>('POST', '/loaner-models', { body, idempotencyKey });
export const changeModel = (id: string, body: PatchLoanerModelBody) =>
  request<{ items: LoanerModel[] }>('PATCH', `/loaner-models/${id}`, { body });
export const changeLoanerSettings = (body: PatchLoanerSettingsBody) =>
  request<LoanerSettings>('PATCH', '/loaner-settings', { body });

export const keepPicture = (file: File) => sendFile<UploadedAttachment>('/attachments', file);
