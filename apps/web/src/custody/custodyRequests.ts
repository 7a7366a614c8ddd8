import { queryOptions } from '@tanstack/react-query';
import type {
  CancelLegBody,
  CaseCustody,
  ClaimBody,
  Leg,
  LegBody,
  LegScanBody,
  PartnerKind,
  StoreParcels,
} from '#contracts';
import { addressOf, request } from '../api/http.js';

/** Every call about where phones are; each deed answers with its shipment. */

/** Of the case as it is at this version: another one is another question. */
export const custodyQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['custody', caseId, version],
    queryFn: ({ signal }) => request<CaseCustody>('GET', `/cases/${caseId}/custody`, { signal }),
    placeholderData: (before: CaseCustody | undefined, query) => (query?.queryKey[1] === caseId ? before : undefined),
  });

/** What a store has to send and what comes: asked again when the doorbell rings for some of it, and now and then should it be silent. */
export const parcelsQuery = (storeId: string) =>
  queryOptions({
    queryKey: ['parcels', storeId],
    queryFn: ({ signal }) => request<StoreParcels>('GET', `/stores/${storeId}/parcels`, { signal }),
    enabled: storeId !== '',
    refetchInterval: 15_000,
    staleTime: 2_000,
  });

/** Who works with us. */
export const partnersQuery = queryOptions({
  queryKey: ['partners'],
  queryFn: ({ signal }) =>
    request<{ items: { id: string; name: string; kind: PartnerKind; active: boolean }[] }>('GET', '/partners', {
      signal,
    }),
  staleTime: 60_000,
});

export const findParcel = (code: string) => request<Leg>('GET', `/parcels/${encodeURIComponent(code)}`);
export const labelUrl = (legId: string): string => addressOf(`/legs/${legId}/label.pdf`);

const post = (path: string, body: unknown, idempotencyKey: string) =>
  request<Leg>('POST', path, { body, idempotencyKey });
export const planLeg = (caseId: string, body: LegBody, key: string) => post(`/cases/${caseId}/legs`, body, key);
export const pickUpLeg = (id: string, body: LegScanBody, key: string) => post(`/legs/${id}/pick-up`, body, key);
export const arriveLeg = (id: string, body: LegScanBody, key: string) => post(`/legs/${id}/arrive`, body, key);
export const cancelLeg = (id: string, body: CancelLegBody, key: string) => post(`/legs/${id}/cancel`, body, key);
export const loseLeg = (id: string, reason: string, key: string) => post(`/legs/${id}/lost`, { reason }, key);
export const expectLeg = (id: string, etaAt: string, key: string) => post(`/legs/${id}/eta`, { etaAt }, key);
export const settleClaim = (id: string, body: ClaimBody) => request<Leg>('PATCH', `/claims/${id}`, { body });
