import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CaseDeviceList,
  DecidedWarranty,
  Device,
  DeviceList,
  DeviceModel,
  DeviceModelBody,
  DeviceModelPage,
  FaultBody,
  JoinDevicesBody,
  ModelImportAnswer,
  ModelTacs,
  OwnerReason,
  PatchDeviceBody,
  PresentDeviceBody,
  PresentedDevice,
  ReviewBody,
  ReplaceDeviceBody,
  RevealedDevice,
  UploadedAttachment,
  WarrantyDecisionBody,
  WarrantyDecisionList,
  WarrantyParameter,
  WarrantyParameterBody,
  WarrantyParameterList,
  WarrantyTermBody,
} from '#contracts';
import { request, sendFile } from '../api/http.js';

/** Every call about phones and warranties. */

/** Asked again when the case has changed. */
export const caseDevicesQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['devices', 'of', caseId, version],
    queryFn: ({ signal }) => request<CaseDeviceList>('GET', `/cases/${caseId}/devices`, { signal }),
    placeholderData: keepPreviousData,
  });

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id],
    queryFn: ({ signal }) => request<Device>('GET', `/devices/${id}`, { signal }),
  });

/** By a whole number of it. */
export const foundDevicesQuery = (number: string) =>
  queryOptions({
    queryKey: ['devices', 'found', number],
    queryFn: ({ signal }) =>
      request<z.infer<typeof DeviceList>>('GET', '/devices', { query: { imei: number }, signal }),
    placeholderData: keepPreviousData,
  });

export const modelsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['devices', 'models', q],
    queryFn: ({ pageParam, signal }) =>
      request<DeviceModelPage>('GET', '/device-models', {
        query: { q: q || undefined, limit: 50, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const tacsQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', 'tacs', id],
    queryFn: ({ signal }) => request<z.infer<typeof ModelTacs>>('GET', `/device-models/${id}/tacs`, { signal }),
  });

export const parametersQuery = queryOptions({
  queryKey: ['warranty-parameters'],
  queryFn: ({ signal }) => request<z.infer<typeof WarrantyParameterList>>('GET', '/warranty-parameters', { signal }),
  staleTime: 60_000,
});

type Typed<T extends z.ZodType> = z.input<T>;

const onCase = (caseId: string, deviceId: string, deed: string) => `/cases/${caseId}/devices/${deviceId}/${deed}`;

export const presentDevice = (caseId: string, body: Typed<typeof PresentDeviceBody>, idempotencyKey: string) =>
  request<PresentedDevice>('POST', `/cases/${caseId}/devices`, { body, idempotencyKey });
export const correctDevice = (caseId: string, deviceId: string, body: Typed<typeof PatchDeviceBody>) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, 'correct'), { body });
export const addFault = (caseId: string, deviceId: string, body: FaultBody) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, 'faults'), { body });
export const giveDevice = (caseId: string, deviceId: string, reason: OwnerReason) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, 'owner'), { body: { reason } });
export const revealDevice = (caseId: string, deviceId: string) =>
  request<RevealedDevice>('POST', onCase(caseId, deviceId, 'reveal'), { body: {} });

export const joinDevices = (caseId: string, deviceId: string, body: JoinDevicesBody) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, 'join'), { body });
export const replaceDevice = (caseId: string, deviceId: string, body: ReplaceDeviceBody) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, 'replace'), { body });
export const addTerm = (caseId: string, deviceId: string, body: WarrantyTermBody) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, 'terms'), { body });
export const removeTerm = (caseId: string, deviceId: string, termId: string) =>
  request<CaseDeviceList>('POST', onCase(caseId, deviceId, `terms/${termId}/remove`), { body: {} });
export const keepProof = (file: File) => sendFile<UploadedAttachment>('/attachments', file);

export const decideWarranty = (caseId: string, body: Typed<typeof WarrantyDecisionBody>, idempotencyKey: string) =>
  request<z.infer<typeof DecidedWarranty>>('POST', `/cases/${caseId}/warranty-decisions`, { body, idempotencyKey });

type Decisions = z.infer<typeof WarrantyDecisionList>;
const onDecision = (id: string, deed: string, body: unknown = {}) =>
  request<Decisions>('POST', `/warranty-decisions/${id}/${deed}`, { body });
export const acceptDecision = (id: string) => onDecision(id, 'accept');
export const withdrawDecision = (id: string) => onDecision(id, 'withdraw');
export const tellDecision = (id: string, told: boolean) => onDecision(id, 'tell', { told });
export const askSecondOpinion = (id: string, reason: string) => onDecision(id, 'second-opinion', { reason });
export const giveSecondOpinion = (id: string, body: Typed<typeof ReviewBody>) => onDecision(id, 'review', body);

export const addModel = (body: DeviceModelBody) => request<DeviceModel>('POST', '/device-models', { body });
export const changeModel = (id: string, body: DeviceModelBody) =>
  request<DeviceModel>('PUT', `/device-models/${id}`, { body });
export const importModels = (file: File, dryRun: boolean) =>
  sendFile<ModelImportAnswer>(`/device-models/import?dryRun=${dryRun}`, file);

export const addParameter = (body: WarrantyParameterBody) =>
  request<WarrantyParameter>('POST', '/warranty-parameters', { body });
export const changeParameter = (id: string, body: WarrantyParameterBody) =>
  request<WarrantyParameter>('PUT', `/warranty-parameters/${id}`, { body });
export const retireParameter = (id: string) =>
  request<undefined>('POST', `/warranty-parameters/${id}/retire`, { body: {} });
