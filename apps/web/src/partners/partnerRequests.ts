import { queryOptions } from '@tanstack/react-query';
import type {
  ChangePartnerBody,
  CustomerShare,
  NewPartnerKey,
  Partner,
  PartnerBody,
  PartnerCheck,
  PartnerKey,
  PartnerKeyBody,
  PartnerVersion,
  Scorecards,
} from '#contracts';
import { request } from '../api/http.js';

export const partnersQuery = queryOptions({
  queryKey: ['partners'],
  queryFn: ({ signal }) => request<{ items: Partner[] }>('GET', '/partners', { signal }),
});
export const partnerVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['partners', id, 'versions'],
    queryFn: ({ signal }) => request<{ items: PartnerVersion[] }>('GET', `/partners/${id}/versions`, { signal }),
  });
export const partnerKeysQuery = (id: string) =>
  queryOptions({
    queryKey: ['partners', id, 'keys'],
    queryFn: ({ signal }) => request<{ items: PartnerKey[] }>('GET', `/partners/${id}/keys`, { signal }),
  });
export const customerSharesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customer', customerId, 'shares'],
    queryFn: ({ signal }) => request<{ items: CustomerShare[] }>('GET', `/customers/${customerId}/shares`, { signal }),
  });

export const scorecardsQuery = queryOptions({
  queryKey: ['partners', 'scorecards'],
  queryFn: ({ signal }) => request<Scorecards>('GET', '/partners/scorecards', { signal }),
});

export const addPartner = (body: PartnerBody, idempotencyKey: string) =>
  request<Partner>('POST', '/partners', { body, idempotencyKey });
export const changePartner = (id: string, body: ChangePartnerBody) =>
  request<Partner>('PUT', `/partners/${id}`, { body });
export const checkPartner = (id: string) => request<PartnerCheck>('POST', `/partners/${id}/check`);
export const issueKey = (id: string, body: PartnerKeyBody) =>
  request<NewPartnerKey>('POST', `/partners/${id}/keys`, { body });
export const revokeKey = (id: string, keyId: string) => request<undefined>('DELETE', `/partners/${id}/keys/${keyId}`);
