import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  tacOf,
  type CounterTerms,
  type Device,
  type DeviceList,
  type DeviceModel,
  type DeviceModelPage,
  type HandoffPreview,
  type Intake,
  type IntakeBody,
  type IntakeList,
  type IntakeOutcome,
  type PatchIntakeBody,
  type SavedFields,
  type StoreBoard,
} from '#contracts';
import { addressOf, request } from '../api/http.js';

/** Every call of the counter. */

export const beginIntake = (body: IntakeBody) => request<Intake>('POST', '/intakes', { body });
export const readIntake = (id: string, signal?: AbortSignal) =>
  request<Intake>('GET', `/intakes/${id}`, signal ? { signal } : {});
export const saveFields = (id: string, fields: PatchIntakeBody['fields']) =>
  request<z.infer<typeof SavedFields>>('PATCH', `/intakes/${id}`, { body: { fields } });
export const finishIntake = (id: string) =>
  request<IntakeOutcome>('POST', `/intakes/${id}/finish`, { body: {}, idempotencyKey: `finish-${id}` });
export const abandonIntake = (id: string, reason: string) =>
  request<Intake>('POST', `/intakes/${id}/abandon`, { body: { reason } });
/** What whoever takes the phone would see. @param told grows with all the server was told of the intake */
export const handoffLookQuery = (id: string, partnerId: string, told: number) =>
  queryOptions({
    queryKey: ['intake-handoff', id, partnerId, told],
    queryFn: ({ signal }) => request<HandoffPreview>('GET', `/intakes/${id}/handoff-preview`, { signal }),
    retry: false,
    staleTime: 30_000,
    gcTime: 0,
  });
/** On what a phone is left here; held as long as the page is open, and asked for until it is known. */
export const counterTermsQuery = queryOptions({
  queryKey: ['counter-terms'],
  queryFn: ({ signal }) => request<CounterTerms>('GET', '/intakes/terms', { signal }),
  staleTime: 5 * 60_000,
  gcTime: Infinity,
  refetchInterval: ({ state }) => (state.data ? false : 5000),
});
export const photoUrl = (id: string, photoId: string): string => addressOf(`/intakes/${id}/photos/${photoId}`);
export const receiptUrl = (id: string, language: string): string =>
  addressOf(`/intakes/${id}/receipt.pdf`, { language });

/** The day of a shop; asked again and again, as much of it happens on other tablets. */
export const boardQuery = (storeId: string) =>
  queryOptions({
    queryKey: ['store-board', storeId],
    queryFn: ({ signal }) => request<StoreBoard>('GET', `/stores/${storeId}/board`, { signal }),
    enabled: storeId !== '',
    refetchInterval: 15_000,
    staleTime: 2_000,
  });
/** What was begun there, with whose it is. */
export const intakesQuery = (storeId: string) =>
  queryOptions({
    queryKey: ['intakes', storeId],
    queryFn: ({ signal }) => request<z.infer<typeof IntakeList>>('GET', '/intakes', { query: { storeId }, signal }),
    enabled: storeId !== '',
    staleTime: 15_000,
  });

/** The phone with that number, with what was before; null: it has never been here. */
export const deviceByImeiQuery = (imei: string) =>
  queryOptions({
    queryKey: ['device-by-imei', imei],
    queryFn: async ({ signal }): Promise<Device | null> => {
      const { items } = await request<z.infer<typeof DeviceList>>('GET', '/devices', { query: { imei }, signal });
      const [found] = items;
      return found ? request<Device>('GET', `/devices/${found.id}`, { signal }) : null;
    },
    enabled: imei !== '',
    retry: false,
    staleTime: 60_000,
  });

/** The model whose type allocation code an IMEI begins with; null: it is in no table. */
export const modelByImeiQuery = (imei: string) =>
  queryOptions({
    queryKey: ['model-by-imei', tacOf(imei)],
    queryFn: async ({ signal }): Promise<DeviceModel | null> => {
      const query = { q: tacOf(imei), limit: 2 };
      const { items } = await request<DeviceModelPage>('GET', '/device-models', { query, signal });
      return items.length === 1 ? (items[0] ?? null) : null;
    },
    enabled: imei !== '',
    retry: false,
    staleTime: 5 * 60_000,
  });
