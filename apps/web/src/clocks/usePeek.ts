import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';

const OPEN_MS = 350;
const CLOSE_MS = 200;

/** Opened by a pointer that rests on it, for as long as it does; by a click or a key until it is closed. */
export const usePeek = () => {
  const [by, setBy] = useState<'pointer' | 'click' | null>(null);
  const opening = useTimeout(() => setBy((is) => is ?? 'pointer'), OPEN_MS);
  const closing = useTimeout(() => setBy((is) => (is === 'pointer' ? null : is)), CLOSE_MS);
  return {
    opened: by !== null,
    /** Somebody wants to read it: what is in it may have the focus. */
    held: by === 'click',
    toggle: () => setBy((is) => (is === 'click' ? null : 'click')),
    close: () => setBy(null),
    rests: {
      onPointerEnter: () => {
        closing.clear();
        opening.start();
      },
      onPointerLeave: () => {
        opening.clear();
        closing.start();
      },
    },
  };
};
