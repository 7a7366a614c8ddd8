import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { DeskLinkList, IssuedDeskLink } from '#contracts';
import { request } from '../api/http.js';

export const deskLinksQuery = (handoffId: string) =>
  queryOptions({
    queryKey: ['desk-links', handoffId],
    queryFn: ({ signal }) => request<z.infer<typeof DeskLinkList>>('GET', `/handoffs/${handoffId}/links`, { signal }),
    staleTime: 0,
  });

export const issueDeskLink = (handoffId: string) => request<IssuedDeskLink>('POST', `/handoffs/${handoffId}/links`);

export const revokeDeskLink = (handoffId: string, linkId: string) =>
  request<undefined>('DELETE', `/handoffs/${handoffId}/links/${linkId}`);
