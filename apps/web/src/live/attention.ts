import { useEffect, useSyncExternalStore, type PointerEvent } from 'react';

/** The lists that hold still under a pointer. */
type HeldList = 'cases' | 'handoffs';

/**
 * The list somebody is pointing at, and what changed meanwhile. While they point, rows may change their words but never their
 * place; what waits is offered as "3 changes – refresh".
 */
interface Attention {
  pointing: HeldList | null;
  waiting: ReadonlySet<string>;
}

let state: Attention = { pointing: null, waiting: new Set() };
const listeners = new Set<() => void>();
const become = (next: Attention) => {
  state = next;
  listeners.forEach((listener) => listener());
};

export const attention = {
  now: (): Attention => state,
  point: (pointing: HeldList | null): void => {
    if (pointing !== state.pointing) become({ ...state, pointing });
  },
  hold: (caseIds: Iterable<string>): void => become({ ...state, waiting: new Set([...state.waiting, ...caseIds]) }),
  release: (): void => {
    if (state.waiting.size > 0) become({ ...state, waiting: new Set() });
  },
};

const useAttention = (): Attention =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, attention.now);

/**
 * Holds a list still while somebody points at it.
 * @param view another one has nothing that waits
 * @returns how many changes wait, what lets them in, and what the element around the rows listens to
 */
export function useHeldStill(list: HeldList, view: string, refetch: () => unknown) {
  const { waiting } = useAttention();
  const settle = () => {
    if (attention.now().waiting.size === 0) return;
    attention.release();
    void refetch();
  };
  useEffect(() => () => attention.point(null), []);
  useEffect(() => attention.release, [view]);
  const held = {
    onPointerEnter: ({ pointerType }: PointerEvent) => attention.point(pointerType === 'touch' ? null : list),
    onPointerLeave: () => {
      attention.point(null);
      settle();
    },
  };
  return { waiting: waiting.size, settle, held };
}
