import { useSyncExternalStore } from 'react';

/**
 * Whether somebody is pointing at the list, and what changed meanwhile. While they point, rows may change their words but
 * never their place; what waits is offered as "3 changes – refresh".
 */
interface Attention {
  pointing: boolean;
  waiting: ReadonlySet<string>;
}

let state: Attention = { pointing: false, waiting: new Set() };
const listeners = new Set<() => void>();
const become = (next: Attention) => {
  state = next;
  listeners.forEach((listener) => listener());
};

export const attention = {
  now: (): Attention => state,
  point: (pointing: boolean): void => {
    if (pointing !== state.pointing) become({ ...state, pointing });
  },
  hold: (caseIds: Iterable<string>): void => become({ ...state, waiting: new Set([...state.waiting, ...caseIds]) }),
  release: (): void => {
    if (state.waiting.size > 0) become({ ...state, waiting: new Set() });
  },
};

export const useAttention = (): Attention =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, attention.now);
