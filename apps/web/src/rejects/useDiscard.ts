import { useEffect, useEffectEvent, useRef, useState } from 'react';

/** How long a discard can be undone. It has not happened before; whoever leaves the screen means it. */
const UNDO_MS = 6000;

/** Puts something away after a moment in which one can think better of it. */
export const useDiscard = (run: () => Promise<void>) => {
  const [leaving, setLeaving] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const go = useEffectEvent(() => {
    timer.current = null;
    void run().finally(() => setLeaving(false));
  });
  useEffect(
    () => () => {
      if (timer.current === null) return;
      clearTimeout(timer.current);
      go();
    },
    [],
  );
  useEffect(() => {
    if (!leaving) return;
    timer.current = setTimeout(() => go(), UNDO_MS);
  }, [leaving]);
  return {
    leaving,
    discard: () => setLeaving(true),
    undo: () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      setLeaving(false);
    },
  };
};
