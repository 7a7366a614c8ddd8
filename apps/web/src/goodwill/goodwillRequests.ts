import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  ApprovalPage,
  ApproveBenefitBody,
  Benefit,
  BenefitMessagePage,
  BenefitPreview,
  BenefitPreviewBody,
  CaseBenefits,
  Compensation,
  CompensationList,
  GiveBenefitBody,
  GoodwillLimits,
  GoodwillRule,
  GoodwillRuleList,
  LedgerName,
  LedgerPage,
  LegalTerms,
  LegalVersion,
  LimitsVersion,
  NewCompensationBody,
  NewGoodwillRuleBody,
  PutGoodwillRuleBody,
  RefuseBenefitBody,
  RuleCase,
  VoucherCode,
} from '#contracts';
import { request } from '../api/http.js';
import { readCase } from '../api/requests.js';

/** A case as rules look at it, by its whole reference. */
export const tryQuery = (reference: string) =>
  queryOptions({
    queryKey: ['goodwill', 'try', reference],
    queryFn: async ({ signal }): Promise<RuleCase> => {
      const [{ impacts }, { tier, without }] = await Promise.all([
        readCase(reference, { signal }),
        request<CaseBenefits>('GET', `/cases/${reference}/benefits`, { signal }),
      ]);
      const lacks = impacts.filter(({ state }) => state !== 'restored').map(({ kind }) => kind);
      return { tier, lacks, days: without?.days ?? null };
    },
    enabled: /^H-[0-9A-Z]{4}-[0-9A-Z]{2}$/u.test(reference),
    retry: false,
  });

/** What the customer of a case is given: of the case as it is at this version. */
export const benefitsQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['benefits', caseId, version],
    queryFn: ({ signal }) => request<CaseBenefits>('GET', `/cases/${caseId}/benefits`, { signal }),
    placeholderData: (before: CaseBenefits | undefined, query) => (query?.queryKey[1] === caseId ? before : undefined),
  });

export const owedQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['compensations', caseId, version],
    queryFn: ({ signal }) => request<CompensationList>('GET', `/cases/${caseId}/compensations`, { signal }),
    placeholderData: (before: CompensationList | undefined, query) =>
      query?.queryKey[1] === caseId ? before : undefined,
  });

/** To the cent, by the same code that will count it. */
export const previewQuery = (body: BenefitPreviewBody | null) =>
  queryOptions({
    queryKey: ['benefit-preview', body],
    queryFn: ({ signal }) => request<BenefitPreview>('POST', '/benefits/preview', { body, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
  });

export const recordCompensation = (caseId: string, body: NewCompensationBody, idempotencyKey: string) =>
  request<Compensation>('POST', `/cases/${caseId}/compensations`, { body, idempotencyKey });
export const withdrawCompensation = (id: string, reason: string) =>
  request<Compensation>('POST', `/compensations/${id}/withdraw`, { body: { reason } });

export const giveBenefit = (caseId: string, body: GiveBenefitBody, idempotencyKey: string) =>
  request<Benefit>('POST', `/cases/${caseId}/benefits`, { body, idempotencyKey });
export const approveBenefit = (id: string, body: ApproveBenefitBody) =>
  request<Benefit>('POST', `/benefits/${id}/approve`, { body });
export const refuseBenefit = (id: string, body: RefuseBenefitBody) =>
  request<Benefit>('POST', `/benefits/${id}/refuse`, { body });
export const stopBenefit = (id: string, reason: string) =>
  request<Benefit>('POST', `/benefits/${id}/stop`, { body: { reason } });
export const showCode = (id: string) => request<VoucherCode>('POST', `/benefits/${id}/code`);

export const approvalsQuery = queryOptions({
  queryKey: ['goodwill', 'approvals'],
  queryFn: ({ signal }) => request<ApprovalPage>('GET', '/goodwill/approvals', { query: { limit: 100 }, signal }),
});
export const rulesQuery = queryOptions({
  queryKey: ['goodwill', 'rules'],
  queryFn: ({ signal }) => request<GoodwillRuleList>('GET', '/goodwill/rules', { signal }),
});
export const addRule = (body: NewGoodwillRuleBody, idempotencyKey: string) =>
  request<GoodwillRule>('POST', '/goodwill/rules', { body, idempotencyKey });
export const changeRule = (id: string, body: PutGoodwillRuleBody) =>
  request<GoodwillRule>('PUT', `/goodwill/rules/${id}`, { body });

export const limitsQuery = queryOptions({
  queryKey: ['goodwill', 'limits'],
  queryFn: ({ signal }) => request<LimitsVersion>('GET', '/goodwill/limits', { signal }),
});
export const setLimits = (version: number, content: GoodwillLimits) =>
  request<LimitsVersion>('PUT', '/goodwill/limits', { body: { version, content } });
export const legalQuery = queryOptions({
  queryKey: ['goodwill', 'legal'],
  queryFn: ({ signal }) => request<LegalVersion>('GET', '/goodwill/legal', { signal }),
});
export const setLegal = (version: number, content: LegalTerms) =>
  request<LegalVersion>('PUT', '/goodwill/legal', { body: { version, content } });

export const readLedger = (ledger: LedgerName, cursor: string | undefined, signal: AbortSignal) =>
  request<LedgerPage>('GET', `/goodwill/ledgers/${ledger}`, { query: { limit: 50, cursor }, signal });
export const messagesQuery = queryOptions({
  queryKey: ['goodwill', 'messages'],
  queryFn: ({ signal }) => request<BenefitMessagePage>('GET', '/goodwill/messages', { query: { limit: 50 }, signal }),
});
export const replayMessage = (id: string) => request<undefined>('POST', `/goodwill/messages/${id}/replay`);
