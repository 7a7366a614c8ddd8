import { queryOptions } from '@tanstack/react-query';
import type { NewQueueBody, PatchQueueBody, PatchWorkerBody, Queue, Worker } from '#contracts';
import { request } from '../api/http.js';

/** Queues and what people can do: looked after by supervisors. */

export const allQueuesQuery = queryOptions({
  queryKey: ['queues', 'all'],
  queryFn: ({ signal }) => request<{ items: Queue[] }>('GET', '/queues', { query: { stores: 'true' }, signal }),
});
export const workersQuery = queryOptions({
  queryKey: ['workers'],
  queryFn: ({ signal }) => request<{ items: Worker[] }>('GET', '/workers', { signal }),
});

export const addQueue = (body: Partial<NewQueueBody> & { name: string }, idempotencyKey: string) =>
  request<Queue>('POST', '/queues', { body, idempotencyKey });
export const changeQueue = (id: string, body: PatchQueueBody) => request<Queue>('PATCH', `/queues/${id}`, { body });
export const setMembers = (id: string, agentIds: string[]) =>
  request<Queue>('PUT', `/queues/${id}/members`, { body: { agentIds } });
export const removeQueue = (id: string) => request<undefined>('DELETE', `/queues/${id}`);
export const changeWorker = (id: string, body: PatchWorkerBody) => request<Worker>('PATCH', `/workers/${id}`, { body });
