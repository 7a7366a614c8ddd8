import { useSyncExternalStore } from 'react';

/** One short message at the foot of the screen, for what happens elsewhere than under the pointer. */
interface Notice {
  id: number;
  text: string;
}

let current: Notice | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** Shows a message for four seconds; a newer one takes its place. */
export const notify = (text: string): void => {
  clearTimeout(timer);
  current = { id: (current?.id ?? 0) + 1, text };
  timer = setTimeout(() => {
    current = null;
    tell();
  }, 4000);
  tell();
};

export const useNotice = (): Notice | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
