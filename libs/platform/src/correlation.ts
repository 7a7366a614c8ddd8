import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from './ids.js';

const store = new AsyncLocalStorage<string>();

/** The id that ties a request to its jobs, events and log lines; undefined outside of any. */
export const correlationId = (): string | undefined => store.getStore();

/** Runs `work` under a correlation id: the given one, or a new one. */
export const correlated = <T>(id: string | null | undefined, work: () => T): T => store.run(id ?? newId(), work);

/** Gives the rest of the current asynchronous context a correlation id. */
export const correlate = (id: string): void => store.enterWith(id);
