import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  AddContactPointBody,
  CaseProof,
  CustomerDetail,
  DocumentSeenBody,
  PatchContactPointBody,
  RevealedContactPoint,
} from '#contracts';
import { request } from '../api/http.js';

/** Who somebody is: what identifies them, and how far that is proven. */

export const identityQuery = (caseId: string, customerId: string) =>
  queryOptions({
    queryKey: ['identity', caseId, customerId],
    queryFn: ({ signal }) => request<CustomerDetail>('GET', `/customers/${customerId}`, { signal }),
  });

export const proofQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['proof', caseId],
    queryFn: ({ signal }) => request<CaseProof>('GET', `/cases/${caseId}/proof`, { signal }),
  });

export const addPoint = (customerId: string, body: AddContactPointBody, key: string) =>
  request<CustomerDetail>('POST', `/customers/${customerId}/contact-points`, { body, idempotencyKey: key });

export const changePoint = (customerId: string, id: string, body: z.infer<typeof PatchContactPointBody>) =>
  request<CustomerDetail>('PATCH', `/customers/${customerId}/contact-points/${id}`, { body });

export const revealPoint = (customerId: string, id: string) =>
  request<z.infer<typeof RevealedContactPoint>>('POST', `/customers/${customerId}/contact-points/${id}/reveal`);

export const sendCode = (caseId: string, contactPointId: string, key: string) =>
  request<CaseProof>('POST', `/cases/${caseId}/one-time-codes`, { body: { contactPointId }, idempotencyKey: key });

export const confirmCode = (caseId: string, code: string) =>
  request<CaseProof>('POST', `/cases/${caseId}/one-time-codes/confirm`, { body: { code } });

export const documentSeen = (caseId: string, document: DocumentSeenBody['document']) =>
  request<CaseProof>('POST', `/cases/${caseId}/proofs`, { body: { method: 'document_seen', document } });
